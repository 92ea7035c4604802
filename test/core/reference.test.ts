import { describe, expect, test } from 'vitest'
import { modelOf } from '../../src/core/model.ts'
import { imagesCount, limitProblem, nameFrom, nameProblem } from '../../src/core/reference.ts'
import type { Reference } from '../../src/core/session.ts'

const reference = (name: string, sha256 = name): Reference => ({
  name,
  source: `/art/${name}.png`,
  file: { file: `inputs/${sha256}.png`, mime: 'image/png', width: 4, height: 3, bytes: 9, sha256 },
})

test.each([
  ['~/art/char.png', 'char'],
  ['IMG 1234 (2).jpeg', 'IMG-1234-2'],
  ['C:\\art\\hero.webp', 'hero'],
  ['größe.png', 'größe'],
  ['größe.png'.normalize('NFD'), 'größe'],
  ['ภูเขา.png', 'ภูเขา'],
  ['हिमालय.png', 'हिमालय'],
  ['山.png', '山'],
  ['archive.tar.png', 'archive-tar'],
  ['---.png', 'ref'],
  ['.png', 'ref'],
  ['🦊.png', 'ref'],
  ['', 'ref'],
])('%s is called %s', (path, name) => {
  expect(nameFrom(path)).toBe(name)
  expect(nameProblem(name, [])).toBeUndefined()
})

describe('a name that cannot be given', () => {
  test.each(['v3', 'V12', '@v1'])('%s looks like a version', (name) => {
    expect(nameProblem(name, [])).toMatch(/looks like a version.*--as NAME/)
  })
  test.each(['', 'a b', 'a.png', 'a/b', '"', 'a\u001b[2J'])('%j is no name', (name) => {
    expect(nameProblem(name, [])).toMatch(/no name/)
  })
  test('one that is taken, in whatever letters', () => {
    expect(nameProblem('HERO', [reference('hero')])).toMatch(/already/)
    expect(nameProblem('hero2', [reference('hero')])).toBeUndefined()
  })
})

test('the same image counts once, under whatever name', () => {
  const mention = { name: 'c.png', file: reference('c', 'a').file }
  expect(imagesCount([reference('a'), reference('b')], [mention])).toBe(2)
})

test('more images than a model takes is a sentence with the numbers and what to do', () => {
  const nb1 = modelOf('gemini-2.5-flash-image')
  expect(limitProblem(nb1, 3)).toBeUndefined()
  expect(limitProblem(nb1, 4)).toMatch(/takes 3 images.*carry 4\..*\/ref remove.*\/model/)
  expect(limitProblem(modelOf('gemini-3-pro-image'), 14)).toBeUndefined()
  expect(limitProblem(modelOf('gemini-3-pro-image'), 15)).toMatch(/14/)
})
