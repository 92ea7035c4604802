import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { FAULTS, type FaultName } from '../../practice/faults.ts'
import { explain, failureText } from '../../src/core/failures/failure.ts'
import { nothingText } from '../../src/core/request/reply.ts'
import type { Outcome } from '../../src/core/session/session.ts'
import { sniff } from '../../src/image/sniff.ts'
import { answering } from '../gemini/wire.ts'
import { talk } from './talk.ts'

type Want = (outcome: Outcome) => void

const nothing =
  (kind: string, words = '', says = ''): Want =>
  (outcome) => {
    expect(outcome).toMatchObject({ kind: 'answered', main: null, versions: [], nothing: { kind } })
    if (outcome.kind !== 'answered' || !outcome.nothing) return
    expect(outcome.words).toContain(words)
    expect(outcome.nothing.says).toContain(says)
    expect(nothingText(outcome.nothing)).toMatch(/^No image/)
  }
const failed =
  (failure: object): Want =>
  (outcome) => {
    expect(outcome).toMatchObject({ kind: 'failed', failure })
    if (outcome.kind === 'failed') expect(failureText(outcome.failure)).not.toMatch(/undefined|<html|\{"/i)
  }
const made =
  (count = 1): Want =>
  (outcome) => {
    expect(outcome).toMatchObject({ kind: 'answered', main: count })
    if (outcome.kind === 'answered') expect(outcome.versions).toHaveLength(count)
  }

/** What the user gets for each thing that an engine may do. */
const OUTCOMES: { readonly [name in Exclude<FaultName, 'hang' | 'stall'>]: Want } = {
  '400-key': failed({ kind: 'bad-key' }),
  'expired-key': failed({ kind: 'bad-key' }),
  '401': failed({ kind: 'bad-key' }),
  'no-key': failed({ kind: 'no-key' }),
  'leaked-key': failed({ kind: 'leaked-key' }),
  'api-off': failed({ kind: 'api-off' }),
  location: failed({ kind: 'place' }),
  'free-tier': failed({ kind: 'place' }),
  'bad-image': failed({ kind: 'bad-image' }),
  'invalid-image': failed({ kind: 'bad-image' }),
  '400-bare': failed({ kind: 'refused', status: 400 }),
  setting: failed({ kind: 'bad-setting' }),
  'text-signature': made(),
  '429-fraction': made(),
  '429-bare': made(),
  'no-quota': failed({ kind: 'no-quota' }),
  'spend-cap': failed({ kind: 'no-credit' }),
  'no-credit': failed({ kind: 'no-credit' }),
  'html-200': failed({ kind: 'strange-answer' }),
  'empty-200': failed({ kind: 'strange-answer' }),
  '403': failed({ kind: 'permission' }),
  '404': failed({ kind: 'model-gone', model: 'gemini-3.1-flash-image' }),
  '413': failed({ kind: 'too-large' }),
  'too-large': failed({ kind: 'too-large' }),
  '429': made(),
  '429-long': failed({ kind: 'daily-quota', resets: '2026-11-23T08:00:00.000Z' }),
  'no-billing': failed({ kind: 'no-billing' }),
  '500': failed({ kind: 'internal', status: 500 }),
  '503': made(),
  '504': failed({ kind: 'deadline' }),
  'html-502': failed({ kind: 'gateway' }),
  field: failed({ kind: 'unknown-field' }),
  signature: made(),
  'bad-signature': made(),
  reset: failed({ kind: 'cut-off' }),
  cut: failed({ kind: 'cut-off' }),
  slow: made(),
  blocked: nothing('blocked-prompt'),
  'blocked-safety': nothing('blocked-prompt'),
  'blocked-image': nothing('blocked-prompt'),
  'blocked-word': nothing('blocked-prompt'),
  'blocked-armor': nothing('blocked-prompt'),
  'blocked-jailbreak': nothing('blocked-prompt'),
  'blocked-other': nothing('blocked-prompt'),
  'blocked-unspecified': nothing('blocked-prompt'),
  'image-other': nothing('other'),
  'refusal-usage': nothing('safety'),
  'finish-safety': nothing('safety'),
  'finish-prohibited': nothing('prohibited'),
  'finish-word': nothing('prohibited'),
  'finish-spii': nothing('prohibited'),
  'finish-recitation': nothing('recitation'),
  'finish-language': nothing('language'),
  'finish-malformed': nothing('other'),
  'finish-malformed-call': nothing('other'),
  'finish-unexpected-call': nothing('other'),
  'finish-endless-calls': nothing('other'),
  'finish-other': nothing('other'),
  'finish-unspecified': nothing('other'),
  'finish-continuation': nothing('other'),
  'no-content': nothing('empty'),
  'thought-only': nothing('empty'),
  'image-first': made(),
  'image-alone': made(),
  'finish-with-image': made(),
  'no-finish': made(),
  'no-role': made(),
  unsigned: made(),
  mislabelled: made(),
  deaf: made(),
  drift: made(),
  'odd-usage': made(),
  'no-image': nothing('no-image'),
  safety: nothing('safety', '', 'rephrasing the prompt'),
  recitation: nothing('recitation', '', 'too similar'),
  prohibited: nothing('prohibited', '', 'prohibited content'),
  'text-only': nothing('words-only', 'What should the picture show?'),
  empty: nothing('empty'),
  'no-candidates': nothing('empty'),
  'null-parts': nothing('empty'),
  several: made(3),
  drafts: made(3),
  thoughts: made(),
  'bad-base64': nothing('broken-image', 'Painted a fox'),
  'not-image': nothing('broken-image', 'Painted a fox'),
  'max-tokens': nothing('too-long', 'Painted a fox'),
  'unknown-finish': nothing('other', 'Painted a fox', 'SOMETHING_NEW'),
  'no-usage': made(),
}

describe('what an engine may do, and the line after it', () => {
  test.each(Object.entries(OUTCOMES))('%s', async (name, want) => {
    const one = await talk({ faults: name === 'slow' ? 'slow:0.1' : name })
    want(await one.line('a red fox'))
    const before = one.session.versions.length
    // None of them breaks the next line.
    const next = await one.line('brighter')
    expect(next).toMatchObject({ kind: 'answered', main: before + 1, cost: { kind: 'known' } })
    const [version] = one.session.versions.slice(-1)
    const bytes = await readFile(one.store.path(version?.file.file ?? ''))
    expect(sniff(bytes)).toBe('jpeg')
    expect(version?.file).toMatchObject({
      file: `images/v${before + 1}.jpg`,
      mime: 'image/jpeg',
      bytes: bytes.length,
    })
  })

  test('every fault of the practice engine is in this table', () => {
    expect(Object.keys({ ...OUTCOMES, hang: 0, stall: 0 }).toSorted()).toEqual(Object.keys(FAULTS).toSorted())
  })

  test('an engine that never answers times out after the time that is set', async () => {
    const one = await talk({ faults: 'hang', values: { timeout: 0.2 } })
    failed({ kind: 'timed-out', seconds: 0.2 })(await one.line('a red fox'))
    const half = await talk({ faults: 'stall', values: { timeout: 2 } })
    failed({ kind: 'timed-out', seconds: 2 })(await half.line('a red fox'))
    made()(await (await talk()).line('a red fox'))
  })

  test('an answer that is not JSON, or not an answer, is strange, and may have been billed', async () => {
    for (const body of ['<html>Welcome to the hotel</html>', '"yes"', { candidates: 'none' }]) {
      const { url } = await answering(200, body)
      const outcome = await (await talk({ url })).line('a red fox')
      failed({ kind: 'strange-answer' })(outcome)
      if (outcome.kind === 'failed') expect(explain(outcome.failure).maybeBilled).toBe(true)
    }
  })

  test.each([
    [401, 'bad-key'],
    [402, 'no-credit'],
    [418, 'refused'],
  ])('a status of %d is a failure of kind %s', async (status, kind) => {
    const { url } = await answering(status, { error: { message: 'no', status: 'X' } })
    failed({ kind })(await (await talk({ url })).line('a red fox'))
  })

  test.each([
    ['Unable to process input image. Please retry', 'INVALID_ARGUMENT', 'bad-image'],
    ['Provided image is not valid.', 'INVALID_ARGUMENT', 'bad-image'],
    ['User location is not supported for the API use.', 'FAILED_PRECONDITION', 'place'],
    ['Request payload size exceeds the limit', 'INVALID_ARGUMENT', 'too-large'],
    ['aspect_ratio must be one of', 'INVALID_ARGUMENT', 'bad-setting'],
  ])('400 "%s"', async (message, status, kind) => {
    const { url } = await answering(400, { error: { code: 400, message, status } })
    failed({ kind })(await (await talk({ url })).line('a red fox'))
  })
})

describe('what an answer costs', () => {
  test('is read from its usage', async () => {
    expect(await (await talk()).line('a red fox')).toMatchObject({
      cost: { kind: 'known' },
      seconds: expect.any(Number),
    })
  })
  test('is unknown without usage, and never 0', async () => {
    const outcome = await (await talk({ faults: 'no-usage' })).line('a red fox')
    expect(outcome).toMatchObject({ cost: { kind: 'unknown' }, usage: null })
  })
  test('is nothing with the practice engine', async () => {
    expect(await (await talk({ practice: true })).line('a red fox')).toMatchObject({ cost: { kind: 'free' } })
  })
})

describe('several images in an answer', () => {
  test.each(['several', 'drafts'])(
    '%s: each is a version, the last is current, and the chat goes on from another',
    async (fault) => {
      const one = await talk({ faults: fault })
      await one.line('a red fox')
      expect(one.session.head).toEqual({ turn: 't1', version: 3 })
      for (const version of [1, 3]) {
        expect(await one.line('brighter', { parent: { turn: 't1', version } })).toMatchObject({
          kind: 'answered',
        })
      }
      expect(one.words).toEqual([])
    },
  )
})

test('an answer in words is answered, and the conversation has it', async () => {
  const one = await talk({ faults: 'text-only' })
  await one.line('make something')
  expect(one.session.head).toEqual({ turn: 't1', version: null })
  expect(await one.line('a red fox')).toMatchObject({ kind: 'answered', main: 1 })
})
