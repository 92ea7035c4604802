import { expect, test } from 'vitest'
import { PRACTICE } from '../../src/gemini/engine.ts'
import { Sdk } from '../../src/gemini/sdk.ts'

const never = new Promise<never>(() => {})
const options = { engine: PRACTICE, now: () => new Date(0) }

test('a call whose signal has fired already ends at once, without waiting for the SDK to load', async () => {
  const sdk = new Sdk({ ...options, client: () => never })
  expect(await sdk.call(() => never, { signal: AbortSignal.abort(), seconds: 60 })).toEqual({
    ok: false,
    failure: { kind: 'aborted' },
  })
})

test('a client that could not be created is created by the next call', async () => {
  let times = 0
  const client = async () => {
    times += 1
    throw new Error('no network')
  }
  const sdk = new Sdk({ ...options, client })
  const call = () => sdk.call(() => never, { signal: new AbortController().signal, seconds: 60 })
  expect([await call(), await call()].map(({ ok }) => ok)).toEqual([false, false])
  expect(times).toBe(2)
})
