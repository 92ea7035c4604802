import { change, type NewFile, type Notice, say } from '../core/event.ts'
import type { PartOutcome } from '../core/line/part-outcome.ts'
import { partOf } from '../core/line/part-outcome.ts'
import { costOfTurn } from '../core/money/bill.ts'
import { choosingText } from '../core/questions.ts'
import type { Turn } from '../core/session/session.ts'
import { turnOf } from '../core/session/tree.ts'
import { DiskError } from '../store/disk-error.ts'
import type { ReservedCall } from '../turn/reserved-call.ts'
import { turn } from '../turn/turn.ts'
import type { Home, LineRun, TurnSlot } from './line-run.ts'
import type { TaskRunner } from './task-runner.ts'

/** Turns of one line that run at once: enough to see four side by side, few enough for any quota. */
const AT_ONCE = 4

export type EndedLine = {
  readonly turns: readonly Turn[]
  /** Versions, in order. */
  readonly images: readonly number[]
  /** The outcome of each call, in order. */
  readonly parts: readonly PartOutcome[]
  /** A turn could not be recorded: its line is offered again. */
  readonly lost: boolean
}

type FirstTurnInputs = {
  readonly files: readonly NewFile[]
  /** The id of the queued line that it was. */
  readonly queued?: string | undefined
}

/** Sends the reserved calls of a line side by side and waits for all. If some fail, the others stand. */
export async function runTurns(
  calls: readonly ReservedCall[],
  { files, queued }: FirstTurnInputs,
  run: LineRun,
  home: Home,
  runner: TaskRunner,
  ended: () => void,
): Promise<EndedLine> {
  let lost = false
  const slots: TurnSlot[] = []
  const rest = calls.entries()
  const oneAfterAnother = async () => {
    for (const [index, call] of rest) {
      if (run.released.signal.aborted || run.cut.signal.aborted) return
      const slot: TurnSlot = { turn: null }
      slots[index] = slot
      run.slots.push(slot)
      // The files, and the fact that the line is no longer queued, belong to the first turn, which is recorded first.
      const [newFiles, queuedId] = index === 0 ? [files, queued] : [[], undefined]
      try {
        await runner.drive((context) => turn(call, newFiles, context, queuedId), run, slot)
      } catch (error) {
        lost = !(await recordFailure(run, home, slot, error, runner)) || lost
      }
      run.ended += 1
      ended()
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, calls.length) }, oneAfterAnother))
  // Including the calls that were not sent.
  for (const call of calls) call.release()
  const { session } = home.recorder
  const turns = slots.flatMap((slot) => turnOf(session, slot?.turn ?? null) ?? [])
  const images = turns.flatMap(({ outcome }) => (outcome.kind === 'answered' ? outcome.versions : []))
  const parts = calls.map((_, index): PartOutcome => {
    const slot = slots[index]
    if (!slot)
      return { kind: 'not-sent', why: { reason: 'stopped', says: 'Not sent: it was stopped first.' } }
    const done = turnOf(session, slot.turn)
    return (done && partOf(done, costOfTurn(done))) ?? NOT_RECORDED
  })
  return { turns, images: images.toSorted((a, b) => a - b), parts, lost }
}

const NOT_RECORDED: PartOutcome = {
  kind: 'failed',
  turn: null,
  why: { kind: 'problem', says: 'It could not be recorded.' },
  cost: undefined,
}

/** Ends a turn after an error of the disk or a bug of limn; false if that cannot be recorded either. */
async function recordFailure(
  run: LineRun,
  { recorder }: Home,
  slot: TurnSlot,
  error: unknown,
  runner: TaskRunner,
): Promise<boolean> {
  const says = error instanceof Error ? error.message : String(error)
  const disk = error instanceof DiskError || (error instanceof Error && error.cause instanceof DiskError)
  const kind = disk ? 'disk' : 'strange-answer'
  if (turnOf(recorder.session, slot.turn) === undefined) {
    runner.surprise(error, run)
    return false
  }
  try {
    await recorder.add(change({ type: 'failed', turn: slot.turn ?? '', failure: { kind, says } }))
    return true
  } catch {
    runner.surprise(error, run)
    return false
  }
}

/** The notices after a line that was meant to make several images. */
export function* summaryOf(
  { images, parts }: EndedLine,
  toChoose: 'nothing' | 'by-key' | 'by-name',
): Generator<Notice> {
  const wanted = parts.length
  if (wanted < 2) return
  if (images.length > 1) yield { type: 'sheet', versions: images }
  const unsent = parts.filter(({ kind }) => kind === 'not-sent').length
  if (unsent > 0) yield say(`${unsent} of ${wanted} were not sent.`, 'warning')
  const missed = parts.filter(({ kind }) => kind === 'failed').length
  if (missed > 0 && images.length > 0) {
    yield say(`${missed} of ${wanted} made no image; the others stand.`, 'warning')
  }
  if (toChoose === 'nothing' || images.length === 0) return
  yield say(choosingText(images.length, toChoose === 'by-key'))
}
