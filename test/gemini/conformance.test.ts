import { describe, expect, test } from 'vitest'
import type { FaultName } from '../../practice/faults.ts'
import { BREAKS } from '../../src/core/failures/connection-failures.ts'
import { explain, failureText } from '../../src/core/failures/failure.ts'
import type { FailureRow } from '../../src/core/failures/failure-row.ts'
import { type Ending, FINISHES, USUAL } from '../../src/core/failures/finish-reasons.ts'
import { REFUSALS } from '../../src/core/failures/http-failures.ts'
import { BLOCKS } from '../../src/core/failures/prompt-blocks.ts'
import { nothingText } from '../../src/core/request/reply.ts'
import { engine, type Talk, talk } from '../turn/talk.ts'
import { type Request, wiretap } from './wire.ts'

// Runs the real SDK through every row of the table of failures, against the practice engine: what is recognised, what
// the user is shown, whether anything was billed, and how often it was sent.

/** The faults of the practice engine that cause each row. */
type Faults<Rows> = { readonly [name in keyof Rows]: readonly FaultName[] }

const OF_BLOCK: Faults<typeof BLOCKS> = {
  SAFETY: ['blocked-safety'],
  IMAGE_SAFETY: ['blocked-image'],
  PROHIBITED_CONTENT: ['blocked'],
  BLOCKLIST: ['blocked-word'],
  MODEL_ARMOR: ['blocked-armor'],
  JAILBREAK: ['blocked-jailbreak'],
  OTHER: ['blocked-other'],
  BLOCKED_REASON_UNSPECIFIED: ['blocked-unspecified'],
}

const OF_FINISH: Faults<typeof FINISHES> = {
  NO_IMAGE: ['no-image'],
  MAX_TOKENS: ['max-tokens'],
  SAFETY: ['finish-safety'],
  IMAGE_SAFETY: ['safety', 'refusal-usage'],
  PROHIBITED_CONTENT: ['finish-prohibited'],
  IMAGE_PROHIBITED_CONTENT: ['prohibited'],
  BLOCKLIST: ['finish-word'],
  SPII: ['finish-spii'],
  RECITATION: ['finish-recitation'],
  IMAGE_RECITATION: ['recitation'],
  LANGUAGE: ['finish-language'],
  IMAGE_OTHER: ['image-other'],
  MALFORMED_RESPONSE: ['finish-malformed'],
  MALFORMED_FUNCTION_CALL: ['finish-malformed-call'],
  UNEXPECTED_TOOL_CALL: ['finish-unexpected-call'],
  TOO_MANY_TOOL_CALLS: ['finish-endless-calls'],
  CONTINUATION: ['finish-continuation'],
  OTHER: ['finish-other'],
  FINISH_REASON_UNSPECIFIED: ['finish-unspecified'],
}

const OF_USUAL: Faults<typeof USUAL> = {
  'words-only': ['text-only'],
  empty: ['empty', 'no-content', 'no-candidates', 'null-parts'],
  'broken-image': ['bad-base64', 'not-image'],
}

/** `no-credentials`, `sign-in` and `unsupported` never reach a server: the SDK throws them. */
const OF_REFUSAL: Faults<Omit<typeof REFUSALS, 'no-credentials' | 'sign-in' | 'unsupported'>> = {
  'no-key': ['no-key'],
  'bad-key': ['400-key', 'expired-key', '401'],
  'leaked-key': ['leaked-key'],
  'api-off': ['api-off'],
  permission: ['403'],
  place: ['location', 'free-tier'],
  signature: ['signature', 'text-signature', 'bad-signature'],
  'unknown-field': ['field'],
  'bad-image': ['bad-image', 'invalid-image'],
  'too-large': ['too-large', '413'],
  'bad-setting': ['setting'],
  'model-gone': ['404'],
  'no-billing': ['no-billing'],
  'no-quota': ['no-quota'],
  'no-credit': ['spend-cap', 'no-credit'],
  'daily-quota': ['429-long'],
  'rate-limit': ['429', '429-fraction', '429-bare'],
  overloaded: ['503'],
  deadline: ['504'],
  gateway: ['html-502'],
  internal: ['500'],
  refused: ['400-bare'],
}

/** The others happen without a server. test/turn/retry-policy, redirects, test/turn/request and test/repl test them. */
const OF_BREAK: Faults<Pick<typeof BREAKS, 'cut-off' | 'timed-out' | 'strange-answer'>> = {
  'cut-off': ['reset', 'cut'],
  'timed-out': ['hang', 'stall'],
  'strange-answer': ['html-200', 'empty-200'],
}

async function met(fault: FaultName, second = false) {
  const wire = await wiretap(await engine(`${second ? 'slow:0,' : ''}${fault}:999`))
  const one = await talk({ url: wire.url, values: /hang|stall/.test(fault) ? { timeout: 0.3 } : {} })
  if (second) await one.line('a blue fox')
  const before = wire.requests.length
  const outcome = await one.line('a red fox')
  return { one, outcome, sent: wire.requests.slice(before) }
}

