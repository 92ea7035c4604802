import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fail, say } from '../../src/core/event.ts'

const SRC = join(import.meta.dirname, '../../src')
const TEXTS = globSync('**/*.{ts,tsx}', { cwd: SRC }).map(
  (file) => [file, readFileSync(join(SRC, file), 'utf8')] as const,
)

test('what has failed cannot only be said', () => {
  // @ts-expect-error: there is no such tone
  say('It did not work.', 'bad')
  const telling = fail('It did not work.')
  const problem = { kind: 'failed', why: { kind: 'problem', says: 'It did not work.' } }
  expect(telling.next().value).toEqual({ type: 'problem', problem })
  expect(telling.next()).toEqual({ done: true, value: problem })
})

test('a task that tells a problem has it in its hands, to return it', () => {
  const dropped = TEXTS.flatMap(([file, text]) =>
    [...text.matchAll(/^\s*yield\* (?:fail|notSent|failed|tellProblem)\(.*$/gm)].map(
      ([line]) => `${file}: ${line}`,
    ),
  )
  expect(dropped).toEqual([])
})
