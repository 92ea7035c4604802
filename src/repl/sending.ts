import { change, type Event, type NewFile, say, type Task } from '../core/event.ts'
import { tell } from '../core/failures/failure.ts'
import type { Head, Prompt } from '../core/session/session.ts'
import { adviceOf } from '../core/wording/advice.ts'
import type { Clock } from '../host/clock.ts'
import type { ReservedCall } from '../turn/reserved-call.ts'
import { passSpendingGate } from '../turn/spending-gate.ts'
import type { Running } from './parts.ts'
import { type EndedLine, runTurns, summaryOf } from './run-turns.ts'
import type { TaskRunner } from './task-runner.ts'

/** What a line brings along when it is sent. */
export type LineInputs = {
  readonly files: readonly NewFile[]
  /** The waiting line that it was. */
  readonly queued?: string | undefined
  /** Where the line says that it goes on from: what it makes several images of stays the base of the next one. */
  readonly base?: Head | null
}

/** What became of a line. */
export type SentLine = {
  /** False when it was let go, or its session was left, before it ended. */
  readonly inFront: boolean
  /** It brought no image. */
  readonly missed: boolean
}

/** Why a prompt is not even recorded. */
export function refusalOf(prompt: Prompt, works: TaskRunner): Event | undefined {
  const { readOnly } = works.live.value
  if (readOnly !== null) return say(readOnly, 'warning')
  if (works.opened.chat.engine.kind === 'none') return { type: 'failure', failure: { kind: 'no-key' } }
  const refused = adviceOf(works.session, prompt).find(({ weight }) => weight === 'refuses')
  return refused && say(refused.text, 'bad')
}

/** Sends what may go of the prompts of one line, and waits for its end, in the foreground or behind. */
export async function send(
  line: string,
  prompts: readonly [Prompt, ...Prompt[]],
  { files, queued, base = null }: LineInputs,
  works: TaskRunner,
  clock: Clock,
): Promise<SentLine> {
  const [prompt] = prompts
  const lane = { kind: 'turn', since: clock.now(), prompt, text: '', of: prompts.length, done: 0 } as const
  const running = works.claim(line, lane)
  const permits = await permitsFor(prompts, running, works)
  if (permits.length === 0) return unpaid(running, queued, works)
  if (prompts.length > 1 && base && base !== works.session.head) {
    await running.record.add(change({ type: 'moved', by: 'goto', head: base }))
  }
  return ended(running, await runTurns(permits, { files, queued }, running, works), works)
}

/** Those of a line's calls that may go out, for what they cost. */
async function permitsFor(
  prompts: readonly Prompt[],
  running: Running,
  works: TaskRunner,
): Promise<readonly ReservedCall[]> {
  let permits: readonly ReservedCall[] = []
  try {
    await works.drive(async function* (context): Task {
      permits = yield* passSpendingGate(prompts, context)
    }, running)
  } catch (error) {
    works.surprise(error)
  }
  return permits
}

/** None of them may: the line is given back as it was typed. */
async function unpaid(running: Running, queued: string | undefined, works: TaskRunner): Promise<SentLine> {
  running.missed = true
  try {
    if (queued !== undefined) await running.record.add(change({ type: 'unqueued', ids: [queued] }))
  } finally {
    works.hold()
    works.offer(running.line)
    await works.free(running)
  }
  return { inFront: true, missed: true }
}

async function ended(running: Running, came: EndedLine, works: TaskRunner): Promise<SentLine> {
  const { turns, images, lost } = came
  running.missed = images.length === 0
  const failures = turns.flatMap(({ outcome }) => (outcome.kind === 'failed' ? [outcome.failure] : []))
  const failed = turns.length > 0 && failures.length === turns.length
  // Nobody is invited to pay a second time for what may still have been billed behind.
  const again = works.foreground === running || !failures.some((failure) => tell(failure).maybeBilled)
  if (lost || (failed && again)) works.offer(running.line)
  if (works.foreground === running && running.missed) works.hold()
  const inFront = await works.free(running)
  const toChoose = !inFront || works.session.choice === null ? 'nothing' : works.asks ? 'by-key' : 'by-name'
  for (const notice of summaryOf(came, toChoose)) works.print(notice)
  return { inFront, missed: running.missed }
}
