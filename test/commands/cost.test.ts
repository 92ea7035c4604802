import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { talk } from '../turn/talk.ts'
import { practiceSession, run } from './stage.ts'

const ledgerOf = ({ place }: { readonly place: { readonly root: string } }) =>
  readFile(join(place.root, 'ledger.jsonl'), 'utf8').catch(() => '')

describe('/cost', () => {
  test('shows by day and model what the session has cost, and what may have been billed', async () => {
    const one = await talk({ faults: 'reset' })
    await one.line('a red fox')
    await one.line('a blue fox')
    await one.line('a green fox')
    const { rows, words } = await run(one, '/cost')
    expect(rows).toEqual([
      ['day', 'model', 'calls', 'cost'],
      [
        expect.stringMatching(/^2026-11-2\d$/),
        '3.1-flash-image',
        '3',
        expect.stringMatching(/^about \$0\.0\d\d \+\?$/),
      ],
    ])
    expect(words).toEqual([
      expect.stringMatching(/^This session: about \$0\.0\d\d \+\? for 3 calls\.$/),
      '+?: 1 call may have been billed; the amount is not known.',
      expect.stringMatching(/Google's prices of 2026-10-06; your bill decides\.$/),
    ])
  })

  test('of all sessions is the sum of each, also when a limn cannot tell them apart by the day', async () => {
    const first = await talk()
    await first.line('a red fox')
    const second = await talk({ home: first.place.home })
    await second.line('a blue fox')
    expect((await run(second, '/cost')).rows[1]?.[2]).toBe('1')
    for (const period of ['today', 'month', 'all']) {
      expect((await run(second, `/cost ${period}`)).rows[1]?.[2], period).toBe('2')
    }
  })

  test('shows the calls that are running', async () => {
    const one = await talk()
    one.ledger.hold({ session: 'another', most: 0.5 })
    one.ledger.hold({ session: 'another', most: null })
    expect((await run(one, '/cost')).words).toEqual(['This session: nothing spent.'])
    expect((await run(one, '/cost all')).words).toEqual([
      'In all: nothing spent.',
      'Running now: 2 calls, at most $0.500 or more.',
    ])
  })

  test('has nothing to tell of practice, which is in no ledger', async () => {
    const one = await practiceSession('a red fox')
    expect(await ledgerOf(one)).toBe('')
    expect((await run(one, '/cost all')).words).toEqual(['In all: nothing spent.'])
  })

  test('says which words it takes', async () => {
    expect((await run(await practiceSession(), '/cost yesterday')).words).toEqual([
      '"yesterday" is not a period: session, today, month or all. For example: /cost today',
    ])
  })
})

describe('the prices of the user', () => {
  const PRICES = {
    nb2: { input: 0, outputText: 0, outputImage: 1000 },
    mine: { input: 1 },
    of: 'a newer limn',
  }

  test('take the place of the listed ones, and /cost says so', async () => {
    const one = await talk()
    await one.line('a red fox')
    const own = await talk({ home: one.place.home })
    await writeFile(
      join(own.place.root, 'settings.json'),
      JSON.stringify({ prices: PRICES, askAbove: 'off' }),
    )
    const mine = await talk({ home: one.place.home })
    const outcome = await mine.line('a red fox')
    // 747 tokens of an image of 512, at $1000 a million.
    expect(outcome).toMatchObject({ cost: { kind: 'known', usd: 0.747 } })
    expect((await run(mine, '/cost')).words.at(-1)).toMatch(
      /The prices of gemini-3\.1-flash-image are your own, from settings\.json\.$/,
    )
  })
})

describe('the ledger of a turn', () => {
  test('has a line before and after each attempt, and nothing for rejected ones', async () => {
    const one = await talk({ faults: '503,429' })
    const outcome = await one.line('a red fox')
    const lines = (await ledgerOf(one))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map(({ type, cost }) => (type === 'sent' ? 'sent' : cost.kind))).toEqual([
      'sent',
      'none',
      'sent',
      'none',
      'sent',
      'known',
    ])
    if (outcome.kind !== 'answered' || outcome.cost.kind !== 'known') throw new Error('no cost')
    expect(lines.at(-1)).toMatchObject({
      session: one.session.id,
      turn: 't1',
      cost: { usd: outcome.cost.usd },
    })
    for (const { most } of lines) expect(most).toBeGreaterThan(outcome.cost.usd)
  })
})
