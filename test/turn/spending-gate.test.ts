import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answer } from '../../src/core/event.ts'
import type { Prompt } from '../../src/core/session/session.ts'
import type { TurnSettings } from '../../src/core/settings/turn-settings-type.ts'
import { Ledger } from '../../src/store/ledger/ledger.ts'
import type { Settings } from '../../src/store/settings/all-settings.ts'
import { priceOf } from '../../src/turn/meter.ts'
import type { ReservedCall } from '../../src/turn/reserved-call.ts'
import { type Gated, passSpendingGate } from '../../src/turn/spending-gate.ts'
import { turn } from '../../src/turn/turn.ts'
import { gate as held, wiretap } from '../gemini/wire.ts'
import { temporaryHome } from '../store/temporary-home.ts'
import { engine, SMALL, type Talk, talk } from './talk.ts'

const PRO: TurnSettings = { model: 'gemini-3-pro-image', aspect: 'auto', size: '4K' }
const UNKNOWN: TurnSettings = { ...SMALL, model: 'someone-elses' }

function promptOf(one: Talk, settings: TurnSettings = one.session.settings): Prompt {
  const { head: parent, references } = one.session
  const engine = one.chat.engine.id
  return { text: 'a red fox', parent, mentions: [], references, settings, engine, fresh: false }
}

/** The high estimate of a line, in dollars. */
function mostOf(one: Talk, settings?: TurnSettings): number {
  const price = priceOf(one.session, promptOf(one, settings), one.context())
  if (typeof price === 'string') throw new Error(price)
  return price.most
}

/** The calls of a line with so many images that may be sent. */
async function gate(
  one: Talk,
  calls: number,
  answers: readonly Answer[] = [],
  settings?: TurnSettings,
): Promise<readonly ReservedCall[]> {
  one.answers.push(...answers)
  let gated: readonly Gated[] = []
  await one.drive(async function* (context) {
    gated = yield* passSpendingGate(
      Array.from({ length: calls }, () => promptOf(one, settings)),
      context,
    )
  })
  return gated.flatMap((one) => (one.passed ? [one.call] : []))
}

const questions = ({ events }: Talk) =>
  events.flatMap((event) => (event.type === 'ask' ? [event.question.text] : []))
const unpaid = ({ events }: Talk) =>
  events.flatMap((event) => (event.type === 'say' && /not sent/i.test(event.text) ? [event.text] : []))
const withValues = (values: Partial<Settings>) => talk({ values, settings: SMALL })

describe('an expensive line', () => {
  test('is asked about once, with all of its calls, and sent when the user says yes', async () => {
    const one = await talk({ settings: PRO })
    expect(await gate(one, 4, [true])).toHaveLength(4)
    expect(questions(one)).toEqual([
      expect.stringMatching(
        /^This line costs about \$0\.97\d for 4 images, and at most \$1\.\d\d\. limn asks above \$0\.25 \(\/set askAbove\)\. Send it\?$/,
      ),
    ])
  })

  test('is not sent when the user says no', async () => {
    const one = await talk({ settings: PRO })
    expect(await gate(one, 4, [false])).toEqual([])
    expect(unpaid(one)).toEqual(['Not sent.'])
    expect((await one.ledger.read()).out).toEqual([])
  })

  test('is not sent where nobody can be asked, with the way to send it', async () => {
    const one = await talk({ settings: PRO })
    one.asks = false
    expect(await gate(one, 4)).toEqual([])
    expect(questions(one)).toEqual([])
    expect(unpaid(one)[0]).toMatch(/^Not sent: this line costs about .* --yes sends it without asking\.$/)
  })

  test('is sent without asking below the user’s limit, and always when that is off', async () => {
    for (const askAbove of [0.99, 'off'] as const) {
      const one = await talk({ settings: PRO, values: { askAbove } })
      expect(await gate(one, 4)).toHaveLength(4)
      expect(questions(one)).toEqual([])
    }
  })

  describe('whose price is not known', () => {
    test.each([
      [1, 'one call'],
      [16, '16 calls'],
    ])('is asked about, with the number of its calls: %i', async (calls, words) => {
      for (const [answer, sent] of [
        [true, calls],
        [false, 0],
      ] as const) {
        const one = await talk({ settings: UNKNOWN })
        expect(await gate(one, calls, [answer])).toHaveLength(sent)
        expect(questions(one)).toEqual([
          `The price of this line is not known (${words}): limn has no price for someone-elses. limn asks above $0.25 (/set askAbove). Send it?`,
        ])
        expect((await one.ledger.read()).out).toHaveLength(sent)
      }
    })

    test('is also asked about when only some of its calls have no price, and names those', async () => {
      const one = await talk({ settings: SMALL })
      one.answers.push(false)
      await one.drive(async function* (context) {
        yield* passSpendingGate([promptOf(one), promptOf(one, UNKNOWN)], context)
      })
      expect(questions(one)).toEqual([
        expect.stringContaining('(2 calls): limn has no price for someone-elses.'),
      ])
    })

    test('is not sent where nobody can be asked, with the way to send it', async () => {
      const one = await talk({ settings: UNKNOWN })
      one.asks = false
      expect(await gate(one, 16)).toEqual([])
      expect(unpaid(one)).toEqual([
        expect.stringMatching(
          /^Not sent: the price of this line is not known .*16 calls.* --yes sends it without asking\.$/,
        ),
      ])
    })

    test('is sent without asking when the user wants no question', async () => {
      const one = await talk({ settings: UNKNOWN, values: { askAbove: 'off' } })
      expect(await gate(one, 16)).toHaveLength(16)
      expect(questions(one)).toEqual([])
    })
  })

  test('of practice is free, whatever it would cost', async () => {
    const one = await talk({ practice: true, settings: PRO, values: { budgetSession: 0, askAbove: 0 } })
    expect(await gate(one, 9)).toHaveLength(9)
    expect(questions(one)).toEqual([])
  })
})

