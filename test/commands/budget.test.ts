import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { talk } from '../turn/talk.ts'
import { run } from './stage.ts'

const known = (usd: number) => ({ kind: 'known', usd, about: false }) as const

test('/budget limits what a session or a day may cost, shows what is left, and removes both', async () => {
  const one = await talk()
  const bill = { turn: 't1', model: 'pro', most: null }
  expect((await run(one, '/budget')).words).toEqual([expect.stringMatching(/^There is no budget/)])
  await one.ledger.ended({ ...bill, session: 'another' }, known(4))
  one.ledger.hold({ session: 'another', most: 0.5 })
  expect((await run(one, '/budget $5.00')).words).toEqual([
    'The budget of $5.00 for this session: $0.000 spent, $5.00 left.',
  ])
  expect((await run(one, '/budget 4.5 day')).words).toEqual([
    'The budget of $5.00 for this session: $0.000 spent, $5.00 left.',
    'The budget of $4.50 for today: $4.00 spent, at most $0.500 in progress, nothing left.',
  ])
  const settings = await readFile(join(one.place.root, 'settings.json'), 'utf8')
  expect(JSON.parse(settings)).toMatchObject({ budgetSession: 5, budgetDay: 4.5 })
  expect((await run(one, '/budget off session')).words).toEqual([expect.stringContaining('$4.50 for today')])
  expect((await run(one, '/budget off')).words).toEqual([expect.stringMatching(/^There is no budget/)])
})

test.each([
  ['/budget much', /^budgetSession is off, or a number of dollars, 0 to 100000; "much" is not\.$/],
  ['/budget -1 day', /^budgetDay is off, or a number of dollars/],
  ['/budget 5 week', /^"week" is not a scope: session or day\./],
])('%s is answered with what it takes', async (line, sentence) => {
  expect((await run(await talk(), line)).words).toEqual([expect.stringMatching(sentence)])
})

test('/set ask-above and /set askAbove are one setting', async () => {
  const one = await talk()
  expect((await run(one, '/set ask-above 0.5')).words).toEqual(['askAbove is now 0.5.'])
  expect((await run(one, '/set askAbove')).words[0]).toMatch(/^askAbove is 0\.5 \(yours\)/)
  expect((await run(one, '/set askabove off')).words).toEqual(['askAbove is now off.'])
})
