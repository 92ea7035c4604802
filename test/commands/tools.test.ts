import { readFile, rm } from 'node:fs/promises'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { labelFor } from '../../src/core/session/label.ts'
import { versionOf } from '../../src/core/session/tree.ts'
import { wiretap } from '../gemini/wire.ts'
import type { Talk } from '../turn/talk.ts'
import { engine, talk } from '../turn/talk.ts'
import { bringIn, picture, practiceSession, run } from './stage.ts'

type Sent = Awaited<ReturnType<typeof wiretap>>['requests'][number]
type SentPart = Sent['body']['contents'][number]['parts'][number]

/** Text as it is, a picture as the version whose bytes it has, `~` if it is signed. */
async function partName({ text, inlineData, thoughtSignature }: SentPart, one: Talk): Promise<string> {
  const signed = thoughtSignature === undefined ? '' : '~'
  if (!inlineData) return `${text}${signed}`
  for (const { number, file } of one.session.versions.toReversed()) {
    const bytes = await readFile(one.store.path(file.file))
    if (bytes.toString('base64') === inlineData.data) return `<v${number}>${signed}`
  }
  return `<another picture>${signed}`
}

async function contentsOf(request: Sent | undefined, one: Talk) {
  const contents = request?.body.contents ?? []
  return Promise.all(
    contents.map(async ({ role, parts }) => [
      role,
      ...(await Promise.all(parts.map((part) => partName(part, one)))),
    ]),
  )
}

async function wired() {
  const wire = await wiretap(await engine())
  const one = await talk({ url: wire.url })
  const last = () => contentsOf(wire.requests.at(-1), one)
  return { one, last }
}

/** An edit, what a tool makes of it, and an edit of that. */
async function story(command: string, then = 'warmer') {
  const { one, last } = await wired()
  await one.line('a red fox')
  await one.line('make it night')
  const calls = await last()
  const said = await run(one, command)
  expect(await last(), 'nothing is sent').toEqual(calls)
  const made = one.session.versions.filter((version) => version.made)
  return { one, last, said, made, then }
}

const TURNS = [
  ['user', 'a red fox'],
  ['model', expect.stringMatching(/~$/), '<v1>~'],
  ['user', 'make it night'],
  ['model', expect.stringMatching(/~$/), '<v2>~'],
]

describe.each([
  ['/flip', 'mirrored'],
  ['/flip v', 'mirrored top to bottom'],
  ['/rotate 90', 'turned 90° clockwise'],
  ['/rotate -90', 'turned 90° counterclockwise'],
  ['/rotate 180', 'turned by 180°'],
  ['/crop 16:9', 'cropped to 16:9 around its centre'],
  ['/crop 300x200 --smart', 'cropped to 300x200 around what stands out'],
  ['/crop 10%,20%,50%,40%', 'cropped to 10%,20%,50%,40%'],
])('edit, %s, edit again', (command, did) => {
  test('the conversation continues with its signatures, and the new picture is sent whole', async () => {
    const { one, last, said, made, then } = await story(command)
    expect(made.map(({ number }) => number)).toEqual([3])
    expect(made[0]?.made).toMatchObject({
      act: { tool: command.slice(1).split(' ')[0], from: [2] },
      did,
    })
    expect(said.tones).not.toContain('bad')
    expect(said.words.at(-1)).toMatch(/Made here: it costs nothing\.$/)
    expect(labelFor(one.session, '')).toBe('v3')

    expect(await one.line(then)).toMatchObject({ kind: 'answered', main: 4 })
    expect(await last()).toEqual([
      ...TURNS,
      [
        'user',
        `[v3]: the picture to edit: v2, ${did}. v2 is the picture you made for "make it night".`,
        '<v3>',
        then,
      ],
    ])

    await one.line('softer')
    expect(await last()).toEqual([
      ['user', expect.stringContaining('- a red fox'), 'make it night'],
      ['model', expect.stringMatching(/~$/), '<v2>~'],
      ['user', then],
      ['model', expect.stringMatching(/~$/), '<v4>~'],
      ['user', 'softer'],
    ])
  })
})

