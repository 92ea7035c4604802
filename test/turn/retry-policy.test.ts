import { createServer } from 'node:http'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explain, type Failure } from '../../src/core/failures/failure.ts'
import { failureOf } from '../../src/gemini/read-failure.ts'
import { CALL_POLICY, FIRST_TRY, TRIES, TURN_POLICY, waitBefore } from '../../src/turn/retry-policy.ts'
import { wiretap } from '../gemini/wire.ts'
import { engine, talk } from './talk.ts'

async function count(faults: string) {
  const wire = await wiretap(await engine(faults))
  const one = await talk({ url: wire.url })
  const outcome = await one.line('a red fox')
  return { one, outcome, calls: wire.requests.length }
}

/** A port without a listener. */
async function closedPort(): Promise<string> {
  const server = createServer()
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  await new Promise((done) => server.close(done))
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
}

describe('what is tried again automatically', () => {
  test('an overloaded model, twice, visibly, and each time later', async () => {
    const { one, outcome, calls } = await count('503:2')
    expect(outcome).toMatchObject({ kind: 'answered', main: 1 })
    expect(calls).toBe(3)
    expect(one.progress[0]).toMatch(/overloaded.*Try 2 of 4 in 1 s · Esc stops/)
    expect(one.progress.at(-1)).toContain('Try 3 of 4')
    const [first = 0, ...second] = one.clock.waited
    expect(second.reduce((sum, seconds) => sum + seconds, 0)).toBeGreaterThan(first)
  })

  test('a short rate limit, after the wait that the server asks for', async () => {
    const { one, outcome, calls } = await count('429')
    expect(outcome).toMatchObject({ kind: 'answered' })
    expect(calls).toBe(2)
    expect(one.clock.waited.reduce((sum, seconds) => sum + seconds, 0)).toBeGreaterThanOrEqual(1.2)
  })

  test('a connection that is never made, up to a limit', async () => {
    const one = await talk({ url: await closedPort() })
    expect(await one.line('a red fox')).toMatchObject({
      kind: 'failed',
      failure: { kind: 'no-network', code: 'ECONNREFUSED' },
    })
    expect(new Set(one.progress.map((text) => /Try (\d)/.exec(text)?.[1]))).toEqual(new Set(['2', '3', '4']))
  })

  test('an address that does not exist', async () => {
    const one = await talk({ url: 'http://limn.invalid' })
    expect(await one.line('a red fox')).toMatchObject({ failure: { kind: 'no-network' } })
  })

  test('a model that stays overloaded is given up', async () => {
    const { outcome, calls } = await count('503:99')
    expect(outcome).toMatchObject({ kind: 'failed', failure: { kind: 'overloaded' } })
    expect(calls).toBe(TRIES)
  })
})