describe('a budget', () => {
  test('passes as many calls as it has room for, at their high estimates', async () => {
    const sample = await withValues({})
    const most = mostOf(sample)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        async (fits, calls) => {
          const one = await talk({
            values: { budgetDay: (fits + 0.5) * most, askAbove: 'off' },
            url: 'http://limn.invalid',
          })
          const permits = await gate(one, calls, [false])
          expect(permits).toHaveLength(Math.min(fits, calls))
          expect(questions(one)).toHaveLength(calls > fits ? 1 : 0)
          for (const permit of permits) permit.release()
          expect((await one.ledger.read()).out).toEqual([])
        },
      ),
      { numRuns: 12 },
    )
  })

  test('is not exceeded by two limns that both saw room: the later one gives way, and is not billed', async () => {
    const wire = await held(await engine())
    const home = await temporaryHome()
    const most = mostOf(await withValues({}))
    const values = { budgetDay: 1.5 * most, askAbove: 'off' } as const
    const two = [await talk({ url: wire.url, home, values }), await talk({ url: wire.url, home, values })]
    const passed = await Promise.all(two.map((one) => gate(one, 1)))
    expect(passed.flat()).toHaveLength(2)
    for (const one of two) one.asks = false
    const turns = two.map((one, index) =>
      one.drive(async function* (context) {
        for (const permit of passed[index] ?? []) yield* turn(permit, [], context)
      }),
    )
    // One gives way while the call of the other is out.
    await Promise.race(turns)
    await wire.open()
    await Promise.all(turns)
    const outcomes = two.map((one) => one.session.turns[0]?.outcome)
    expect(outcomes.map((outcome) => outcome?.kind).toSorted()).toEqual(['answered', 'failed'])
    expect(outcomes).toContainEqual({ kind: 'failed', failure: { kind: 'over-budget' } })
    expect(two.flatMap(unpaid)).toEqual([
      expect.stringMatching(/^Not sent: the budget of .* for today would be exceeded/),
    ])
    expect(wire.requests).toHaveLength(1)
    expect((await new Ledger(two[0]?.place.root ?? '', () => new Date()).read()).out).toEqual([])
  })

  test('is not exceeded by lines that are sent at the same moment', async () => {
    const one = await withValues({})
    const most = mostOf(one)
    const two = await withValues({ budgetSession: 3.5 * most, askAbove: 'off' })
    const lines = await Promise.all([gate(two, 2), gate(two, 2), gate(two, 2)])
    expect(lines.flat().length * most).toBeLessThanOrEqual(3.5 * most)
  })

  test('shows what is spent and out, and passes the other calls when the user agrees', async () => {
    const most = mostOf(await withValues({}))
    const one = await withValues({ budgetDay: 2.5 * most, askAbove: 'off' })
    one.ledger.hold({ session: 'another', most })
    expect(await gate(one, 3, [true])).toHaveLength(3)
    expect(questions(one)).toEqual([
      expect.stringMatching(
        /^The budget of \$0\.\d+ for today would be exceeded: \$0\.000 spent, at most \$0\.\d{3} in progress, and this can cost \$0\.\d{3}\. 1 of the 3 calls still fit\. Send the other 2 too\?$/,
      ),
    ])
  })

  test('of a session counts only that session, and that of a day all sessions', async () => {
    const most = mostOf(await withValues({}))
    for (const [name, asked] of [
      ['budgetSession', 0],
      ['budgetDay', 1],
    ] as const) {
      const one = await withValues({ [name]: 1.5 * most })
      await one.ledger.ended({ session: 'another', turn: 't1', model: 'pro', most: null }, known(most))
      await gate(one, 1)
      expect(questions(one), name).toHaveLength(asked)
    }
  })

  test('counts a call that may have been billed at its highest possible cost', async () => {
    const most = mostOf(await withValues({}))
    const one = await withValues({ budgetDay: 1.5 * most })
    await one.ledger.ended({ session: 'another', turn: 't1', model: 'pro', most }, { kind: 'unknown' })
    await gate(one, 1)
    expect(questions(one)).toHaveLength(1)
  })

  test('warns once when most of it is used', async () => {
    const one = await withValues({ budgetDay: 1 })
    await one.ledger.ended({ session: 'another', turn: 't1', model: 'pro', most: null }, known(0.8))
    await gate(one, 1)
    await gate(one, 1)
    expect(one.words).toEqual([
      expect.stringMatching(
        /^The budget of \$1\.00 for today is nearly used up: \$0\.800 spent, at most \$0\.0\d\d in progress\.$/,
      ),
    ])
  })

  test('asks before a call whose price is not known', async () => {
    const one = await talk({ settings: UNKNOWN, values: { budgetSession: 5, askAbove: 'off' } })
    expect(await gate(one, 1, [false])).toEqual([])
    expect(questions(one)).toEqual([
      'The price is not known, and there is the budget of $5.00 for this session ($0.000 spent). Send it anyway?',
    ])
    expect(await gate(one, 1, [true])).toHaveLength(1)
  })

  test('stops a line when not all of its calls fit and nobody can be asked', async () => {
    const most = mostOf(await withValues({}))
    const one = await withValues({ budgetSession: 1.5 * most, askAbove: 'off' })
    one.asks = false
    expect(await gate(one, 2)).toEqual([])
    expect(unpaid(one)).toEqual([
      expect.stringMatching(
        /^Not sent: the budget of .* for this session would be exceeded: .*\. \/budget off, or a higher budget, allows it\.$/,
      ),
    ])
    expect((await one.ledger.read()).out).toEqual([])
  })

  test('is checked again before a call is sent again', async () => {
    const wire = await wiretap(await engine('503'))
    const one = await talk({ url: wire.url, values: { budgetDay: 0.1 } })
    one.clock.onSleep = () => void one.ledger.hold({ session: 'another', most: 0.1 })
    one.answers.push(false)
    expect(await one.line('a red fox')).toMatchObject({ kind: 'failed', failure: { kind: 'overloaded' } })
    expect(wire.requests).toHaveLength(1)
    expect(questions(one)).toEqual([expect.stringMatching(/Send it again anyway\?$/)])
    expect(unpaid(one)).toEqual([expect.stringMatching(/^Not sent again: the budget of \$0\.10 for today/)])
  })

  test('has nothing out when a turn has ended in any way', async () => {
    for (const faults of ['slow:0', 'reset', '400-key', 'no-usage']) {
      const one = await talk({ faults, values: { budgetDay: 5 } })
      await one.line('a red fox')
      expect((await one.ledger.read()).out, faults).toEqual([])
    }
  })
})

function known(usd: number) {
  return { kind: 'known', usd, about: false } as const
}
