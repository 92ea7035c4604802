import type { Answer, AnswerQuestion, Question } from '../core/question-type.ts'
import { defaultOf } from '../core/questions.ts'
import { type OpenedRepl, openRepl, type ReplOptions } from '../repl/open-repl.ts'
import type { Repl } from '../repl/repl.ts'
import { type LoadedSettings, loadSettings } from '../store/settings/load-settings.ts'

export type LimnOptions = Omit<ReplOptions, 'settings' | 'asks'> & {
  /** Loaded from limn's folder if left out. */
  readonly settings?: LoadedSettings
  /** Without it, every question gets its default answer, unless a screen asks it. */
  readonly ask?: AnswerQuestion | undefined
  /** A screen shows questions itself. */
  readonly asks?: true
  /** Cuts the calls in flight when it is aborted. Closing is up to the caller. */
  readonly signal?: AbortSignal
}

/** Opens limn, for the screen, for scripts and for programs. Does not wait for what is requested at the start. */
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

/** A question whose answer fails gets its default answer. */
async function answerTo(question: Question, ask: AnswerQuestion): Promise<Answer> {
  try {
    return (await ask(question)) ?? defaultOf(question)
  } catch {
    return defaultOf(question)
  }
}
