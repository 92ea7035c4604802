import { describe, expect, test } from 'vitest'
import {
  duration,
  explain,
  type Failure,
  failureText,
  megabytes,
} from '../../../src/core/failures/failure.ts'

/** One of each: a kind that is missing here is an error of the compiler. */
const EACH: { readonly [K in Failure['kind']]: Failure & { readonly kind: K } } = {
  'no-key': { kind: 'no-key' },
  'bad-key': { kind: 'bad-key' },
  'leaked-key': { kind: 'leaked-key' },
  'api-off': { kind: 'api-off', says: 'It has not been used in project 1.' },
  'no-credentials': { kind: 'no-credentials' },
  'sign-in': { kind: 'sign-in', says: '' },
  unsupported: { kind: 'unsupported', says: 'personGeneration parameter is not supported' },
  'bad-setting': { kind: 'bad-setting', says: 'aspect_ratio must be one of' },
  'no-quota': { kind: 'no-quota', model: 'gemini-3-pro-image' },
  'no-credit': { kind: 'no-credit', says: 'Your credits are depleted.' },
  'daily-quota': { kind: 'daily-quota', model: 'gemini-3-pro-image', resets: '2026-11-23T08:00:00.000Z' },
  deadline: { kind: 'deadline' },
  gateway: { kind: 'gateway' },
  'no-billing': { kind: 'no-billing' },
  'rate-limit': { kind: 'rate-limit', seconds: 37 },
  overloaded: { kind: 'overloaded' },
  internal: { kind: 'internal', status: 500 },
  'model-gone': { kind: 'model-gone', model: 'gemini-3.1-flash-image' },
  permission: { kind: 'permission', says: 'The key is restricted.' },
  place: { kind: 'place', says: '' },
  'too-large': { kind: 'too-large', bytes: 123_000_000 },
  'bad-image': { kind: 'bad-image', says: 'Unable to process input image.' },
  signature: { kind: 'signature', says: 'missing' },
  'unknown-field': { kind: 'unknown-field', says: 'Unknown name "imageConfig"' },
  refused: { kind: 'refused', status: 400, says: 'no' },
  'no-network': { kind: 'no-network', code: 'ENOTFOUND' },
  redirected: { kind: 'redirected', to: 'https://example.org/v1beta' },
  'timed-out': { kind: 'timed-out', seconds: 300 },
  'cut-off': { kind: 'cut-off', code: 'ECONNRESET' },
  'strange-answer': { kind: 'strange-answer', says: '' },
  aborted: { kind: 'aborted' },
  'over-budget': { kind: 'over-budget' },
  'no-answer': { kind: 'no-answer' },
  unreadable: { kind: 'unreadable', says: 'ENOENT: no such file or directory' },
  disk: { kind: 'disk', says: 'The disk is full.' },
}

describe.each(Object.values(EACH))('a failure of kind $kind', (failure) => {
  test('says in a sentence what happened, and what to do next', () => {
    const { what, next } = explain(failure)
    for (const words of [what, next]) {
      expect(words).toMatch(/^[A-Zl/][^\n]{10,}[.)?]$/)
      expect(words).not.toMatch(/undefined|null|NaN|\[object|: *[.]|\.\.$|\bat .*:\d+:\d+/)
    }
    expect(failureText(failure)).toContain(what)
    expect(failureText(failure)).toContain(next)
  })
})

test('only what may have been billed is reported as such', () => {
  const billed = Object.values(EACH).flatMap((failure) =>
    explain(failure).maybeBilled ? [failure.kind] : [],
  )
  expect(billed.toSorted()).toEqual(
    [
      'aborted',
      'cut-off',
      'deadline',
      'disk',
      'gateway',
      'internal',
      'no-answer',
      'strange-answer',
      'timed-out',
    ].toSorted(),
  )
  expect(failureText(EACH['cut-off'])).toContain('may have been billed')
  expect(failureText(EACH.overloaded)).not.toContain('billed')
})

test('a wait is shown, and none is invented for a limit without one', () => {
  expect(explain(EACH['rate-limit']).what).toContain('37 s')
  expect(explain({ kind: 'rate-limit', seconds: null }).what).not.toMatch(/\d/)
})

test('a model that is gone is named with its replacement', () => {
  expect(explain(EACH['model-gone']).next).toContain('gemini-nano-banana-2.1')
  expect(explain({ kind: 'model-gone', model: 'gemini-nano-banana-2.1' }).next).toContain(
    'gemini-3-pro-image',
  )
})

test('a daily quota is reported with the hour at which it resets, and the time zone', () => {
  expect(explain(EACH['daily-quota']).next).toMatch(/midnight Pacific time, \d\d:00 [\w+-:]+\. /)
})

test('no text for Vertex AI mentions an API key or AI Studio; those for Gemini do', () => {
  for (const failure of Object.values(EACH)) {
    if (failure.kind === 'no-key' || failure.kind === 'leaked-key' || failure.kind === 'no-billing') continue
    expect(failureText(failure, 'vertex')).not.toMatch(/API key|this key|\/key|AI Studio/i)
  }
  expect(failureText(EACH['bad-key'], 'vertex')).toContain('gcloud auth application-default login')
  expect(failureText(EACH['bad-key'], 'gemini')).toContain('/key')
})

test('a failure of the practice engine is never reported as billed', () => {
  expect(failureText(EACH['cut-off'], 'practice')).not.toContain('billed')
})

test('the words of the server are quoted on one line, up to a limit', () => {
  const { what } = explain({ kind: 'refused', status: 400, says: `first\n  second ${'x'.repeat(5000)}` })
  expect(what).toContain('"first second xxx')
  expect(what.length).toBeLessThan(300)
})

test.each([
  [0.2, '1 s'],
  [37.36, '38 s'],
  [99, '99 s'],
  [300, '5 min'],
  [3600, '60 min'],
  [7200, '2 h'],
])('%d seconds are told as %s', (seconds, words) => {
  expect(duration(seconds)).toBe(words)
})

test('sizes are shown in megabytes', () => {
  expect(megabytes(1_234_567)).toBe('1.2 MB')
  expect(megabytes(123_000_000)).toBe('123 MB')
})
