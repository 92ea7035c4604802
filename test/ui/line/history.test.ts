import { expect, test } from 'vitest'
import { newer, older, remember } from '../../../src/ui/line/history.ts'

test('a line sent twice in a row is remembered once', () => {
  expect(remember(['a', 'b'], 'b')).toEqual(['a', 'b'])
  expect(remember(['a', 'b'], 'a')).toEqual(['a', 'b', 'a'])
})

test('an empty line is not remembered', () => {
  expect(remember(['a'], '  \n')).toEqual(['a'])
})

test('the newest thousand lines are remembered', () => {
  const lines = Array.from({ length: 1200 }, (_, at) => `line ${at}`)
  const history = lines.reduce<readonly string[]>(remember, [])
  expect(history).toHaveLength(1000)
  expect(history.at(0)).toBe('line 200')
  expect(history.at(-1)).toBe('line 1199')
})

test('there is nothing before the oldest line and nothing after the draft', () => {
  expect(older([], null, 'draft')).toBeUndefined()
  expect(newer(['a'], null, 'draft')).toBeUndefined()
})

test('a line with an API key in it is not remembered', () => {
  expect(remember(['a fox'], 'AIzaSyA-not_a-real-key-0123456789abcdef')).toEqual(['a fox'])
})
