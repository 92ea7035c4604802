import type { Plan, Trust } from '../core/request/plan.ts'
import { planOf, WINDOW, windowOf } from '../core/request/request.ts'
import type { Prompt, Session } from '../core/session/session.ts'
import type { StoredAnswer } from '../core/session/stored-answer.ts'
import { readAnswer } from '../store/session/stored-answers.ts'
import type { Context } from './context.ts'

/** What is sent for a prompt; the answers in its window are read from the disk. */
export async function planFor(
  session: Session,
  prompt: Prompt,
  trust: Trust,
  { store }: Pick<Context, 'store'>,
): Promise<Plan> {
  const window = { ...WINDOW, turns: prompt.settings.history ?? WINDOW.turns }
  const answers = new Map<string, StoredAnswer>()
  for (const { turn } of windowOf(session, prompt, window, trust)) {
    const { folder } = store
    const answer = folder === undefined ? undefined : await readAnswer(folder, turn.id)
    if (answer) answers.set(turn.id, answer)
  }
  return planOf(session, prompt, answers, window, trust)
}
