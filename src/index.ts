// limn for programs. What is here is all of it: other files of the package may change at any time.

import { failServedCall } from './host/own-connection.ts'
import type { LimnSession } from './library/limn-session.ts'
import type { SessionOptions } from './library/session-options.ts'
import { packageVersion } from './package-version.ts'
import type { SessionSummary } from './store/session/list-sessions.ts'

export type { NotSentReason } from './core/line/not-sent-reason.ts'
export type { Answer, AnswerQuestion, Question } from './core/question-type.ts'
export type { DrawOptions } from './library/draw-options.ts'
export type { ActResult, DrawOutput, DrawResult, LimnProblem, LimnVersion } from './library/draw-result.ts'
export type { LimnEvent, ResultSubtype } from './library/limn-event.ts'
export type { DrawPrice, LimnSession } from './library/limn-session.ts'
export type { EngineChoice, SessionOptions } from './library/session-options.ts'
export type { SessionSummary } from './store/session/list-sessions.ts'

/**
 * Opens a session, a new one unless `resume` names another. What can be expected to go wrong is a value, here as
 * everywhere: `problem` of the session says why it is not the one that was asked for.
 */
export async function openSession(options: SessionOptions = {}): Promise<LimnSession> {
  const { openLimnSession } = await import('./library/open-limn-session.ts')
  return openLimnSession(options, packageVersion(), startPracticeEngine)
}

/** All sessions of limn's folder, the newest first. */
export async function listSessions(
  options: Pick<SessionOptions, 'home' | 'folder' | 'env'> = {},
): Promise<readonly SessionSummary[]> {
  const { sessionsOf } = await import('./library/open-limn-session.ts')
  return sessionsOf(options)
}

/**
 * For an `uncaughtException` handler of a program's own: an error of a connection that Node has thrown where nobody can
 * catch it. True when it belonged to a call of limn's, which fails with it alone; else it is the program's to handle.
 */
export function endsLimnCall(error: unknown): boolean {
  return failServedCall(error)
}

/** What is uploaded and submitted there outlives it, as at Google's. */
async function startPracticeEngine(root: string) {
  const [{ startPractice }, { join }] = await Promise.all([
    import('../practice/start.ts'),
    import('node:path'),
  ])
  return startPractice({ folder: join(root, 'practice') })
}
