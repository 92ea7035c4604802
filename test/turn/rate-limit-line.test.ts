import { describe, expect, test } from 'vitest'
import { stateOf } from '../../src/turn/chat-state.ts'
import { RateLimitLine } from '../../src/turn/rate-limit-line.ts'
import { wiretap } from '../gemini/wire.ts'
import { engine, talk } from './talk.ts'

const at = (seconds: number) => new Date(seconds * 1000)

describe('the line of a model', () => {
  test('is open until a server asks to wait, and always open for other models', () => {
    const line = new RateLimitLine()
    expect(line.join('pro').left(at(0))).toBe(0)
    line.close('nano', 37.5, at(0))
    const place = line.join('nano')
    expect([0, 30, 37.5, 99].map((seconds) => place.left(at(seconds)))).toEqual([37.5, 7.5, 0, 0])
    expect(line.join('lite').left(at(0))).toBe(0)
  })

  test('continues in the order in which it was joined, a second apart', () => {
    const line = new RateLimitLine()
    line.close('nano', 10, at(0))
    const [first, second, third] = [1, 2, 3].map(() => line.join('nano'))
    expect([first, second, third].map((place) => place?.left(at(10)))).toEqual([0, 1, 2])
    first?.leave(at(10))
    expect(second?.before()).toBe(0)
    expect([second, third].map((place) => place?.left(at(10.5)))).toEqual([0.5, 1.5])
    // Esc takes one out of the middle.
    second?.leave(at(10.5))
    expect(third?.left(at(11.5))).toBe(0)
  })

  test('waits longer when the next one is refused too, and never shorter', () => {
    const line = new RateLimitLine()
    line.close('nano', 60, at(0))
    line.close('nano', 5, at(1))
    expect(line.join('nano').left(at(1))).toBe(59)
    line.close('nano', 30, at(60))
    expect(line.join('nano').left(at(60))).toBe(31)
  })
})

describe('several turns at once', () => {
  test('that are refused continue one by one, and all of them get their image', async () => {
    const wire = await wiretap(await engine('429:4'))
    const one = await talk({ url: wire.url })
    // None continues before all four are in the line, however fast it is.
    const four = Promise.withResolvers<void>()
    one.clock.onSleep = () => {
      if (one.clock.waited.length === 4) four.resolve()
      return four.promise
    }
    await Promise.all(['a red fox', 'a blue fox', 'a green fox', 'a grey fox'].map((text) => one.line(text)))
    expect(one.session.turns.map(({ outcome }) => outcome.kind)).toEqual(Array(4).fill('answered'))
    expect(wire.requests).toHaveLength(8)
    expect(one.progress.some((text) => /Continues in \d+ s · [123] ahead of it · Esc stops/.test(text))).toBe(
      true,
    )
  })

  test('send nothing while the one before them waits', async () => {
    const wire = await wiretap(await engine('429'))
    const one = await talk({ url: wire.url })
    const sent: number[] = []
    let second: Promise<unknown> | undefined
    one.clock.onSleep = () => {
      // Sent while the first one counts down.
      second ??= one.line('a blue fox')
      sent.push(wire.requests.length)
    }
    await one.line('a red fox')
    await second
    expect(sent[0]).toBe(1)
    expect(sent[1]).toBe(1)
    expect(one.session.turns.map(({ outcome }) => outcome.kind)).toEqual(['answered', 'answered'])
  })

  test('Esc takes one out of the line: it was not sent, and the others stay', async () => {
    const wire = await wiretap(await engine('429'))
    const one = await talk({ url: wire.url })
    stateOf(one.chat).rateLimitLine.close(one.session.settings.model, 30, one.clock.now())
    one.clock.onSleep = () => one.released.abort()
    expect(await one.line('a red fox')).toMatchObject({ kind: 'failed', failure: { kind: 'rate-limit' } })
    expect(wire.requests).toHaveLength(0)
    expect(one.session.turns[0]).toMatchObject({ text: 'a red fox' })
    expect(one.progress[0]).toBe(
      'Too many requests for the quota of this project. Continues in 30 s · Esc stops',
    )
  })
})