describe('what a tool has made', () => {
  test('has the words that would make it again, and their sizes', async () => {
    const { made } = await story('/crop 16:9 1:2 16:9 --smart')
    expect(made.map(({ made: how }) => how?.act)).toEqual([
      { id: 'a1', tool: 'crop', arguments: ['16:9', '1:2', '--smart'], from: [2] },
      { id: 'a1', tool: 'crop', arguments: ['16:9', '1:2', '--smart'], from: [2] },
    ])
    expect(made.map(({ file: { width, height } }) => [width, height])).toEqual([
      [512, 288],
      [256, 512],
    ])
  })

  test('offers a choice if it makes several, and the chosen image is sent', async () => {
    const { one, last, said } = await story('/crop 16:9 1:2')
    expect(labelFor(one.session, '')).toBe('v2 (new: v3 v4)')
    expect(said.words[0]).toMatch(/Alt-1 to Alt-2/)
    await run(one, '/goto v4')
    await one.line('warmer')
    expect((await last()).at(-1)).toEqual([
      'user',
      expect.stringMatching(/^\[v4\]: the picture to edit: v2, cropped to 1:2 around its centre\./),
      '<v4>',
      'warmer',
    ])
    await run(one, '/undo 2')
    expect(one.session.choice?.versions).toEqual([3, 4])
  })

  test('of another version than the current one goes there, with the conversation of that version', async () => {
    const { one, last } = await wired()
    for (const line of ['a red fox', 'make it night']) await one.line(line)
    await run(one, '/flip v1')
    await one.line('warmer')
    expect(await last()).toEqual([
      TURNS[0],
      TURNS[1],
      [
        'user',
        '[v3]: the picture to edit: v1, mirrored. v1 is the picture you made for "a red fox".',
        '<v3>',
        'warmer',
      ],
    ])
    expect((await run(one, '/rotate 180 v9')).words).toEqual([expect.stringMatching(/^There is no v9/)])
  })

  test('can be tagged, saved, shown, undone and redone, and is in /log where it happened', async () => {
    const { one } = await story('/flip')
    await run(one, '/tag mirror')
    await one.line('warmer')
    await run(one, '/goto @mirror')
    expect((await run(one, '/save out.png')).words).toEqual([expect.stringMatching(/out\.png$/)])
    expect((await run(one, '/save')).words).toEqual([expect.stringMatching(/make-it-night-v3\.\w+$/)])
    expect((await run(one, '/show --thoughts')).words).toEqual([expect.stringMatching(/^v3 came without/)])
    const { rows, words } = await run(one, '/log')
    expect(rows.map(([mark, name, from, what, , cost]) => [mark, name, from, what, cost])).toEqual([
      ['│', 'v1', '← v0', 'a red fox', expect.any(String)],
      ['│', 'v2', '← v1', 'make it night', expect.any(String)],
      ['●', 'v3', '← v2', '(flip h) mirrored', 'free'],
      [' ', 'v4', '← v3', 'warmer', expect.any(String)],
    ])
    expect(words).toEqual([expect.stringMatching(/^4 images, 3 turns/)])
    await run(one, '/undo')
    expect(labelFor(one.session, '')).toBe('v2')
    await run(one, '/redo')
    expect(labelFor(one.session, '')).toBe('v3')
  })

  test('is what the model edits, and not the image that it has drawn before', async () => {
    const { one } = await wired()
    const blue = await sharp({ create: { width: 256, height: 512, channels: 3, background: 'blue' } })
      .png()
      .toBuffer()
    const halves = sharp({ create: { width: 512, height: 512, channels: 3, background: 'red' } })
    await halves.composite([{ input: blue, left: 256, top: 0 }]).toFile(`${one.place.folder}/halves.png`)
    await bringIn(one, 'halves.png')
    const left = async (number: number) => {
      const file = one.store.path(versionOf(one.session, number)?.file.file ?? '')
      const strip = sharp(file).extract({ left: 60, top: 60, width: 100, height: 300 })
      const [red = 0, , blueness = 0] = await strip.resize(1, 1).removeAlpha().raw().toBuffer()
      return red > blueness ? 'red' : 'blue'
    }
    await one.line('brighter')
    await run(one, '/flip')
    await one.line('darker')
    expect([await left(2), await left(3), await left(4)]).toEqual(['red', 'blue', 'blue'])
  })

  test('of a photo that was brought in is sent in its own size, though the photo is sent as a copy of 2,048 pixels', async () => {
    const { one, last } = await wired()
    await picture(one, 'sea.png', 'navy', 3000, 2000)
    await bringIn(one, 'sea.png')
    await run(one, '/flip')
    const { rows } = await run(one, '/log')
    expect(rows.map(([mark, name, from, what]) => [mark, name, from, what])).toEqual([
      [' ', 'v1', '← v0', '(brought in) sea.png'],
      ['●', 'v2', '← v1', '(flip h) mirrored'],
    ])
    await one.line('a storm')
    expect(await last()).toEqual([['user', '[v2]: the picture to edit: v1, mirrored', '<v2>', 'a storm']])
    expect(one.words.join('\n')).not.toMatch(/scaled/)
  })

  test('of more pixels than the model makes is scaled to those, which is said', async () => {
    const { one, last } = await wired()
    await picture(one, 'wide.png', 'navy', 9000, 4000)
    await bringIn(one, 'wide.png')
    await run(one, '/flip')
    await one.line('a storm')
    expect(one.words).toContain(
      'v2 has 9000×4000 pixels and is sent scaled to 6144 on its long side: Nano Banana 2 makes at most 4K.',
    )
    expect(await last()).toEqual([
      ['user', '[v2]: the picture to edit: v1, mirrored', '<another picture>', 'a storm'],
    ])
    expect(versionOf(one.session, 2)?.file).toMatchObject({ width: 9000, height: 4000 })
  })

  test('of a JPEG says that it was written again; of a PNG there is nothing to say', async () => {
    const one = await practiceSession()
    await picture(one, 'a.jpg')
    await picture(one, 'b.png')
    await bringIn(one, 'a.jpg')
    expect((await run(one, '/flip')).words).toEqual([
      'v2 is a JPEG, written again at quality 95 (4:4:4). Made here: it costs nothing.',
    ])
    await bringIn(one, 'b.png')
    expect((await run(one, '/rotate 90')).words).toEqual(['Made here: it costs nothing.'])
    const { file } = one.session.versions.at(-1) ?? {}
    expect(file).toMatchObject({ mime: 'image/png', width: 40, height: 60 })
    expect(await sharp(await readFile(one.store.path(file?.file ?? ''))).metadata()).toMatchObject({
      width: 40,
      height: 60,
    })
  })
})

