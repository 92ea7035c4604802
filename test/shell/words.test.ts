import { expect, test } from 'vitest'
import { emptySession } from '../../src/core/session.ts'
import { wordsOf } from '../../src/shell/words.ts'

const session = emptySession('s', { model: 'gemini-nano-banana-2.1', aspect: 'auto', size: '1K' })

test('a failure without a screen names no key to press', () => {
  const failure = { kind: 'internal', status: 500 } as const
  const words = wordsOf({ kind: 'notice', notice: { type: 'failure', failure }, session })
  expect(words).toMatch(/\nTry again; if it stays, try other words/)
  expect(words).not.toContain('Enter')
})
