import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listen, type Server } from '../server.ts'
import { ask, halves, imageOf, light, mean, user, wordsOf } from './client.ts'

let server: Server
let photo: Buffer
beforeAll(async () => {
  server = await listen()
  photo = await halves('#b03020', '#305090')
})
afterAll(() => server.close())

const LEFT = { x: 0.1, y: 0.2, w: 0.3, h: 0.6 }
const RIGHT = { x: 0.6, y: 0.2, w: 0.3, h: 0.6 }
const TOP = { x: 0.2, y: 0.1, w: 0.6, h: 0.3 }
const BOTTOM = { x: 0.2, y: 0.6, w: 0.6, h: 0.3 }

const edit = async (prompt: string, image = photo) =>
  imageOf(await ask(server.url, { contents: [user(image, prompt)] }))

test('brighter and darker change the light by the given amount', async () => {
  const before = await light(photo)
  expect((await light(await edit('20 percent brighter'))) / before).toBeCloseTo(1.2, 1)
  expect((await light(await edit('40% darker'))) / before).toBeCloseTo(0.6, 1)
})

test.each(['brighter', 'add a moon', 'rotate left', 'crop square', 'sepia', 'make it wonderful'])(
  '%s, requested four times, gives four different pictures, and the same one with a seed',
  async (prompt) => {
    const contents = [user(await halves('#405060', '#806040'), prompt)]
    const ofSeed = async (seed?: number) =>
      imageOf(await ask(server.url, { contents, generationConfig: { seed } })).toString('base64')
    const unseeded = [await ofSeed(), await ofSeed(), await ofSeed(), await ofSeed()]
    expect(new Set(unseeded).size).toBe(4)
    expect(await ofSeed(7)).toBe(await ofSeed(7))
    expect(await ofSeed(8)).not.toBe(await ofSeed(7))
  },
)

test('the same edit of a region, requested again, leaves the rest as it was', async () => {
  await edit('make the top darker')
  const again = await edit('make the top darker')
  expect(await light(again, TOP)).toBeLessThan((await light(photo, TOP)) * 0.9)
  expect(await light(again, BOTTOM)).toBeCloseTo(await light(photo, BOTTOM), 0)
})

test('warmer moves to red and cooler to blue', async () => {
  const [red, , blue] = await mean(photo)
  const [warmRed, , warmBlue] = await mean(await edit('warmer'))
  const [coolRed, , coolBlue] = await mean(await edit('cooler'))
  expect(warmRed / warmBlue).toBeGreaterThan((red / blue) * 1.2)
  expect(coolRed / coolBlue).toBeLessThan((red / blue) * 0.85)
})

test('black and white has no colour left, sepia is brown', async () => {
  const [r, g, b] = await mean(await edit('make it black and white'), LEFT)
  expect(Math.max(r, g, b) - Math.min(r, g, b)).toBeLessThan(3)
  const [sr, sg, sb] = await mean(await edit('sepia'))
  expect(sr).toBeGreaterThan(sg)
  expect(sg).toBeGreaterThan(sb)
})

test('inverted is the negative', async () => {
  const [r, g, b] = await mean(await edit('invert it'), LEFT)
  expect([r, g, b].map(Math.round)).toEqual([79, 207, 223].map((v) => expect.closeTo(v, -1)))
})

test('mirroring and turning upside down exchange left and right', async () => {
  for (const prompt of ['mirror it', 'turn it upside down']) {
    const image = await edit(prompt)
    expect((await mean(image, LEFT))[2], prompt).toBeGreaterThan(100)
    expect((await mean(image, RIGHT))[0], prompt).toBeGreaterThan(100)
  }
})

test('rotating to the right moves the left side to the top; to the left, to the bottom', async () => {
  expect((await mean(await edit('rotate right'), TOP))[0]).toBeGreaterThan(150)
  expect((await mean(await edit('rotate left'), BOTTOM))[0]).toBeGreaterThan(150)
})

test('rotating by a few degrees shows no white corner', async () => {
  expect(await light(await edit('rotate 12 degrees'), { x: 0, y: 0, w: 0.05, h: 0.05 })).toBeLessThan(150)
})

test('rotating by 90 degrees exchanges width and height', async () => {
  const wide = await halves('red', 'blue', 400, 225)
  const { width = 0, height = 0 } = await sharp(await edit('rotate right', wide)).metadata()
  expect([width, height]).toEqual([384, 688])
})

