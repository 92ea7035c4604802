import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { rowsOf, scriptLines } from '../../src/headless/script.ts'

async function linesOf(text: string) {
  const read = await rowsOf('-', Readable.from([text]))
  if (!read.ok) throw new Error(read.sentence)
  const lines: (readonly [number, string])[] = []
  for await (const { number, text: line } of scriptLines(read.rows)) lines.push([number, line])
  return lines
}

test('blank rows and comments are passed over, and rows keep their numbers', async () => {
  expect(await linesOf('# moods\r\n\r\na red fox\r\n   # darker ones\r\n  make it night  \r\n')).toEqual([
    [3, 'a red fox'],
    [5, '  make it night  '],
  ])
})

test('a line may begin with # all the same, and the sign elsewhere is no comment', async () => {
  expect(await linesOf('\\#336699 as the background\na door with a #7 on it')).toEqual([
    [1, '#336699 as the background'],
    [2, 'a door with a #7 on it'],
  ])
})

test('a line goes on in the next row behind a backslash, also over what would be a comment', async () => {
  expect(await linesOf('a poster: \\\n# 1\\\n\nthe end\\')).toEqual([
    [1, 'a poster: # 1'],
    [4, 'the end'],
  ])
})

test('a file that is none is said', async () => {
  expect(await rowsOf(import.meta.dirname, process.stdin)).toEqual({
    ok: false,
    sentence: `${import.meta.dirname} cannot be read (EISDIR).`,
  })
})
