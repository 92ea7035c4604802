import { change, type NewFile, type Notice, say } from '../core/event.ts'
import type { Turn } from '../core/session/session.ts'
import { turnOf } from '../core/session/tree.ts'
import { DiskError } from '../store/disk-error.ts'
import type { ReservedCall } from '../turn/reserved-call.ts'
import { turn } from '../turn/turn.ts'
import type { Running, TurnSlot } from './parts.ts'
import type { TaskRunner } from './task-runner.ts'

/** Turns of one line that are out at once: enough to see four beside each other, few enough for any quota. */
const AT_ONCE = 4

export type EndedLine = {
  readonly turns: readonly Turn[]
  /** Versions, in order of arrival. */
  readonly images: readonly number[]
  /** Prompts that were not sent any more, since the line was let go or aborted. */
  readonly unsent: number
  /** Nothing could be recorded of one: its line is to be offered again. */
  readonly lost: boolean
}

type LineTurns = {
  readonly files: readonly NewFile[] /** The waiting line that it was. */
  readonly queued?: string | undefined
}

/** Sends what may go of a line, side by side, and waits for all. If some fail the others stand. */
export async function runTurns(
  permits: readonly ReservedCall[],
  { files, queued }: LineTurns,
  running: Running,
  works: TaskRunner,
): Promise<EndedLine> {
  let lost = false
  const rest = permits.entries()
  const oneAfterAnother = async () => {
    for (const [index, permit] of rest) {
      if (running.released.signal.aborted || running.cut.signal.aborted) return
      const seat: TurnSlot = { turn: null }
      running.seats.push(seat)
      // The files and the end of waiting are facts of the first, which is recorded before the others.
      const [its, waited] = index === 0 ? [files, queued] : [[], undefined]
      try {
        await works.drive((context) => turn(permit, its, context, waited), running, seat)
      } catch (error) {
        lost = !(await broken(running, seat, error, works)) || lost
      }
      works.progressed(running)
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, permits.length) }, oneAfterAnother))
  // Also those of which nothing was sent any more.
  for (const permit of permits) permit.release()
  const { session } = running.record
  const turns = running.seats.flatMap(({ turn: id }) => turnOf(session, id) ?? [])
  const images = turns.flatMap(({ outcome }) => (outcome.kind === 'answered' ? outcome.versions : []))
  return {
    turns,
    images: images.toSorted((a, b) => a - b),
    unsent: permits.length - running.seats.length,
    lost,
  }
}

/** The disk, or a mistake of ours: the turn has an end all the same; false when that cannot be recorded either. */
async function broken(
  { record }: Running,
  seat: TurnSlot,
  error: unknown,
  works: TaskRunner,
): Promise<boolean> {
  const says = error instanceof Error ? error.message : String(error)
  const disk = error instanceof DiskError || (error instanceof Error && error.cause instanceof DiskError)
  const kind = disk ? 'disk' : 'strange-answer'
  if (turnOf(record.session, seat.turn) === undefined) {
    works.surprise(error)
    return false
  }
  try {
    await record.add(change({ type: 'failed', turn: seat.turn ?? '', failure: { kind, says } }))
    return true
  } catch {
    works.surprise(error)
    return false
  }
}

/** What came of a line that was to make several images. */
export function* summaryOf(
  { images, turns, unsent }: EndedLine,
  toChoose: 'nothing' | 'by-key' | 'by-name',
): Generator<Notice> {
  const wanted = turns.length + unsent
  if (wanted < 2) return
  if (images.length > 1) yield { type: 'sheet', versions: images }
  if (unsent > 0) yield say(`${unsent} of ${wanted} were not sent.`, 'warning')
  const missed = turns.filter(({ outcome }) => outcome.kind !== 'answered' || outcome.main === null).length
  if (missed > 0 && images.length > 0) {
    yield say(`${missed} of ${wanted} brought no image; the others stand.`, 'warning')
  }
  if (toChoose === 'nothing' || images.length === 0) return
  if (toChoose === 'by-name') {
    yield say("A version's name, alone or in front of a line, goes on from one of them.")
    return
  }
  const keys = images.slice(0, 9).map((_, index) => index + 1)
  yield say(
    `Alt-1${keys.length > 1 ? ` to Alt-${keys.length}` : ''}, or a version's name alone, goes on from one of them.`,
  )
}
