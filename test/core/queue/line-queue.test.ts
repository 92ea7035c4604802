import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  EMPTY_QUEUE,
  isSettled,
  type LineQueue,
  type QueueEffect,
  type QueueEvent,
  step,
} from '../../../src/core/queue/line-queue.ts'

/** Runs events one after another, and collects their effects. */
function run(events: readonly QueueEvent[], from: LineQueue = EMPTY_QUEUE) {
  const effects: QueueEffect[] = []
  let queue = from
  for (const event of events) {
    const stepped = step(queue, event)
    queue = stepped.queue
    effects.push(...stepped.effects)
  }
  return { queue, effects }
}

const prompt = (line: string): QueueEvent => ({ type: 'typed', line, is: 'prompt' })
const go = (line: string): QueueEvent => ({ type: 'read', line, to: 'go' })
const out = (line: string): QueueEvent => ({ type: 'does', line, doing: 'turn' })
const kept = (line: string): QueueEvent => ({ type: 'recorded', line, well: true })
const end = (line: string, more: Partial<QueueEvent & { type: 'ended' }> = {}): QueueEvent => ({
  type: 'ended',
  line,
  well: true,
  moved: false,
  follows: false,
  ...more,
})

describe('a line', () => {
  test('starts at once when nothing runs, and is queued on the disk when something does', () => {
    const { queue, effects } = run([prompt('a'), go('a'), out('a'), prompt('b'), go('b'), kept('b')])
    expect(effects).toEqual([
      { type: 'read', line: 'a', echo: true },
      { type: 'start', line: 'a', waited: false },
      { type: 'read', line: 'b', echo: false },
      { type: 'record', line: 'b' },
    ])
    expect(queue).toMatchObject({ front: { line: 'a' }, waiting: ['b'], held: false })
    expect(step(queue, end('a')).effects).toEqual([{ type: 'start', line: 'b', waited: true }])
  })

  test('that was typed while a turn ran is held when that turn has failed since', () => {
    const events = [
      prompt('a'),
      go('a'),
      out('a'),
      prompt('b'),
      end('a', { well: false }),
      go('b'),
      kept('b'),
    ]
    const { queue, effects } = run(events)
    expect(queue).toMatchObject({ front: null, waiting: ['b'], held: true })
    expect(step(queue, { type: 'run-held' }).effects).toEqual([{ type: 'start', line: 'b', waited: true }])
    expect(effects.filter(({ type }) => type === 'start')).toHaveLength(1)
  })

  test('is put back on the prompt only when no other line was typed since', () => {
    const back = (line: string): QueueEvent => ({ type: 'read', line, to: 'back' })
    const enter = (line: string): QueueEvent => ({ type: 'entered', line })
    const given = { type: 'give-back', line: 'a' }
    expect(run([enter('a'), prompt('a'), back('a')]).effects.at(-1)).toEqual({ ...given, superseded: false })
    const late = run([enter('a'), prompt('a'), enter('b'), back('a')])
    expect(late.effects.at(-1)).toEqual({ ...given, superseded: true })
  })

  test('that cannot be written to the disk is given back', () => {
    const events: QueueEvent[] = [prompt('a'), go('a'), prompt('b'), go('b')]
    const { effects } = run([...events, { type: 'recorded', line: 'b', well: false }])
    expect(effects.at(-1)).toMatchObject({ type: 'give-back', line: 'b' })
  })

  test('that could not be started stays queued, in its place, and the others with it', () => {
    const events = [prompt('a'), go('a'), prompt('b'), go('b'), kept('b'), prompt('c'), go('c'), kept('c')]
    const { queue } = run([...events, end('a'), { type: 'put-back', line: 'b' }])
    expect(queue).toMatchObject({ front: null, waiting: ['b', 'c'], held: true })
  })
})

