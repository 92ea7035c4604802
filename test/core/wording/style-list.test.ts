import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseLine } from '../../../src/core/line/line.ts'
import { type Improvement, improve } from '../../../src/core/wording/improvement.ts'
import {
  inStyle,
  PLACE,
  STYLES,
  styleNameProblem,
  templateProblem,
} from '../../../src/core/wording/style-list.ts'
import { Story } from '../session/story.ts'

describe('the styles that come with limn', () => {
  test.each(STYLES)('$name has a name and a template that could be saved', ({ name, template, about }) => {
    expect(styleNameProblem(name)).toBeUndefined()
    expect(templateProblem(template)).toBeUndefined()
    expect(about).not.toBe('')
    expect(template.split(PLACE)).toHaveLength(2)
    const sent = inStyle({ name, template }, 'a red fox')
    expect(parseLine(sent, { versions: new Set([1]), references: [] })).toMatchObject({
      named: [],
      flags: [],
      text: sent,
    })
  })

  test('each have their own name', () => {
    expect(new Set(STYLES.map(({ name }) => name)).size).toBe(STYLES.length)
  })

  test.each(STYLES)('$name leaves little for /improve to add', (style) => {
    const session = { ...new Story().session, style }
    const improved = improve('a red fox', session)
    const { added, guide }: Pick<Improvement, 'added' | 'guide'> = improved.ok
      ? improved.improvement
      : { added: ['?'], guide: { kind: 'edit', name: '', topic: '', aspects: [] } }
    expect([guide.kind, ...added.filter((name) => name !== 'the viewpoint')]).toEqual([guide.kind])
  })
})

describe('words in a style', () => {
  test('take the place of {prompt}, wherever it stands', () => {
    expect(inStyle({ name: 's', template: 'Ink: {prompt}, on white. {prompt}!' }, 'a fox')).toBe(
      'Ink: a fox, on white. a fox!',
    )
  })

  test('have one full stop at the end', () => {
    const style = { name: 's', template: '{prompt}. In ink.' }
    expect(inStyle(style, 'A fox.')).toBe('A fox. In ink.')
    expect(inStyle(style, 'a fox?')).toBe('a fox? In ink.')
    expect(inStyle(style, 'a fox')).toBe('a fox. In ink.')
  })

  test('are in it as they were typed, whatever is in them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (words) => {
        expect(inStyle({ name: 's', template: '{prompt}. In ink.' }, words).startsWith(words)).toBe(true)
      }),
      { examples: [['$& {prompt}'], ['$1']] },
    )
  })
})

test.each(['', 'a b', '../x', 'off', 'no', '-x', 'x'.repeat(41)])('"%s" is no name for a style', (name) =>
  expect(styleNameProblem(name)).toMatch(/\.$/),
)

test('a template without {prompt}, or a very long one, is refused with a reason', () => {
  expect(templateProblem('in ink')).toContain('{prompt}')
  expect(templateProblem(`{prompt}${'x'.repeat(4000)}`)).toContain('at most 4000')
})
