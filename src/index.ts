// limn for programs. Only this file is the public API; everything else may change at any time.

import type { LimnSession } from './library/limn-session.ts'
import type { SessionOptions } from './library/session-options.ts'
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
 * Opens a session, a new one unless `resume` names another. Expected failures are values, here as everywhere: the
 * session's `problem` says why the requested one could not be opened. Throws a TypeError for a `maxUsd` that is not a
 * price.
 */
export async function openSession(options: SessionOptions = {}): Promise<LimnSession> {
  const { openLimnSession, endCall } = await import('./library/open-limn-session.ts')
  endOwnCall = endCall
  return openLimnSession(options, startPracticeEngine)
}

/** All sessions of limn's folder, the newest first. */
export async function listSessions(
  options: Pick<SessionOptions, 'home' | 'folder' | 'env'> = {},
): Promise<readonly SessionSummary[]> {
  const { sessionsOf } = await import('./library/open-limn-session.ts')
  return sessionsOf(options)
}

/**
 * For a program's own `uncaughtException` handler: Node throws some errors of a connection where nobody can catch them.
 * True if the error belonged to one of limn's calls, which then fails with it; if not, the program must handle it.
 */
export function endsLimnCall(error: unknown): boolean {
  return endOwnCall(error)
}

/** Before the first session, no call is limn's. */
let endOwnCall: (error: unknown) => boolean = () => false

/** Its uploads and batches are kept on disk, as Google keeps them. */
async function startPracticeEngine(root: string) {
  const [{ startPractice }, { join }] = await Promise.all([
    import('../practice/start.ts'),
    import('node:path'),
  ])
  return startPractice({ folder: join(root, 'practice') })
}