test('blurring softens the edge in the middle', async () => {
  const edge = async (image: Buffer) => {
    const [left] = await mean(image, { x: 0.49, y: 0.4, w: 0.01, h: 0.2 })
    const [right] = await mean(image, { x: 0.5, y: 0.4, w: 0.01, h: 0.2 })
    return left - right
  }
  expect(await edge(await edit('blur it a lot'))).toBeLessThan((await edge(photo)) * 0.5)
})

test('cropped to a ratio, the picture has that ratio', async () => {
  const { width = 0, height = 1 } = await sharp(await edit('crop to 16:9')).metadata()
  expect([width, height]).toEqual([688, 384])
})

test('a border has its colour and its width', async () => {
  const image = await edit('put a 10 percent lime border around it')
  const [r, g, b] = await mean(image, { x: 0, y: 0, w: 1, h: 0.08 })
  expect(g - r).toBeGreaterThan(230)
  expect(g - b).toBeGreaterThan(230)
  expect((await mean(image, LEFT))[0]).toBeGreaterThan(150)
})

test('"make it blue" makes it blue, and a stronger word bluer', async () => {
  const some = await mean(await edit('make it blue'), LEFT)
  const more = await mean(await edit('make it very blue'), LEFT)
  expect(some[2]).toBeGreaterThan(80)
  expect(more[2] - more[0]).toBeGreaterThan(some[2] - some[0] + 20)
})

test('a prompt that was not understood gets an answer that says so, with a slightly changed picture', async () => {
  const answer = await ask(server.url, { contents: [user(photo, 'put three llamas on the sofa')] })
  expect(wordsOf(answer)).toContain('found nothing in that line')
  const [before, after] = [await mean(photo), await mean(imageOf(answer))]
  expect(Math.hypot(...before.map((v, i) => v - (after[i] ?? 0)))).toBeGreaterThan(5)
})

test('references are small pictures along the bottom, and the answer names them', async () => {
  const hero = await halves('#00ff00', '#00ff00')
  const contents = [user('[hero]', hero, '[v3]', photo, 'brighter')]
  const answer = await ask(server.url, { contents })
  expect(wordsOf(answer)).toBe('Made it 25 % brighter. Along the bottom: [hero].')
  const [r, g] = await mean(imageOf(answer), { x: 0.06, y: 0.84, w: 0.1, h: 0.1 })
  expect(g - r).toBeGreaterThan(200)
  expect((await mean(imageOf(answer), TOP))[1]).toBeLessThan(120)
})

test('with references only, a new picture is painted with the references along the bottom', async () => {
  const contents = [user('[hero]', photo, 'a boat on the sea')]
  expect(wordsOf(await ask(server.url, { contents }))).toBe('Painted the sea. Along the bottom: [hero].')
})

test('cropping and a border are both done', async () => {
  const answer = await ask(server.url, { contents: [user(photo, 'crop to 21:9 with a white border')] })
  expect(wordsOf(answer)).toBe('Cropped it to 21:9 and put a white border around it.')
  const image = imageOf(answer)
  const { width = 0, height = 1 } = await sharp(image).metadata()
  expect([width, height]).toEqual([792, 336])
  expect(await light(image, { x: 0, y: 0, w: 1, h: 0.04 })).toBeGreaterThan(250)
  expect((await mean(image, LEFT))[0]).toBeGreaterThan(150)
})

test('more contrast spreads the greys, less brings them together; vivid and muted do the same to colours', async () => {
  const spread = async (image: Buffer) => (await light(image, LEFT)) - (await light(image, RIGHT))
  const pale = await halves('#909090', '#606060')
  expect(await spread(await edit('more contrast', pale))).toBeGreaterThan((await spread(pale)) * 1.2)
  expect(await spread(await edit('less contrast', pale))).toBeLessThan((await spread(pale)) * 0.8)
  const colour = async (image: Buffer) => {
    const [r, , b] = await mean(image, LEFT)
    return r - b
  }
  expect(await colour(await edit('vivid'))).toBeGreaterThan((await colour(photo)) * 1.2)
  expect(await colour(await edit('muted'))).toBeLessThan((await colour(photo)) * 0.8)
})

test('sharpening makes the edge in the middle overshoot', async () => {
  const image = await edit('sharpen it a lot', await halves('#909090', '#606060'))
  const beside = await light(image, { x: 0.491, y: 0.4, w: 0.008, h: 0.2 })
  expect(beside).toBeGreaterThan((await light(image, LEFT)) + 3)
})