describe('what is never sent again automatically', () => {
  test.each([
    '429-long',
    'no-billing',
    '500',
    '504',
    'html-502',
    'reset',
    'cut',
    '400-key',
    '403',
    '404',
    '413',
    'field',
  ])('%s', async (fault) => {
    const { one, outcome, calls } = await count(`${fault}:9`)
    expect(outcome.kind).toBe('failed')
    expect(calls).toBe(1)
    expect(one.clock.waited).toEqual([])
  })

  test.each(['no-image', 'text-only', 'safety', 'empty', 'bad-base64', 'unknown-finish'])(
    'an answer without an image: %s',
    async (fault) => {
      expect((await count(`${fault}:9`)).calls).toBe(1)
    },
  )

  test('nothing that may have been billed, by any number of tries', () => {
    const kinds = fc.constantFrom<Failure>(
      { kind: 'internal', status: 500 },
      { kind: 'timed-out', seconds: 300 },
      { kind: 'cut-off', code: 'ECONNRESET' },
      { kind: 'strange-answer', says: '' },
      { kind: 'aborted' },
      { kind: 'no-answer' },
    )
    fc.assert(
      fc.property(
        kinds,
        fc.integer({ min: 1, max: 9 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(TURN_POLICY, CALL_POLICY),
        (failure, tries, chance, policy) => {
          expect(explain(failure).maybeBilled).toBe(true)
          expect(waitBefore(failure, { ...FIRST_TRY, tries }, chance, policy)).toBeUndefined()
        },
      ),
    )
  })

  test('waits grow, vary randomly, and end', () => {
    const wait = (tries: number, chance: number) =>
      waitBefore({ kind: 'overloaded' }, { ...FIRST_TRY, tries }, chance, TURN_POLICY)
    expect([1, 2, 3].map((tried) => wait(tried, 0.5))).toEqual([1, 2, 4])
    expect(wait(1, 0)).not.toBe(wait(1, 1))
    expect(wait(TRIES, 0.5)).toBeUndefined()
  })

  test('a rate limit is waited for as long as the server asks, and no line waits more than ten minutes', () => {
    const wait = (seconds: number | null, limits = 0, waited = 0) =>
      waitBefore({ kind: 'rate-limit', seconds }, { tries: 1, limits, waited }, 0, TURN_POLICY)
    expect(wait(34.4)).toBe(34.4)
    expect(wait(300)).toBe(300)
    expect(wait(601)).toBeUndefined()
    expect(wait(300, 1, 400)).toBeUndefined()
    // The server names no wait, or always the same short one.
    expect([0, 1, 2, 3].map((limits) => wait(null, limits))).toEqual([1, 2, 4, 8])
    expect(wait(1, 5, 31)).toBe(32)
  })

  test('another call waits at most a minute, and not without a named time: a quota of jobs takes hours to empty', () => {
    const wait = (seconds: number | null, waited = 0) =>
      waitBefore({ kind: 'rate-limit', seconds }, { ...FIRST_TRY, waited }, 0, CALL_POLICY)
    expect([wait(30), wait(61), wait(30, 31), wait(null)]).toEqual([30, undefined, undefined, undefined])
  })
})

describe('Esc', () => {
  test('during a back-off stops it: the line has failed, and nothing more is sent', async () => {
    const wire = await wiretap(await engine('503:9'))
    const one = await talk({ url: wire.url })
    one.clock.onSleep = () => one.released.abort()
    expect(await one.line('a red fox')).toMatchObject({ failure: { kind: 'overloaded' } })
    expect(wire.requests).toHaveLength(1)
    expect(one.clock.waited).toHaveLength(1)
  })

  test('before the server says that it is overloaded: it is not tried again', async () => {
    const wire = await wiretap(await engine('503:9'))
    const one = await talk({ url: wire.url })
    one.released.abort()
    expect(await one.line('a red fox')).toMatchObject({ failure: { kind: 'overloaded' } })
    expect(wire.requests).toHaveLength(1)
  })

  test('while a call is out, lets it finish', async () => {
    const one = await talk({ faults: 'slow:0.2' })
    const line = one.line('a red fox')
    one.released.abort()
    expect(await line).toMatchObject({ kind: 'answered', main: 1 })
  })

  test('when it is set to abort, the call ends at once, with a sentence', async () => {
    const cut = new AbortController()
    const wire = await wiretap(await engine('hang'), () => cut.abort())
    const one = await talk({ url: wire.url })
    one.cut = cut
    expect(await one.line('a red fox')).toMatchObject({ failure: { kind: 'aborted' } })
  })

  test('a back-off is aborted too', async () => {
    const one = await talk({ faults: '503:9' })
    one.clock.onSleep = () => one.cut.abort()
    expect(await one.line('a red fox')).toMatchObject({ kind: 'failed' })
    expect(one.clock.waited).toHaveLength(1)
  })
})

const ASKED = { model: 'm', now: new Date(0) }

describe('an error of the network', () => {
  const broken = (code: string, syscall?: string) =>
    new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code, syscall }) })

  test.each([
    ['ENOTFOUND', 'getaddrinfo', 'no-network'],
    ['EAI_AGAIN', 'getaddrinfo', 'no-network'],
    ['ECONNREFUSED', 'connect', 'no-network'],
    ['ENETUNREACH', 'connect', 'no-network'],
    ['EHOSTUNREACH', 'connect', 'no-network'],
    ['ETIMEDOUT', 'connect', 'no-network'],
    ['ETIMEDOUT', undefined, 'no-network'],
    ['UND_ERR_CONNECT_TIMEOUT', undefined, 'no-network'],
    ['CERT_HAS_EXPIRED', undefined, 'no-network'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', undefined, 'no-network'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', undefined, 'no-network'],
    ['ETIMEDOUT', 'read', 'cut-off'],
    ['EHOSTUNREACH', 'read', 'cut-off'],
    ['ENETDOWN', 'write', 'cut-off'],
    ['ECONNRESET', 'read', 'cut-off'],
    ['EPIPE', 'write', 'cut-off'],
    ['UND_ERR_SOCKET', undefined, 'cut-off'],
    ['UND_ERR_HEADERS_TIMEOUT', undefined, 'cut-off'],
  ])('%s of %s is %s', (code, syscall, kind) => {
    expect(failureOf(broken(code, syscall), ASKED)).toEqual({ kind, code })
  })

  test('without a code may have been billed', () => {
    expect(explain(failureOf(new TypeError('terminated'), ASKED)).maybeBilled).toBe(true)
    expect(explain(failureOf(new Error('who knows'), ASKED)).maybeBilled).toBe(true)
    expect(explain(failureOf('a word', ASKED)).maybeBilled).toBe(true)
  })
})