const cases = (
  faults: Readonly<Record<string, readonly FaultName[]>>,
  rows: Readonly<Record<string, FailureRow>>,
) =>
  Object.entries(faults).flatMap(([name, all]) =>
    all.map((fault) => [name, fault, rows[name] as FailureRow] as const),
  )

/** Up to the first brace, the sentence of a row is always the same. */
const opening = (words: string) => words.split('{')[0] ?? ''

async function billsOf(one: Talk) {
  const { bills, out } = await one.ledger.read()
  expect(out, 'a call that has ended is out no more').toEqual([])
  return bills.map(({ cost }) => cost.kind)
}

function sameRequest(requests: readonly Request[]): boolean {
  return new Set(requests.map(({ body }) => JSON.stringify(body))).size === 1
}

describe.each([...cases(OF_REFUSAL, REFUSALS), ...cases(OF_BREAK, BREAKS)])(
  '%s, by the fault %s',
  (name, fault, row) => {
    test('is recognised, shown in the words of its row, billed and sent again as its row says', async () => {
      const { one, outcome, sent } = await met(fault, name === 'signature')
      if (outcome.kind !== 'failed') throw new Error(`the turn has ${outcome.kind}`)
      expect(outcome.failure.kind).toBe(name)
      const text = failureText(outcome.failure, one.chat.engine.id)
      const [what = '', next = ''] = text.split('\n')
      expect(what.startsWith(opening(row.what))).toBe(true)
      expect(next.startsWith(opening(row.next))).toBe(true)
      expect(text).not.toMatch(/[{}]|undefined|<html/)
      expect(what.includes('It may have been billed.')).toBe(row.billed === 'maybe')
      expect(explain(outcome.failure).maybeBilled).toBe(row.billed === 'maybe')
      const bills = await billsOf(one)
      expect(bills.filter((kind) => kind !== 'known')).toEqual(row.billed === 'maybe' ? ['unknown'] : [])
      expect(sent.length > 1).toBe(row.again === 'unasked')
      // Only signatures change; any other retry is the same request.
      expect(sameRequest(sent)).toBe(name !== 'signature')
      // Every retry has waited before.
      const waits = one.clock.waited.reduce((sum, seconds) => sum + seconds, 0)
      if (row.again === 'unasked' && name !== 'signature') expect(waits).toBeGreaterThan(sent.length - 1)
      else expect(waits).toBe(0)
    })
  },
)

describe.each([...cases(OF_BLOCK, BLOCKS), ...cases(OF_FINISH, FINISHES), ...cases(OF_USUAL, USUAL)])(
  '%s, by the fault %s',
  (name, fault, row) => {
    test('is recognised, shown in the words of its row, and not sent again', async () => {
      const { one, outcome, sent } = await met(fault)
      if (outcome.kind !== 'answered' || !outcome.nothing) throw new Error(`the turn has ${outcome.kind}`)
      const { nothing } = outcome
      expect(nothing.reason ?? nothing.kind).toBe(name)
      expect(nothing.kind).toBe((row as Ending).kind)
      const text = nothingText(nothing)
      expect(text.startsWith(row.what)).toBe(true)
      expect(text.endsWith(row.next)).toBe(true)
      expect(outcome.main).toBeNull()
      // The cost of an answer is what it counts, whatever its row expects.
      expect(outcome.cost.kind).toBe('known')
      expect(await billsOf(one)).toEqual(['known'])
      expect(sent).toHaveLength(1)
      expect(one.clock.waited).toEqual([])
    })
  },
)

test('a reason without a row is quoted by its name, and not sent again', async () => {
  const { outcome, sent } = await met('unknown-finish')
  if (outcome.kind !== 'answered' || !outcome.nothing) throw new Error(`the turn has ${outcome.kind}`)
  expect(outcome.nothing.kind).toBe('other')
  expect(nothingText(outcome.nothing)).toContain('"SOMETHING_NEW"')
  expect(sent).toHaveLength(1)
})

test('every row of the table is here, or cannot come from a server', () => {
  const here = [OF_REFUSAL, OF_BREAK].flatMap((faults) => Object.keys(faults))
  const elsewhere = [
    'no-credentials',
    'sign-in',
    'unsupported',
    'no-network',
    'redirected',
    'aborted',
    'no-answer',
    'over-budget',
  ]
  expect([...here, ...elsewhere, 'unreadable', 'disk'].toSorted()).toEqual(
    Object.keys({ ...REFUSALS, ...BREAKS }).toSorted(),
  )
  expect(Object.keys(OF_BLOCK).toSorted()).toEqual(Object.keys(BLOCKS).toSorted())
})
