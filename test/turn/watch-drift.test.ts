import sharp, { type Sharp } from 'sharp'
import { describe, expect, test } from 'vitest'
import { driftOver } from '../../src/core/request/drift.ts'
import { lookAt } from '../../src/image/sample-picture.ts'
import { watchDrift } from '../../src/turn/watch-drift.ts'
import { run } from '../commands/stage.ts'
import { drifting } from './drifting.ts'
import { type Talk, talk } from './talk.ts'

/** The messages after the newest answer. */
async function said(one: Talk): Promise<readonly string[]> {
  const words: string[] = []
  for await (const event of watchDrift(one.context())) if (event.type === 'say') words.push(event.text)
  return words
}

/** Makes a picture and so many edits of it; gives the messages after each. */
async function edited(edits: number, edit: (image: Sharp) => Sharp) {
  const one = await talk({ url: await drifting(edit) })
  await one.line('hills in fog')
  const words: (readonly string[])[] = []
  for (let number = 0; number < edits; number++) {
    await one.line('the same again')
    words.push(await said(one))
  }
  return { one, words }
}

const cast = (image: Sharp) => image.linear([1.015, 1, 0.98], [0, 0, 0])
const same = (image: Sharp) => image

describe('after ten edits in a row', () => {
  test('a picture that has drifted is reported once, with the version to continue from', async () => {
    const { one, words } = await edited(11, cast)
    expect(words.map(({ length }) => length)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0])
    expect(words[9]?.[0]).toMatch(
      /^Since v1, 10 edits ago, the parts they left alone have become .*yellower.* \(by \d+ ΔE\)\. \/forget v[2-6] continues/,
    )
    const [, version = ''] = /\/(forget v\d)/.exec(words[9]?.[0] ?? '') ?? []
    expect((await run(one, `/${version}`)).words[0]).toContain('alone')
  })

  test('a picture that was only saved again each time has not', async () => {
    const { words } = await edited(10, same)
    expect(words.flat()).toEqual([])
  })

  test('one that has become soft is reported as soft', async () => {
    const { words } = await edited(10, (image) => image.blur(1))
    expect(words[9]?.[0]).toMatch(/have become softer \(\d+ % less detail\)/)
  })

  test('one that was made darker on purpose has not drifted, nor one that was cropped', async () => {
    let number = 0
    const once = (change: (image: Sharp) => Sharp) => (image: Sharp) =>
      ++number === 4 ? change(image) : image
    expect(
      (
        await edited(
          10,
          once((image) => image.linear(0.6, 0)),
        )
      ).words.flat(),
    ).toEqual([])
    number = 0
    // A little, so that no part of it counts as edited.
    expect(
      (
        await edited(
          10,
          once((image) => image.linear(1, 18)),
        )
      ).words.flat(),
    ).toEqual([])
    number = 0
    const crop = once((image) => image.extract({ left: 0, top: 0, width: 300, height: 500 }))
    expect((await edited(10, crop)).words.flat()).toEqual([])
  })

  test('a requested change to the whole picture is not drift', async () => {
    const one = await talk({ practice: true })
    await one.line('hills in fog')
    const lines = [
      'brighter',
      'warmer',
      'darker',
      'vivid',
      'cooler',
      'muted',
      'sepia',
      'blur',
      'invert',
      'faded',
    ]
    for (const line of lines) await one.line(line)
    expect(await said(one)).toEqual([])
  })

  test('an edit of nearly the whole picture leaves nothing to compare; ten edits later there is', async () => {
    let number = 0
    const { words } = await edited(20, (image) => (++number === 4 ? image.negate() : cast(image)))
    expect(words.map(({ length }) => length)).toEqual([...Array(19).fill(0), 1])
    expect(words[19]?.[0]).toMatch(/^Since v11, 10 edits ago, the parts they left alone have become/)
  })

  const LOCAL = [
    'warm the sky',
    'darken the ground',
    'brighten the sky',
    'blur the background',
    'warm the ground',
  ]

  test('edits of a part leave the rest alone, and are not drift; with an engine that drifts they are', async () => {
    const calm = await talk({ practice: true })
    await calm.line('hills in fog')
    for (const line of [...LOCAL, ...LOCAL]) await calm.line(`slightly ${line}`)
    expect(await said(calm)).toEqual([])
    const moving = await talk({ practice: true, faults: 'slow:0,drift:10' })
    await moving.line('hills in fog')
    for (const line of [...LOCAL, ...LOCAL]) await moving.line(`slightly ${line}`)
    expect(await said(moving)).toEqual([expect.stringMatching(/^Since v1, 10 edits ago.*\/forget v\d/)])
  })

  test('the row starts again with a new image, and continues after /forget', async () => {
    const { one } = await edited(4, cast)
    await run(one, '/forget')
    for (let number = 0; number < 10; number++) await one.line('the same again')
    expect(await said(one)).toEqual([expect.stringMatching(/^Since v5, 10 edits ago/)])
    await one.line('a vase', { fresh: true, parent: { turn: null, version: null } })
    for (let number = 0; number < 9; number++) await one.line('the same again')
    expect(await said(one)).toEqual([])
  })
})

test('only areas that no edit has touched are compared', async () => {
  const plain = (colour: string) =>
    sharp({ create: { width: 512, height: 512, channels: 3, background: colour } })
  const patch = await sharp({ create: { width: 300, height: 512, channels: 3, background: 'navy' } })
    .png()
    .toBuffer()
  const first = await plain('#808080').png().toBuffer()
  const second = await plain('#848484')
    .composite([{ input: patch, left: 0, top: 0 }])
    .png()
    .toBuffer()
  const drift = driftOver([await lookAt(first), await lookAt(second)])
  // Four levels of grey are 1.6 units of lightness; navy would be 40.
  expect(drift?.lighter).toBeCloseTo(1.6, 0)
  expect(drift?.detail).toBe(1)
  const painted = await plain('navy').png().toBuffer()
  expect(driftOver([await lookAt(first), await lookAt(painted)])).toBeUndefined()
})
