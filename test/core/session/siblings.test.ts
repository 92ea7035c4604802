import { expect, test } from 'vitest'
import { choiceOf } from '../../../src/core/session/siblings.ts'
import { Story } from './story.ts'

const told = (...texts: readonly string[]) => {
  const story = new Story()
  for (const text of texts) story.line(text, { group: 'g1' })
  return story.session.turns.map((turn) => choiceOf(story.session, turn))
}

test('images of one line are distinguished by the words in which they differ', () => {
  expect(told('a fox at dawn', 'a fox at noon')).toEqual(['dawn', 'noon'])
  expect(told('a red fox, sitting', 'a dark blue fox, sitting')).toEqual(['red', 'dark blue'])
  expect(told('a red fox, up', 'a red fox, down', 'a blue fox, up')).toEqual([
    'red fox, up',
    'red fox, down',
    'blue fox, up',
  ])
  expect(told('a fox', 'a fox at night')).toEqual(['', 'at night'])
})

test('images of the same words have nothing that distinguishes them', () => {
  expect(told('a fox', 'a fox')).toEqual(['', ''])
})
