// The queue of lines as a machine: a state, an event in, a new state and effects out. It knows no session, no disk and no
// screen; `src/repl/queue-driver.ts` carries out the effects and reports what came of them. Lines are named by ids, which
// the driver gives. What it promises is held by properties in `test/core/queue/line-queue.test.ts`: no line is lost, none is
// sent twice or out of order, and nothing that waits is sent after a failure until the user has pressed a key.

/** The line that has the foreground. */
export type Front = {
  readonly line: string
  /** It has waited: until its first fact is recorded it is a waiting line in the session too. */
  readonly waited: boolean
  /**
   * `starting`: nothing is out yet. `choosing`: the user is being asked where it goes on from. `command`: a command runs.
   * `turn`: calls go out.
   */
  readonly doing: 'starting' | 'choosing' | 'command' | 'turn'
}

/** The line that has been typed and is being read, or written down as a waiting line. One at a time. */
type Intake = {
  readonly line: string
  /** The line that had the foreground when this one was typed. */
  readonly under: string | null
  /** That line has ended meanwhile, and brought nothing. */
  readonly underFailed: boolean
  /** The line that was entered last when this one was taken. */
  readonly newest: string | null
}

export type LineQueue = {
  readonly front: Front | null
  readonly intake: Intake | null
  /** Let go by Esc, and still out. */
  readonly background: readonly string[]
  /** Recorded, and not started: the oldest first. */
  readonly waiting: readonly string[]
  /** Something has happened that the waiting lines may not have been typed for: they wait for a key. */
  readonly held: boolean
  /** A command has asked for more, such as another session: that comes before any line that waits. */
  readonly following: boolean
  /** Nothing may start: the session is only looked at, or limn is being left. */
  readonly closed: boolean
  /** The line that was entered last: an older one is not put back on the prompt. */
  readonly newest: string | null
}

export const EMPTY_QUEUE: LineQueue = {
  front: null,
  intake: null,
  background: [],
  waiting: [],
  held: false,
  following: false,
  closed: false,
  newest: null,
}

export type QueueEvent =
  /** Enter: the line is taken when those before it have been. */
  | { readonly type: 'entered'; readonly line: string }
  /** The line is taken. `at-once` is a command that runs beside a turn. */
  | { readonly type: 'typed'; readonly line: string; readonly is: 'prompt' | 'command' | 'at-once' }
  /** The prompt has been read: what it mentions is there. `back`: the user wants the line back. */
  | { readonly type: 'read'; readonly line: string; readonly to: 'go' | 'back' }
  /** The line is a waiting line on the disk, or could not be made one. */
  | { readonly type: 'recorded'; readonly line: string; readonly well: boolean }
  /** What the foreground is doing now. */
  | { readonly type: 'does'; readonly line: string; readonly doing: Front['doing'] }
  /** `moved`: the session stands elsewhere than before. `follows`: more is asked for, until `followed`. */
  | {
      readonly type: 'ended'
      readonly line: string
      readonly well: boolean
      readonly moved: boolean
      readonly follows: boolean
    }
  /** What a command has asked for is done. */
  | { readonly type: 'followed' }
  /** A command has asked for a turn, which takes the foreground at once. */
  | { readonly type: 'claim'; readonly line: string; readonly doing: 'starting' | 'command' }
  /** A waiting line could not be started, and waits on. */
  | { readonly type: 'put-back'; readonly line: string }
  /** Esc. `behind` goes on in the background, `cut` stops the call, `end` only ends what it waits for. */
  | { readonly type: 'let-go'; readonly how: 'behind' | 'cut' | 'end' }
  /** A key that runs the held lines, or one that drops them. */
  | { readonly type: 'run-held' }
  | { readonly type: 'drop-held' }
  /** Waiting lines go to another session with the command that leads there, and are typed anew. */
  | { readonly type: 'taken'; readonly lines: readonly string[] }
  /** Another session is open, with lines of its own, which are held. */
  | { readonly type: 'opened'; readonly waiting: readonly string[]; readonly closed: boolean }
  | { readonly type: 'closed' }

export type QueueEffect =
  /** Read what the prompt mentions; `echo`: its turn is now, as far as one can see. */
  | { readonly type: 'read'; readonly line: string; readonly echo: boolean }
  /** Write it down as a waiting line. */
  | { readonly type: 'record'; readonly line: string }
  /** It has the foreground from now on. */
  | { readonly type: 'start'; readonly line: string; readonly waited: boolean }
  /** A command that does not need the foreground. */
  | { readonly type: 'beside'; readonly line: string }
  /** Back onto the prompt; `superseded`: another line was typed since, and it can only be said. */
  | { readonly type: 'give-back'; readonly line: string; readonly superseded: boolean }
  /** They wait no longer, and are not run. */
  | { readonly type: 'drop'; readonly lines: readonly string[] }
  | { readonly type: 'let-go'; readonly line: string }
  | { readonly type: 'cut'; readonly line: string }
  | { readonly type: 'end-wait'; readonly line: string }

export type QueueStep = { readonly queue: LineQueue; readonly effects: readonly QueueEffect[] }

