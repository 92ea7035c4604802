import { describe, expect, test } from 'vitest'
import type { Answer, Question } from '../../src/core/event.ts'
import { exitCodeOf } from '../../src/core/exit-codes.ts'
import { isProblem } from '../../src/core/line/part-outcome.ts'
import { CHECKED, UNCHECKED } from '../../src/core/models/unverified.ts'
import { Ledger } from '../../src/store/ledger/ledger.ts'
import { checkLive } from '../../src/turn/live/check-live.ts'
import { answering, crooked, type Request, wiretap } from '../gemini/wire.ts'
import { saidIn } from './said.ts'
import { engine, type Talk, talk } from './talk.ts'

/** What the check says and finds when its question gets this answer. */
async function checked(one: Talk, answer: Answer = true, agreed = false) {
  const words: string[] = []
  const questions: Question[] = []
  const work = checkLive(one.context(), agreed)
  let step = await work.next(undefined)
  while (!step.done) {
    words.push(...saidIn(step.value))
    if (step.value.type === 'ask') questions.push(step.value.question)
    step = await work.next(answer)
  }
  const ended = step.value
  const { findings, problem } = isProblem(ended) ? { findings: undefined, problem: ended } : ended
  return { words, questions, findings, problem }
}

const names = Object.keys(CHECKED)

test('every belief says what it is and what limn does if it is wrong', () => {
  for (const { believes, otherwise } of [...Object.values(CHECKED), ...UNCHECKED]) {
    for (const words of [believes, otherwise]) expect(words).toMatch(/^[A-Z`][^\n]{10,}\.$/)
  }
})

describe('limn doctor --live', () => {
  test('runs whole against the practice engine, free and without asking, and finds all as believed', async () => {
    const one = await talk({ practice: true })
    const { findings, problem, questions, words } = await checked(one)
    expect(questions).toEqual([])
    expect(Object.keys(findings ?? {})).toEqual(names)
    expect(problem).toBeUndefined()
    expect(Object.entries(findings ?? {}).filter(([, { is }]) => is !== 'as-believed')).toEqual([])
    expect(findings?.['image-config']?.says).toBe('16:9 at 1K came as 1376×768')
    expect(findings?.unsigned?.says).toBe('refused without a signature')
    expect(words.filter((text) => text.startsWith('✓'))).toHaveLength(names.length)
  })

  test('shows its price and asks before it sends anything', async () => {
    const wire = await wiretap(await engine())
    const one = await talk({ url: wire.url })
    const { findings, problem, questions, words } = await checked(one, false)
    expect(questions[0]?.text).toMatch(/about \$0\.\d+, at most \$0\.\d+.*Continue\?$/)
    expect(findings).toBeUndefined()
    expect(problem).toMatchObject({ kind: 'not-sent', why: { reason: 'declined' } })
    expect(words).toEqual([expect.stringMatching(/^Nothing was sent/)])
    expect(wire.requests).toEqual([])
  })

  test('stays within its price, and its cost is in the ledger', async () => {
    const wire = await wiretap(await engine())
    const one = await talk({ url: wire.url })
    const { questions, words } = await checked(one)
    const [, most = ''] = /at most \$([\d.]+)/.exec(questions[0]?.text ?? '') ?? []
    const [, cost = ''] = /This cost (?:about )?\$([\d.]+)\./.exec(words.at(-1) ?? '') ?? []
    expect(Number(cost)).toBeGreaterThan(0)
    expect(Number(cost)).toBeLessThanOrEqual(Number(most))
    const { bills, out } = await new Ledger(one.place.root, () => one.clock.now()).read()
    expect(bills.every(({ session }) => session === 'doctor')).toBe(true)
    expect(bills.length).toBeGreaterThan(5)
    expect(out).toEqual([])
  })

  test('reports what is otherwise, and what limn then does', async () => {
    const refuse = (request: Request) => {
      const parts = request.body.contents.flatMap(({ parts }) => parts)
      const standIn = parts.some(({ thoughtSignature }) => thoughtSignature?.startsWith('skip_'))
      const message = 'invalid thought signature for content at index 1'
      return standIn
        ? { status: 400, body: { error: { code: 400, message, status: 'INVALID_ARGUMENT' } } }
        : undefined
    }
    const change = (text: string) => text.replaceAll('"tokenCount":1120', '"tokenCount":1500')
    const { url } = await crooked(await engine(), { refuse, change })
    const { findings, words } = await checked(await talk({ url }))
    expect(findings?.['stand-in']).toEqual({ is: 'otherwise', says: 'refused' })
    expect(findings?.usage?.is).toBe('otherwise')
    expect(findings?.signatures).toEqual({ is: 'as-believed', says: 'given, and accepted when sent back' })
    expect(words).toContainEqual(
      expect.stringMatching(/^≠ stand-in: refused\. Expected: .* Now: A fresh chat starts/),
    )
  })

  test('tells what kept it from asking, and goes on with the others', async () => {
    const { findings, problem } = await checked(await talk({ faults: '503:3' }))
    expect(exitCodeOf([problem])).toBe(6)
    const found = Object.values(findings ?? {})
    expect(found.some(({ is, says }) => is === 'not-known' && /overloaded/.test(says))).toBe(true)
    expect(found.some(({ is }) => is === 'as-believed')).toBe(true)
    const body = { error: { code: 400, message: 'API key not valid.', status: 'INVALID_ARGUMENT' } }
    const { url } = await answering(400, body)
    const keyless = await checked(await talk({ url }))
    expect(exitCodeOf([keyless.problem])).toBe(5)
    const refused = Object.values(keyless.findings ?? {})
    expect(refused).toHaveLength(names.length)
    expect(refused.filter(({ is }) => is === 'as-believed')).toEqual([])
  })
})
