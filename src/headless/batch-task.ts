import type { Answer, Event, Question } from '../core/event.ts'
import type { TaskProblem } from '../core/line/part-outcome.ts'
import { openLimn } from '../library/open-limn.ts'
import type { TranscriptItem } from '../repl/screen.ts'
import { sanitize } from '../text/sanitize.ts'
import type { Context } from '../turn/context.ts'
import type { HeadlessInput } from './headless-input.ts'
import { plainText } from './plain-text.ts'
import type { Streams } from './streams.ts'

/** Asks yes or no where somebody can answer; undefined where nobody can. */
export type AskYesNo = ((text: string) => Promise<boolean>) | undefined

export type BatchRun = {
  readonly input: HeadlessInput
  readonly streams: Streams
  readonly ask: AskYesNo
  readonly stop: AbortSignal
  /** The text goes to stdout, since it is what was asked for. */
  readonly textToStdout: boolean
}

/** Runs one task without a screen, with a session, an engine and a ledger. Returns its result. */
export async function runTask<T extends object>(
  { input, streams, ask, stop, textToStdout }: BatchRun,
  make: (context: Context) => AsyncGenerator<Event, T | TaskProblem, Answer>,
): Promise<T | TaskProblem> {
  let begun = false
  let out = Promise.resolve()
  const print = (item: TranscriptItem) => {
    const words = batchWords(item)
    if (words === '' || (!begun && !isWarning(item))) return
    const text = `${sanitize(words)}\n`
    // The reader may stop reading; nothing depends on it.
    if (textToStdout && !isWarning(item)) out = out.then(() => streams.out(text)).catch(() => undefined)
    else streams.err(text)
  }
  const { options, ...environment } = input
  const answer =
    ask && ((question: Question) => (question.kind === 'yes-no' ? ask(question.text) : undefined))
  const { repl, opened } = await openLimn({ ...options, ...environment, print, ask: answer, signal: stop })
  await opened
  begun = true
  // Stopped while the session was being opened: that signal does not come a second time.
  const result = stop.aborted ? STOPPED : await repl.result(make)
  await repl.close()
  await out
  return result
}

const STOPPED: TaskProblem = {
  kind: 'not-sent',
  why: { reason: 'stopped', says: 'It was stopped before it was begun.' },
}

/** Of an answer its name and version; what the model says beside a picture nobody waits for here. */
function batchWords(item: TranscriptItem): string {
  if (item.kind !== 'fact') return plainText(item)
  const { fact, session } = item
  if (fact.type !== 'answered') return ''
  const numbers = fact.images.map(({ version }) => `v${version}`)
  const name = session.turns.find(({ id }) => id === fact.turn)?.batch?.row
  return numbers.length === 0 ? '' : [name, ...numbers].filter(Boolean).join('  ')
}

function isWarning(item: TranscriptItem): boolean {
  if (item.kind !== 'notice') return false
  const { notice } = item
  return notice.type === 'problem' || (notice.type === 'say' && notice.tone === 'warning')
}