describe('what a tool cannot do', () => {
  test.each([
    ['/flip x', '"x" is not a way to flip: h or v. For example: /flip h v3'],
    ['/rotate 45', '"45" is not an angle: 90, -90 or 180. For example: /rotate 90 v3'],
    ['/rotate', 'What is missing: an angle: 90, -90 or 180. For example: /rotate 90 v3'],
    [
      '/crop square',
      '"square" is not a shape: 16:9, 800x600, or 10%,20%,50%,40% (left, top, width, height).',
    ],
    [
      '/crop 10%,20%,50%,40% --smart',
      '10%,20%,50%,40% already has a position: leave --smart out, or name a ratio or a size.',
    ],
    [
      '/crop 100x20',
      '100x20 does not fit: v1 has 60×40 pixels, and /crop does not scale. 60x12 is the largest crop of that shape.',
    ],
    [
      '/crop 1:1 100x20',
      '100x20 does not fit: v1 has 60×40 pixels, and /crop does not scale. 60x12 is the largest crop of that shape.',
    ],
    ['/crop 3:2', '3:2 is all of v1 (60×40): there is nothing to cut off.'],
    ['/flip v1 v2', '"v2" is one word too many. For example: /flip h v3'],
  ])('%s is answered with what to do, and makes nothing', async (line, sentence) => {
    const one = await practiceSession()
    await picture(one, 'a.png')
    await bringIn(one, 'a.png')
    const { words, tones } = await run(one, line)
    expect({ words, tones }).toEqual({ words: [sentence], tones: ['bad'] })
    expect(one.session.versions).toHaveLength(1)
  })

  test('without an image there is nothing to flip', async () => {
    expect((await run(await practiceSession(), '/flip')).words).toEqual(['There is no image yet.'])
  })

  test('an image whose file is gone is said', async () => {
    const { one } = await story('/flip')
    await rm(one.store.path(versionOf(one.session, 3)?.file.file ?? ''))
    expect((await run(one, '/flip')).words).toEqual(['The file of v3 cannot be read (ENOENT).'])
  })
})
