import type { StoredAnswer } from '../core/answer.ts'
import { type Plan, planOf, type Trust, WINDOW, windowOf } from '../core/request.ts'
import type { Prompt, Session } from '../core/session.ts'
import { readAnswer } from '../store/answers.ts'
import type { Context } from './context.ts'

/** What is sent for a prompt, with the answers of its window as they are on the disk. */
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