describe('a command', () => {
  test('waits for a turn; one that runs at once does not', () => {
    const before = run([prompt('a'), go('a'), out('a')]).queue
    expect(step(before, { type: 'typed', line: '/set', is: 'command' }).effects).toEqual([
      { type: 'record', line: '/set' },
    ])
    expect(step(before, { type: 'typed', line: '/help', is: 'at-once' }).effects).toEqual([
      { type: 'beside', line: '/help' },
    ])
  })

  test('that moves the session holds the queued lines', () => {
    const events = [prompt('a'), go('a'), prompt('b'), go('b'), kept('b')]
    expect(run([...events, end('a', { moved: true })]).queue.held).toBe(true)
  })

  test('gets what it asks for before any queued line', () => {
    const events = [prompt('a'), go('a'), prompt('b'), go('b'), kept('b'), end('a', { follows: true })]
    const { queue } = run(events)
    expect(queue).toMatchObject({ front: null, following: true })
    expect(step(queue, { type: 'followed' }).effects).toEqual([{ type: 'start', line: 'b', waited: true }])
    const claimed = run([{ type: 'claim', line: 'a', doing: 'starting' }, { type: 'followed' }], queue)
    expect(claimed.effects).toEqual([])
  })
})

describe('Esc', () => {
  test('sends a turn to the background and holds the lines queued after it', () => {
    const events = [prompt('a'), go('a'), out('a'), prompt('b'), go('b'), kept('b')]
    const { queue, effects } = run([...events, { type: 'let-go', how: 'background' }])
    expect(effects.at(-1)).toEqual({ type: 'let-go', line: 'a' })
    expect(queue).toMatchObject({ front: null, background: ['a'], held: true })
    expect(step(queue, end('a')).queue.background).toEqual([])
  })

  test('stops a command, and does nothing while an image is being chosen', () => {
    const busy = run([prompt('a'), go('a')]).queue
    const command = step(busy, { type: 'does', line: 'a', doing: 'command' }).queue
    expect(step(command, { type: 'let-go', how: 'background' }).effects).toEqual([{ type: 'cut', line: 'a' }])
    expect(step(busy, { type: 'let-go', how: 'background' })).toEqual({ queue: busy, effects: [] })
  })
})

// What a user, the disk and the engine may do, in any order: each number picks one event that is possible then.
const STORY = fc.array(fc.nat(1000), { minLength: 10, maxLength: 60, size: 'max' })

type Told = {
  readonly event: QueueEvent
  readonly effects: readonly QueueEffect[]
  readonly queue: LineQueue
}

/** Plays a story, and returns every event with its step. */
function play(story: readonly number[]): readonly Told[] {
  const told: Told[] = []
  let queue = EMPTY_QUEUE
  let typed = 0
  let asked: QueueEffect | undefined
  for (const number of story) {
    const possible = [...eventsFor(queue, asked, `l${typed + 1}`)]
    const event = possible[number % possible.length] ?? { type: 'run-held' }
    const stepped = step(queue, event)
    queue = stepped.queue
    told.push({ event, ...stepped })
    if (event.type === 'typed') typed += 1
    if (event.type === 'read' || event.type === 'recorded') asked = undefined
    asked = stepped.effects.find(({ type }) => type === 'read' || type === 'record') ?? asked
  }
  return told
}

