import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FLAGS, flagUsage, tailOf } from '../../../src/core/line/flags.ts'
import { parseLine } from '../../../src/core/line/line.ts'

const known = { versions: new Set([1]), references: [] }

const prompt = (line: string) => {
  const parsed = parseLine(line, known)
  if (parsed.kind !== 'prompt') throw new Error(`"${line}" is a ${parsed.kind}`)
  return parsed
}

describe('flags at the end of a line', () => {
  test.each([
    ['a barn --ar 16:9 --size 2K', 'a barn', ['aspect 16:9', 'size 2K']],
    ['a barn --aspect=16:9', 'a barn', ['aspect 16:9']],
    ['a barn —ar 16:9 –size 2K', 'a barn', ['aspect 16:9', 'size 2K']],
    ['a barn --AR 16:9', 'a barn', ['aspect 16:9']],
    ['a barn --thoughts', 'a barn', ['thoughts ']],
    ['a barn --system "be brief" --fresh', 'a barn', ['system be brief', 'fresh ']],
    ['a barn --system answer in French --ar 1:1', 'a barn', ['system answer in French', 'aspect 1:1']],
    ['a barn --v 6.1 --raw', 'a barn', ['foreign 6.1', 'foreign ']],
    ['a barn — red, with snow', 'a barn — red, with snow', []],
    ['a barn —in the snow', 'a barn —in the snow', []],
    ['a sign that says "--size 2K"', 'a sign that says "--size 2K"', []],
    ['a sign that says \\--size 2K', 'a sign that says --size 2K', []],
    ['well--known barns', 'well--known barns', []],
    ['1 -- 2', '1 -- 2', []],
  ])('%s', (line, text, given) => {
    const parsed = prompt(line)
    expect(parsed.text).toBe(text)
    expect(parsed.flags.map(({ flag, value }) => `${flag} ${value}`)).toEqual(given)
    expect(parsed.problem).toBeUndefined()
  })

  test('--no is said to the model in words', () => {
    expect(prompt('a barn --no people, cars --ar 1:1').text).toBe(
      'a barn\nLeave out of the image: people, cars.',
    )
  })

  test('--sref and --cref attach images, with what they are for', () => {
    const line = 'a barn --sref ink.png @v1 --cref "my hero.png" --ar 1:1'
    expect(prompt(line).named.map(({ start: _start, end: _end, ...one }) => one)).toEqual([
      { kind: 'file', path: 'ink.png', role: 'style' },
      { kind: 'version', version: 1, role: 'style' },
      { kind: 'file', path: 'my hero.png', role: 'character' },
    ])
    expect(prompt(line).text).toBe('a barn')
    expect(prompt('a barn --sref').problem).toMatch(/--sref needs a value/)
  })

  test.each([
    ['a barn --arr 16:9', /There is no flag --arr; \/help flags/],
    ['a barn --foo', /There is no flag --foo/],
    ['a barn --size', /--size needs a value/],
    ['a barn --size --ar 1:1', /--size needs a value/],
    ['a barn --fresh please', /"please" comes after --fresh, but/],
    ['a barn --size 2K in the rain', /"in the rain" comes after --size, but/],
  ])('%s is told what is wrong', (line, sentence) => {
    expect(prompt(line).problem).toMatch(sentence)
  })

  test('never lose a word of the line: what is not a flag is text', () => {
    fc.assert(
      fc.property(fc.string(), (line) => {
        const tail = tailOf(line, () => false)
        return !tail.ok || (tail.at <= line.length && (tail.given.length > 0 || tail.at === line.length))
      }),
    )
  })

  test('each has a name of its own, and says what it is', () => {
    const names = FLAGS.flatMap((row) => row.names)
    expect(new Set(names).size).toBe(names.length)
    for (const row of FLAGS) expect(flagUsage(row)).toMatch(/^--/)
  })
})
