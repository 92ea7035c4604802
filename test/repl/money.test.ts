import { describe, expect, test } from 'vitest'
import { draw, drawn, ready, startRepl, type TestRepl } from './drive.ts'

const questions = (one: TestRepl) => {
  const { question } = one.screen
  return question && 'text' in question ? question.text : ''
}
const unpaid = ({ printed }: TestRepl) =>
  printed.flatMap((item) =>
    item.kind === 'notice' && item.notice.type === 'say' && /not sent/i.test(item.notice.text)
      ? [item.notice.text]
      : [],
  )
const rows = ({ printed }: TestRepl) =>
  printed.flatMap((item) => (item.kind === 'notice' && item.notice.type === 'list' ? item.notice.rows : []))

describe('several images of one line', () => {
  test('are asked about together, once', async () => {
    const one = await startRepl({ values: { askAbove: 0.1 } })
    void one.type('a red fox -n 3')
    await one.until(({ question }) => question !== null)
    expect(questions(one)).toMatch(/^This line costs about \$0\.13\d for 3 images, and at most \$0\.1\d\d\./)
    expect(one.wire.requests).toEqual([])
    one.repl.answer(true)
    for (let call = 0; call < 3; call++) await one.wire.open()
    await one.until(drawn(3))
    expect(one.screen.question).toBeNull()
  })

  test('of which a budget holds some are those, when the user does not want the others', async () => {
    const one = await startRepl({ values: { budgetSession: 0.12, askAbove: 'off' } })
    void one.type('a {red|blue|green} fox')
    await one.until(({ question }) => question !== null)
    expect(questions(one)).toMatch(/2 of the 3 calls still fit\. Send the other one too\?$/)
    one.repl.answer(false)
    for (let call = 0; call < 2; call++) await one.wire.open()
    await one.until(drawn(2))
    expect(one.session.turns.map(({ text }) => text)).toEqual(['a red fox', 'a blue fox'])
    expect(unpaid(one)).toEqual(['1 of 3 calls was not sent because of the budget.'])
  })

  test('are held by the budget of the day also while they are out', async () => {
    const one = await startRepl({ values: { budgetDay: 0.12, askAbove: 'off' } })
    await one.type('a red fox -n 2')
    await one.until(({ session }) => session.turns.length === 2)
    await one.repl.letGo()
    void one.type('a blue fox --fresh')
    await one.until(({ question }) => question !== null)
    expect(questions(one)).toMatch(
      /^The budget of \$0\.12 for today would be exceeded: \$0\.000 spent, at most \$0\.1\d\d in progress/,
    )
    one.repl.answer(false)
    await one.until(({ offer }) => offer?.line === 'a blue fox --fresh')
    for (let call = 0; call < 2; call++) await one.wire.open()
    await one.until(ready)
    expect(one.session.turns).toHaveLength(2)
  })
})

test('the price of a line that is being typed is that of all its images', async () => {
  const { repl } = await startRepl()
  const usual = (line: string) => {
    const price = repl.priceOf(line)
    if (typeof price === 'string') throw new Error(price)
    return price.usual
  }
  const one = usual('a fox')
  expect(usual('a fox -n 4')).toBeCloseTo(4 * one, 6)
  expect(usual('a {red|blue} fox -n 2')).toBeCloseTo(4 * one, 3)
  expect(usual('a fox --model pro')).toBeGreaterThan(2 * one)
  // An unfinished flag is no reason to show no price.
  expect(usual('a fox --siz')).toBeCloseTo(one, 3)
  // Forty braces would be more lines than there is memory for.
  expect(usual(`a fox ${'{in|on} '.repeat(40)}`)).toBeGreaterThan(one)
})

describe('--dry-run', () => {
  test.each([
    ['a blue fox -n 3 --dry-run', /^These 3 images cost about/],
    ['/retry -n 2 --dry-run', /^These 2 images cost about/],
    ['/retry with a hat --dry-run', /^This line costs about/],
    ['/fresh an owl --dry-run', /^This line costs about/],
  ])('sends nothing of %s', async (line, price) => {
    const one = await startRepl()
    await draw(one, 'a red fox')
    await one.type(line)
    await one.repl.settled()
    expect(one.wire.requests).toHaveLength(1)
    expect(one.session.turns).toHaveLength(1)
    expect(one.words.at(-1)).toMatch(price)
    expect(rows(one)).toContainEqual(['imageConfig', '{"imageSize":"512"}'])
  })

  test('of a queued line is shown when it starts, and the line leaves the queue', async () => {
    const one = await startRepl()
    await one.type('a red fox')
    await one.type('at night --dry-run')
    expect(one.session.waiting).toHaveLength(1)
    await one.wire.open()
    await one.until((screen) => drawn(1)(screen) && screen.session.waiting.length === 0)
    await one.repl.settled()
    expect(rows(one).map(([who]) => who)).toContain('model')
    expect(one.wire.requests).toHaveLength(1)
  })
})