/** `asked`: what is being done for the line that was typed last; no other line is taken until that is done. */
function* eventsFor(queue: LineQueue, asked: QueueEffect | undefined, next: string): Generator<QueueEvent> {
  const { front, background, following } = queue
  if (following) yield { type: 'followed' }
  if (!asked) {
    for (let times = 0; times < 4; times++) yield { type: 'typed', line: next, is: 'prompt' }
    yield { type: 'typed', line: next, is: 'command' }
    yield { type: 'typed', line: next, is: 'at-once' }
  }
  if (asked?.type === 'read') {
    yield { type: 'read', line: asked.line, to: 'go' }
    yield { type: 'read', line: asked.line, to: 'go' }
    yield { type: 'read', line: asked.line, to: 'back' }
  }
  if (asked?.type === 'record') {
    for (const well of [true, true, true, false]) yield { type: 'recorded', line: asked.line, well }
  }
  if (front) {
    const { line } = front
    yield { type: 'does', line, doing: 'turn' }
    for (const well of [true, false]) {
      for (const moved of [false, true]) yield { type: 'ended', line, well, moved, follows: false }
    }
    yield { type: 'ended', line, well: true, moved: false, follows: true }
    if (front.waited) yield { type: 'put-back', line }
    yield { type: 'let-go', how: 'background' }
  }
  for (const line of background) yield end(line, { well: false })
  if (queue.held) {
    yield { type: 'run-held' }
    yield { type: 'drop-held' }
  }
}

const linesIn = (told: readonly Told[]) =>
  told.flatMap(({ event }) => (event.type === 'typed' ? [event.line] : []))

describe('whatever happens', () => {
  test('no line is lost and none is in two places', () => {
    fc.assert(
      fc.property(STORY, (story) => {
        const gone = new Set<string>()
        const seen = new Set<string>()
        for (const { event, effects, queue } of play(story)) {
          if (event.type === 'typed') seen.add(event.line)
          if (event.type === 'ended') gone.add(event.line)
          for (const effect of effects) {
            if (effect.type === 'beside' || effect.type === 'give-back') gone.add(effect.line)
            if (effect.type === 'drop') for (const line of effect.lines) gone.add(line)
          }
          const here = [queue.front?.line, queue.intake?.line, ...queue.background, ...queue.waiting].filter(
            (line) => line !== undefined,
          )
          expect(new Set(here).size).toBe(here.length)
          expect(new Set([...here, ...gone])).toEqual(seen)
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('none is sent twice, and queued lines are sent in the order in which they were typed', () => {
    fc.assert(
      fc.property(STORY, (story) => {
        const told = play(story)
        const open = new Set<string>()
        const order = linesIn(told)
        let last = -1
        for (const { event, effects } of told) {
          if (event.type === 'put-back') {
            open.delete(event.line)
            last = -1
          }
          for (const effect of effects) {
            if (effect.type !== 'start') continue
            expect(open.has(effect.line)).toBe(false)
            open.add(effect.line)
            if (!effect.waited) continue
            expect(order.indexOf(effect.line)).toBeGreaterThan(last)
            last = order.indexOf(effect.line)
          }
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('at most one line is in the foreground', () => {
    fc.assert(
      fc.property(STORY, (story) => {
        let front: string | null = null
        for (const { event, effects, queue } of play(story)) {
          if (event.type === 'ended' && event.line === front) front = null
          if (event.type === 'put-back' || event.type === 'let-go') front = queue.front?.line ?? null
          for (const effect of effects) {
            if (effect.type !== 'start') continue
            expect(front).toBeNull()
            front = effect.line
          }
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('lines that were queued when a line failed are not sent before the user has pressed a key for them', () => {
    fc.assert(
      fc.property(STORY, (story) => {
        let barred = new Set<string>()
        let before = EMPTY_QUEUE
        for (const { event, effects, queue } of play(story)) {
          if (event.type === 'run-held') barred = new Set()
          for (const effect of effects) {
            if (effect.type === 'start' && effect.waited) expect(barred.has(effect.line)).toBe(false)
          }
          if (event.type === 'ended' && before.front?.line === event.line && !event.well) {
            for (const line of queue.waiting) barred.add(line)
            if (queue.intake?.under === event.line) barred.add(queue.intake.line)
          }
          before = queue
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('a queue that has settled starts nothing by itself', () => {
    fc.assert(
      fc.property(STORY, (story) => {
        for (const { queue } of play(story)) {
          if (isSettled(queue)) expect(step(queue, { type: 'followed' }).effects).toEqual([])
        }
      }),
    )
  })
})
