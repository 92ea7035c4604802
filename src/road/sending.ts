import { allowed } from '../chat/allowed.ts'
import type { Clock } from '../chat/context.ts'
import type { Permit } from '../chat/permit.ts'
import { adviceOf } from '../core/advice.ts'
import { change, type Event, type NewFile, say, type Work } from '../core/event.ts'
import { tell } from '../core/failure.ts'
import type { Head, Prompt } from '../core/session.ts'
import type { Running } from './parts.ts'
import { type Ended, runTurns, summaryOf } from './turns.ts'
import type { Works } from './works.ts'

/** What a line brings along when it is sent. */
export type Brought = {
  readonly files: readonly NewFile[]
  /** The waiting line that it was. */
  readonly queued?: string | undefined
  /** Where the line says that it goes on from: what it makes several images of stays the base of the next one. */
  readonly base?: Head | null
}

/** What became of a line. */
export type Sent = {
  /** False when it was let go, or its session was left, before it ended. */
  readonly inFront: boolean
  /** It brought no image. */
  readonly missed: boolean
}

/** Why a prompt is not even recorded. */
export function refusalOf(prompt: Prompt, works: Works): Event | undefined {
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
  { files, queued, base = null }: Brought,
  works: Works,
  clock: Clock,
): Promise<Sent> {
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
  works: Works,
): Promise<readonly Permit[]> {
  let permits: readonly Permit[] = []
  try {
    await works.drive(async function* (context): Work {
      permits = yield* allowed(prompts, context)
    }, running)
  } catch (error) {
    works.surprise(error)
  }
  return permits
}

/** None of them may: the line is given back as it was typed. */
async function unpaid(running: Running, queued: string | undefined, works: Works): Promise<Sent> {
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

async function ended(running: Running, came: Ended, works: Works): Promise<Sent> {
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