/** What an event makes of the queue, and what is to be done. An event that does not fit the state changes nothing. */
export function step(queue: LineQueue, event: QueueEvent): QueueStep {
  switch (event.type) {
    case 'entered':
      return quiet({ ...queue, newest: event.line })
    case 'typed':
      return typed(queue, event)
    case 'read':
      return read(queue, event)
    case 'recorded':
      return recorded(queue, event)
    case 'does':
      return quiet(
        isFront(queue, event.line) ? { ...queue, front: { ...queue.front, doing: event.doing } } : queue,
      )
    case 'ended':
      return ended(queue, event)
    case 'followed':
      return next({ ...queue, following: false })
    case 'claim':
      if (queue.front !== null) return quiet(queue)
      return quiet({ ...queue, front: { line: event.line, waited: false, doing: event.doing } })
    case 'put-back':
      return putBack(queue, event.line)
    case 'let-go':
      return letGo(queue, event.how)
    case 'run-held':
      return next({ ...queue, held: false })
    case 'drop-held':
      if (!queue.held) return quiet(queue)
      return {
        queue: { ...queue, held: false, waiting: [] },
        effects: queue.waiting.length === 0 ? [] : [{ type: 'drop', lines: queue.waiting }],
      }
    case 'taken':
      return quiet({ ...queue, waiting: queue.waiting.filter((line) => !event.lines.includes(line)) })
    case 'opened':
      return quiet({
        ...queue,
        waiting: event.waiting,
        held: event.waiting.length > 0 && !event.closed,
        closed: event.closed,
      })
    case 'closed':
      return quiet({ ...queue, closed: true })
  }
}

/** True when nothing runs and nothing will start without a key. */
export function isSettled(queue: LineQueue): boolean {
  const { front, intake, background, following } = queue
  return (
    front === null &&
    intake === null &&
    background.length === 0 &&
    !following &&
    startable(queue) === undefined
  )
}

function typed(queue: LineQueue, { line, is }: QueueEvent & { type: 'typed' }): QueueStep {
  const { front, newest } = queue
  const intake: Intake = { line, under: front?.line ?? null, underFailed: false, newest }
  switch (is) {
    case 'prompt':
      return { queue: { ...queue, intake }, effects: [{ type: 'read', line, echo: front === null }] }
    case 'command':
      if (front === null) return started(queue, line, false)
      return { queue: { ...queue, intake }, effects: [{ type: 'record', line }] }
    case 'at-once':
      return front === null ? started(queue, line, false) : { queue, effects: [{ type: 'beside', line }] }
  }
}

function read(queue: LineQueue, { line, to }: QueueEvent & { type: 'read' }): QueueStep {
  const { intake, front } = queue
  if (intake?.line !== line) return quiet(queue)
  if (to === 'back') return givenBack(queue, intake)
  // Typed under a turn, it was not shown as the next one: it waits, if only for a moment.
  if (front !== null || intake.under !== null) return { queue, effects: [{ type: 'record', line }] }
  return started({ ...queue, intake: null }, line, false)
}

function recorded(queue: LineQueue, { line, well }: QueueEvent & { type: 'recorded' }): QueueStep {
  const { intake } = queue
  if (intake?.line !== line) return quiet(queue)
  if (!well) return givenBack(queue, intake)
  const { waiting, held } = queue
  return next({ ...queue, intake: null, waiting: [...waiting, line], held: held || intake.underFailed })
}

function givenBack(queue: LineQueue, { line, newest }: Intake): QueueStep {
  return {
    queue: { ...queue, intake: null },
    effects: [{ type: 'give-back', line, superseded: queue.newest !== newest }],
  }
}

function ended(queue: LineQueue, { line, well, moved, follows }: QueueEvent & { type: 'ended' }): QueueStep {
  if (!isFront(queue, line)) {
    return quiet({ ...queue, background: queue.background.filter((one) => one !== line) })
  }
  const { intake, waiting, held } = queue
  return next({
    ...queue,
    front: null,
    following: follows,
    intake: intake?.under === line && !well ? { ...intake, underFailed: true } : intake,
    held: held || ((!well || moved) && waiting.length > 0),
  })
}

function putBack(queue: LineQueue, line: string): QueueStep {
  if (!isFront(queue, line)) return quiet(queue)
  const waiting = queue.front.waited ? [line, ...queue.waiting] : queue.waiting
  return quiet({ ...queue, front: null, waiting, held: queue.held || waiting.length > 0 })
}

function letGo(queue: LineQueue, how: (QueueEvent & { type: 'let-go' })['how']): QueueStep {
  const { front, background, waiting } = queue
  if (front === null) return quiet(queue)
  const { line, doing } = front
  switch (doing) {
    case 'starting':
    case 'choosing':
      return quiet(queue)
    case 'command':
      return { queue, effects: [{ type: 'cut', line }] }
    case 'turn':
      if (how === 'cut') return { queue, effects: [{ type: 'cut', line }] }
      if (how === 'end') return { queue, effects: [{ type: 'end-wait', line }] }
      return {
        queue: { ...queue, front: null, background: [...background, line], held: waiting.length > 0 },
        effects: [{ type: 'let-go', line }],
      }
  }
}

/** The line that may start now. */
function startable({ front, following, held, closed, waiting }: LineQueue): string | undefined {
  return front === null && !following && !held && !closed ? waiting[0] : undefined
}

function next(queue: LineQueue): QueueStep {
  const line = startable(queue)
  return line === undefined
    ? quiet(queue)
    : started({ ...queue, waiting: queue.waiting.slice(1) }, line, true)
}

function started(queue: LineQueue, line: string, waited: boolean): QueueStep {
  return {
    queue: { ...queue, front: { line, waited, doing: 'starting' } },
    effects: [{ type: 'start', line, waited }],
  }
}

function isFront(queue: LineQueue, line: string): queue is LineQueue & { readonly front: Front } {
  return queue.front?.line === line
}

function quiet(queue: LineQueue): QueueStep {
  return { queue, effects: [] }
}
