import type { Answer, AnswerQuestion, Question } from '../core/question-type.ts'
import { defaultOf } from '../core/questions.ts'
import { type OpenedRepl, openRepl, type ReplOptions } from '../repl/open-repl.ts'
import type { Repl } from '../repl/repl.ts'
import { type LoadedSettings, loadSettings } from '../store/settings/load-settings.ts'

export type LimnOptions = Omit<ReplOptions, 'settings' | 'asks'> & {
  /** Those of limn's folder, unless they have been loaded already. */
  readonly settings?: LoadedSettings
  /** Without it every question has its default answer, or is left to a screen where there is one. */
  readonly ask?: AnswerQuestion | undefined
  /** A screen asks by itself. */
  readonly asks?: true
  /** Stops the calls that are out when it is aborted. Whoever has opened limn closes it. */
  readonly signal?: AbortSignal
}

/** Opens limn for the screen, for scripts and for programs alike. It is not waited for what is asked for at the start. */
export async function openLimn(options: LimnOptions): Promise<OpenedRepl> {
  const { ask, signal, settings = await loadSettings(options.place.root) } = options
  const asks = options.asks ?? ask !== undefined
  const { repl, opened } = await openRepl({ ...options, settings, asks })
  if (ask) answerWith(ask, repl)
  signal?.addEventListener('abort', () => repl.cut(), { once: true })
  if (signal?.aborted) repl.cut()
  return { repl, opened }
}

function answerWith(ask: AnswerQuestion, repl: Repl): void {
  let asked: Question | null = null
  const look = () => {
    const { question } = repl.live.value
    if (question === asked) return
    asked = question
    if (question) void answerTo(question, ask).then((answer) => repl.answer(answer))
  }
  repl.live.subscribe(look)
  look()
}

/** Whoever fails to answer is as one who does not. */
async function answerTo(question: Question, ask: AnswerQuestion): Promise<Answer> {
  try {
    return (await ask(question)) ?? defaultOf(question)
  } catch {
    return defaultOf(question)
  }
}