test('zooming in makes the middle larger, zooming out smaller', async () => {
  const dot = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><rect width="300" height="300" fill="#fff"/><circle cx="150" cy="150" r="60"/></svg>',
  )
  const picture = await sharp(dot).png().toBuffer()
  expect(await light(await edit('zoom in 40 percent', picture))).toBeLessThan((await light(picture)) * 0.9)
  expect(
    await light(await edit('zoom out 40 percent', picture), { x: 0.3, y: 0.3, w: 0.4, h: 0.4 }),
  ).toBeGreaterThan((await light(picture, { x: 0.3, y: 0.3, w: 0.4, h: 0.4 })) * 1.5)
})

test('a vignette darkens the corners and leaves the middle', async () => {
  const image = await edit('add a vignette')
  expect(await light(image, { x: 0, y: 0, w: 0.06, h: 0.06 })).toBeLessThan((await light(photo, LEFT)) * 0.7)
  expect(await light(image, { x: 0.3, y: 0.3, w: 0.15, h: 0.4 })).toBeCloseTo(await light(photo, LEFT), -1)
})

/** The greatest and the mean difference of any value, in the given area of two pictures of the same size. */
async function difference(a: Buffer, b: Buffer, area: { x: number; y: number; w: number; h: number }) {
  const [one, other] = await Promise.all(
    [a, b].map(async (image) => {
      const { width = 1, height = 1 } = await sharp(image).metadata()
      const left = Math.round(area.x * width)
      const top = Math.round(area.y * height)
      const size = { width: Math.round(area.w * width), height: Math.round(area.h * height) }
      return sharp(image)
        .extract({ left, top, ...size })
        .removeAlpha()
        .raw()
        .toBuffer()
    }),
  )
  const values = [...(one as Buffer)].map((value, i) => Math.abs(value - ((other as Buffer)[i] ?? 0)))
  const most = values.reduce((high, value) => Math.max(high, value), 0)
  return { most, mean: values.reduce((sum, value) => sum + value, 0) / values.length }
}

test.each([
  ['make the sky darker', 'Made it 25 % darker at the top.', { x: 0, y: 0.5, w: 1, h: 0.5 }],
  ['tint the ground green', 'Tinted it green at the bottom.', { x: 0, y: 0, w: 1, h: 0.55 }],
  ['blur the background', 'Blurred it (50 %) around the middle.', { x: 0.3, y: 0.3, w: 0.4, h: 0.4 }],
  ['warmer on the left', 'Made it 30 % warmer on the left.', { x: 0.55, y: 0, w: 0.45, h: 1 }],
])('"%s" changes that part and leaves the rest', async (prompt, words, rest) => {
  const first = await ask(server.url, { contents: [user('a mountain lake')] })
  const second = await ask(server.url, { contents: [user(imageOf(first), prompt)] })
  expect(wordsOf(second)).toBe(words)
  const untouched = await difference(imageOf(first), imageOf(second), rest)
  expect(untouched.most).toBeLessThan(12)
  expect(untouched.mean).toBeLessThan(0.6)
  expect(
    (await difference(imageOf(first), imageOf(second), { x: 0, y: 0, w: 1, h: 1 })).mean,
  ).toBeGreaterThan(1)
})

test('a figure is added in its colour and place, and the rest stays as it was', async () => {
  const plain = await halves('#808080', '#808080', 512, 512)
  const image = await edit('add a red balloon on the right', plain)
  const [r, g] = await mean(image, { x: 0.75, y: 0.25, w: 0.1, h: 0.1 })
  expect(r - g).toBeGreaterThan(60)
  expect((await difference(plain, image, { x: 0, y: 0, w: 0.65, h: 1 })).most).toBeLessThan(12)
})

test('after ten edits of one region, the rest is still nearly the same, pixel by pixel', async () => {
  const first = imageOf(await ask(server.url, { contents: [user('a mountain lake')] }))
  let image = first
  for (let i = 0; i < 10; i++) image = await edit(i % 2 === 0 ? 'make the sky darker' : 'warmer sky', image)
  const { most, mean: average } = await difference(first, image, { x: 0, y: 0.5, w: 1, h: 0.5 })
  expect(most).toBeLessThan(16)
  expect(average).toBeLessThan(1)
})
