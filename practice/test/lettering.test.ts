import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { glyphOf } from '../lettering/glyph.ts'
import { BOXES, type PlatePosition } from '../lettering/plates.ts'
import { readQuoted } from '../lettering/quoted.ts'
import { listen, type Server } from '../server.ts'
import { ask, halves, imageOf, mean, user, wordsOf } from './client.ts'

let server: Server
beforeAll(async () => {
  server = await listen()
})
afterAll(() => server.close())

const draw = async (...parts: (string | Buffer)[]) => ask(server.url, { contents: [user(...parts)] })

/** The grey values of the picture at 512 px: on the ground of the lettering, and off it. */
async function greys(image: Buffer, place: PlatePosition): Promise<{ on: number[]; off: number[] }> {
  const { data, info } = await sharp(image).greyscale().raw().toBuffer({ resolveWithObject: true })
  const box = BOXES[place]
  const on: number[] = []
  const off: number[] = []
  for (let y = 0; y < info.height; y++) {
    for (let x = 0; x < info.width; x++) {
      const [px, py] = [x / info.width, y / info.height]
      const inside = px >= box.x && px < box.x + box.w && py >= box.y && py < box.y + box.h
      ;(inside ? on : off).push(data[y * info.width + x] ?? 0)
    }
  }
  return { on, off }
}

const part = (values: number[], from: number, to: number) =>
  values.filter((value) => value >= from && value < to).length / values.length

test.each([
  ['a "red" fox', ['red']],
  ['“Café” on a sign', ['Café']],
  ['„Süße Grüße“ und „mehr"', ['Süße Grüße', 'mehr']],
  ['«Привет» et »Hallo«', ['Привет', 'Hallo']],
  ['看板「営業中」', ['営業中']],
  ["the fox's den, it isn't 'quoted'", []],
  ['a 5" pipe', []],
])('the quoted texts of %s are %j', (prompt, texts) => {
  expect(readQuoted(prompt).texts).toEqual(texts)
})

test('every letter and sign of ASCII, Latin-1, Greek and Cyrillic can be drawn', () => {
  const range = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i))
  const letters = [
    ...range(0x20, 0x7e).filter((each) => !'`^~'.includes(each)),
    ...range(0xc0, 0xff).filter((each) => !'÷ð'.includes(each) && each !== 'Ð'),
    ...range(0x391, 0x3a9).filter((each) => each !== '\u03a2'),
    ...range(0x3b1, 0x3c9),
    ...range(0x410, 0x44f),
    ...'ŁłŃńŚśŹźŻżĄąĘęĆćČčŠšŽžĚěŘřŮůŐőŰűȘșȚțĞğİıŒœ–—…“”„«»€£',
  ]
  expect(letters.filter((letter) => !glyphOf(letter).known)).toEqual([])
})

test.each<[PlatePosition, string]>([
  ['sign', 'hills "OPEN"'],
  ['poster', 'hills, headline "OPEN"'],
  ['label', 'hills and a label "OPEN"'],
  ['caption', 'hills, caption "OPEN"'],
  ['neon sign', 'hills, neon "OPEN"'],
])(
  'lettering as a %s is readable on its own ground, and leaves the rest of the picture as it was',
  async (place, prompt) => {
    const { on } = await greys(imageOf(await draw(prompt)), place)
    const [light, dark] = [part(on, 190, 256), part(on, 0, 75)]
    // Both the ground and the ink are present, and one of them is the larger part.
    expect(Math.max(light, dark)).toBeGreaterThan(0.5)
    expect(Math.min(light, dark)).toBeGreaterThan(0.02)
    const photo = await halves('#7a5a40', '#405a7a', 512, 512)
    const edited = await greys(imageOf(await draw(photo, `add ${prompt.replace('hills', '')}`)), place)
    const before = await greys(photo, place)
    // The sign has posts, the label has ears, and both have a shadow; JPEG smears a few greys next to an edge.
    const changed = edited.off.filter((value, i) => Math.abs(value - (before.off[i] ?? 0)) > 6).length
    expect(changed / edited.off.length).toBeLessThan(0.06)
  },
)

test('a long text is broken into lines, and stays on its ground', async () => {
  const text = 'Fresh bread, rolls and cakes from our own oven every morning but Monday'
  const { on, off } = await greys(
    imageOf(await draw(await halves('#808080', '#808080', 512, 512), `add "${text}"`)),
    'sign',
  )
  expect(part(on, 0, 75)).toBeGreaterThan(0.05)
  expect(part(off, 0, 40)).toBeLessThan(0.01)
})

test('a colour that is named for the letters colours them, and nothing else', async () => {
  const photo = await halves('#808080', '#808080', 512, 512)
  const answer = await draw(photo, 'write "SALE" in red letters on a sign')
  expect(wordsOf(answer)).toBe('Wrote “SALE” on a sign.')
  const image = imageOf(answer)
  const [r, g] = await mean(image, { x: 0.3, y: 0.56, w: 0.4, h: 0.16 })
  expect(r - g).toBeGreaterThan(25)
  const [rest, green] = await mean(image, { x: 0, y: 0, w: 1, h: 0.4 })
  expect(Math.abs(rest - green)).toBeLessThan(3)
})

test('a changed sign covers the old one', async () => {
  const first = imageOf(
    await draw(await halves('#808080', '#808080', 512, 512), 'a sign "CLOSED for the whole winter"'),
  )
  const second = imageOf(await draw(first, 'change the sign to "OPEN"'))
  const fresh = imageOf(await draw(await halves('#808080', '#808080', 512, 512), 'a sign "OPEN"'))
  const [a, b] = [await greys(second, 'sign'), await greys(fresh, 'sign')]
  const different = a.on.filter((value, i) => Math.abs(value - (b.on[i] ?? 0)) > 40).length
  expect(different / a.on.length).toBeLessThan(0.005)
})

test('quoted words are not instructions, and the answer says which letters are drawn as boxes', async () => {
  const photo = await halves('#b03020', '#305090', 512, 512)
  expect(wordsOf(await draw(photo, 'brighter, caption "black and white"'))).toBe(
    'Made it 25 % brighter and wrote “black and white” along the bottom.',
  )
  expect(wordsOf(await draw('a forest 「こんにちは」'))).toBe(
    'Painted a forest and wrote “こんにちは” on a sign. I have no letters for こ ん に ち は: boxes stand for them.',
  )
})
