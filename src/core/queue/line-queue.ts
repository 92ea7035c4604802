// The queue of lines as a state machine: a state and an event in, a new state and effects out. It knows no session, no
// disk and no screen; `src/repl/queue-driver.ts` carries out the effects and reports their results. The driver gives
// each line an id. The properties in `test/core/queue/line-queue.test.ts` hold its promises: no line is lost, none is
// sent twice or out of order, and after a failure no queued line is sent until the user has pressed a key.

/** The line in the foreground. */
export type Front = {
  readonly line: string
  /** It was queued: until its first fact is recorded, it is still a queued line in the session. */
  readonly waited: boolean
  /**
   * `starting`: nothing has been sent yet. `choosing`: the user is being asked which image it goes on from. `command`:
   * a command runs. `turn`: calls are sent.
   */
  readonly doing: 'starting' | 'choosing' | 'command' | 'turn'
}

/** The line that was typed and is being read, or recorded as queued. One at a time. */
type Intake = {
  readonly line: string
  /** The line that was in the foreground when this one was typed. */
  readonly under: string | null
  /** That line has failed since. */
  readonly underFailed: boolean
  /** The line that was entered last when this one was taken. */
  readonly newest: string | null
}

export type LineQueue = {
  readonly front: Front | null
  readonly intake: Intake | null
  /** Sent to the background with Esc, and not ended yet. */
  readonly background: readonly string[]
  /** Queued: recorded and not started, the oldest first. */
  readonly waiting: readonly string[]
  /** Something happened that the queued lines may not have been typed for: they need a key before they run. */
  readonly held: boolean
  /** A command has asked for more, such as another session: that comes before any queued line. */
  readonly following: boolean
  /** Nothing may start: the session is read-only, or limn is closing. */
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
  /** Enter was pressed: the line is taken when those before it have been. */
  | { readonly type: 'entered'; readonly line: string }
  /** The line is taken. `at-once` is a command that can run beside a turn. */
  | { readonly type: 'typed'; readonly line: string; readonly is: 'prompt' | 'command' | 'at-once' }
  /** The prompt has been read, with the files that it mentions. `back`: the user wants the line back. */
  | { readonly type: 'read'; readonly line: string; readonly to: 'go' | 'back' }
  /** The line was queued on the disk, or could not be. */
  | { readonly type: 'recorded'; readonly line: string; readonly well: boolean }
  /** What the foreground is doing now. */
  | { readonly type: 'does'; readonly line: string; readonly doing: Front['doing'] }
  /** `moved`: the head of the session has moved. `follows`: the line has asked for more, until `followed`. */
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
  /** A queued line could not be started, and stays queued. */
  | { readonly type: 'put-back'; readonly line: string }
  /** Esc. `background`: the turn continues there. `cut`: the call is aborted. `end`: only a wait ends. */
  | { readonly type: 'let-go'; readonly how: 'background' | 'cut' | 'end' }
  /** A key was pressed that runs the held lines, or one that drops them. */
  | { readonly type: 'run-held' }
  | { readonly type: 'drop-held' }
  /** Queued lines move to another session with the command that opens it, and are typed there again. */
  | { readonly type: 'taken'; readonly lines: readonly string[] }
  /** Another session was opened; its own queued lines are held. */
  | { readonly type: 'opened'; readonly waiting: readonly string[]; readonly closed: boolean }
  | { readonly type: 'closed' }

export type QueueEffect =
  /** Read what the prompt mentions. `echo`: show the line at once, since nothing runs before it. */
  | { readonly type: 'read'; readonly line: string; readonly echo: boolean }
  /** Record it as queued. */
  | { readonly type: 'record'; readonly line: string }
  /** It is in the foreground from now on. */
  | { readonly type: 'start'; readonly line: string; readonly waited: boolean }
  /** Run a command that does not need the foreground. */
  | { readonly type: 'beside'; readonly line: string }
  /** Put it back on the prompt. `superseded`: another line was typed since, so it can only be reported. */
  | { readonly type: 'give-back'; readonly line: string; readonly superseded: boolean }
  /** Remove them from the queue without running them. */
  | { readonly type: 'drop'; readonly lines: readonly string[] }
  | { readonly type: 'let-go'; readonly line: string }
  | { readonly type: 'cut'; readonly line: string }
  | { readonly type: 'end-wait'; readonly line: string }

export type QueueStep = { readonly queue: LineQueue; readonly effects: readonly QueueEffect[] }

/** The queue after an event, and what is to be done. An event that does not fit the state changes nothing. */
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
  // A line typed while a turn ran was not shown as the next one: it is queued, if only for a moment.
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
