import { expect, test } from 'vitest'
import { emptySession } from '../../src/core/session/session.ts'
import { plainText } from '../../src/headless/plain-text.ts'

const session = emptySession('s', { model: 'gemini-nano-banana-2.1', aspect: 'auto', size: '1K' })

test('a failure without a screen names no key to press', () => {
  const failure = { kind: 'internal', status: 500 } as const
  const problem = { kind: 'failed', why: { kind: 'failure', failure, engine: 'gemini' } } as const
  const words = plainText({ kind: 'notice', notice: { type: 'problem', problem }, session })
  expect(words).toMatch(/\nTry again; if that does not help, try other words/)
  expect(words).not.toContain('Enter')
})
