import fc from 'fast-check'
import { Box } from 'ink'
import { createElement, Fragment } from 'react'
import { describe, expect, test } from 'vitest'
import type { Question } from '../../../src/core/event.ts'
import { arrange } from '../../../src/ui/layers/arrange.ts'
import { LAYERS } from '../../../src/ui/layers/key-layers.ts'
import { type Layer, SLOTS } from '../../../src/ui/layers/layer.ts'
import { type Layers, openStack } from '../../../src/ui/layers/layer-stack.ts'
import { ctrl, SENDS } from '../line/press.ts'
import { onScreen } from '../screen.ts'
import { choiceSession, Hands, NOTHING_ELSE, screenOf, turnLane, waitingSession } from './hands.ts'

/** A layer that does nothing but want rows. */
const wanting = fc
  .record({
    slot: fc.constantFrom(...SLOTS),
    least: fc.nat(5),
    more: fc.nat(30),
    alone: fc.boolean(),
    says: fc.boolean(),
  })
  .map(
    ({ slot, least, more, alone, says }): Layer<unknown> => ({
      title: slot,
      about: '',
      initial: null,
      bindings: [],
      notice: () => (says ? { text: 'a word', tone: 'plain' } : null),
      view: { slot, rows: () => ({ least, most: least + more }), alone: () => alone, draw: () => null },
    }),
  )

const placedOf = (layers: Layers, columns: number, rows: number) =>
  arrange(layers, openStack(layers), { ...NOTHING_ELSE, screen: null, columns, rows })

describe('the rows of the live area', () => {
  test('are fewer than the window has, whatever the layers want, and no two layers share one', () => {
    fc.assert(
      fc.property(fc.array(wanting), fc.nat(200), fc.nat(60), (layers, columns, rows) => {
        const { gap, placed } = placedOf(layers, columns, rows)
        let next: number = gap
        for (const { area, view, own, scene } of placed) {
          expect(area.top).toBe(next)
          expect(area.rows).toBeGreaterThan(0)
          expect(area.rows).toBeLessThanOrEqual(view.rows(own, scene).most)
          next += area.rows
        }
        expect(next).toBeLessThanOrEqual(Math.max(0, rows - 1))
        const slots = placed.map(({ view }) => SLOTS.indexOf(view.slot))
        expect(slots).toEqual([...new Set(slots)].toSorted((one, other) => one - other))
      }),
      { numRuns: 1000 },
    )
  })

  test('are all given out while any layer wants more', () => {
    fc.assert(
      fc.property(fc.array(wanting), fc.integer({ min: 2, max: 60 }), (layers, rows) => {
        const { gap, placed } = placedOf(layers, 80, rows)
        const wanted = placed.some(({ view, own, scene, area }) => area.rows < view.rows(own, scene).most)
        const used = placed.reduce((sum, { area }) => sum + area.rows, 0)
        if (wanted) expect(used + gap).toBe(rows - 1)
      }),
    )
  })

  test('all go to the topmost layer that wants to be alone, in a small window without a notice', () => {
    const quiet = wanting.filter(({ notice }) => !notice?.(null, {} as never))
    fc.assert(
      fc.property(fc.array(quiet), fc.integer({ min: 2, max: 11 }), (layers, rows) => {
        const drawn = layers.filter((one) => one === layers.find((other) => hides(other, one)))
        const first = drawn.find(({ view }) => view?.alone?.(null, {} as never))
        const { placed } = placedOf(layers, 80, rows)
        if (first) expect(placed.map(({ layer }) => layer)).toEqual([first])
      }),
    )
  })
})

/** Whether a layer takes the slot that the other one wants. */
function hides({ view }: Layer<unknown>, other: Layer<unknown>): boolean {
  return view !== undefined && view.slot === other.view?.slot && view.rows(null, {} as never).most > 0
}

const LONG = 'make the fox red and the meadow darker, and the sky as in v3 with a 漢字 on the wall. '
const question = fc.oneof(
  fc.constant(null),
  fc.constantFrom<Question>(
    { kind: 'yes-no', text: LONG.repeat(3), default: false },
    { kind: 'secret', text: LONG },
    {
      kind: 'choice',
      text: LONG,
      choices: Array.from({ length: 20 }, (_, at) => ({ value: `${at}`, label: LONG })),
      default: '',
    },
  ),
)
const MENU = {
  start: 0,
  candidates: Array.from({ length: 30 }, (_, at) => ({ name: `/漢字${at}`, summary: LONG, insert: 'x' })),
}

/** limn's own layers in any state that a few keys can reach. */
const anyHands = fc
  .record({
    columns: fc.integer({ min: 1, max: 100 }),
    rows: fc.integer({ min: 2, max: 40 }),
    question,
    turn: fc.boolean(),
    held: fc.boolean(),
    session: fc.constantFrom('new', 'waiting', 'choice'),
    offer: fc.constantFrom(null, { line: LONG }, { line: LONG, instead: 'a fox' }),
    keys: fc.array(
      fc.constantFrom(
        '?',
        LONG,
        '/un',
        'a',
        SENDS.left,
        SENDS.up,
        SENDS.shiftEnter,
        ctrl('c'),
        ctrl('t'),
        '\x1b',
      ),
      { maxLength: 6 },
    ),
    menu: fc.boolean(),
  })
  .map(({ columns, rows, question: asked, turn, held, session, offer, keys, menu }) => {
    const sessions = {
      new: {},
      waiting: { session: waitingSession(LONG, 'a hat', 'no hat', LONG) },
      choice: { session: choiceSession() },
    }
    const lane = turn ? { lane: turnLane() } : {}
    const screen = screenOf({ question: asked, held, offer, ...lane, ...sessions[session as 'new'] })
    const hands = new Hands({ columns, rows, screen })
    for (const key of keys) hands.types(key)
    if (menu && hands.lookedUp.length > 0) hands.finds(MENU)
    return hands
  })

test('limn’s own layers take fewer rows than the window has, and the cursor is among them', async () => {
  await fc.assert(
    fc.asyncProperty(anyHands, async (hands) => {
      const { columns, rows } = hands.world
      const { gap, placed } = arrange(LAYERS, hands.state, hands.world)
      const given = gap + placed.reduce((sum, { area }) => sum + area.rows, 0)
      expect(given).toBeLessThan(rows)
      const drawn = placed.map(({ layer, view, own, scene, area }) =>
        createElement(Fragment, { key: layer.title }, view.draw(own, scene, area)),
      )
      // In a larger window, so that too many rows would be visible.
      const screen = onScreen(
        createElement(Box, { flexDirection: 'column', paddingTop: gap }, drawn),
        columns,
        rows + 20,
      )
      try {
        await screen.written()
        expect(screen.lines().length).toBeLessThanOrEqual(given)
        expect(screen.cursor().y).toBeLessThanOrEqual(given)
        expect(screen.cursor().x).toBeLessThan(columns)
      } finally {
        await screen.close()
      }
    }),
    { numRuns: 150 },
  )
})

describe('in a window of 20 × 5', () => {
  const titles = (hands: Hands) =>
    arrange(LAYERS, hands.state, hands.world).placed.map(({ layer, area }) => `${layer.title}: ${area.rows}`)
  const asked: Question = {
    kind: 'yes-no',
    text: 'No Gemini image is transparent. Send the line?',
    default: false,
  }
  const small = (change: Parameters<typeof screenOf>[0]) =>
    new Hands({ columns: 20, rows: 5, screen: screenOf(change) })

  test('an open question gets the rows of an empty prompt and of the status row too', () => {
    expect(titles(small({ question: asked, lane: turnLane() }))).toEqual(['A question: 4'])
    expect(titles(small({ question: asked }).types('no'))).toEqual([
      'The line: 1',
      'A question: 2',
      'The status row: 1',
    ])
  })

  test('the notice of Ctrl-C is visible beside a question', () => {
    expect(titles(small({ question: asked }).types(ctrl('c')))).toContain('The status row: 1')
  })

  test('so is the notice of a stalled paste', () => {
    const hands = small({ question: asked }).shows({ pasting: 12 })
    const { placed } = arrange(LAYERS, hands.state, hands.world)
    expect(placed.at(-1)?.area.notice?.text).toBe(
      'The paste has stalled after 12 characters: Ctrl-C ends it.',
    )
  })

  test('a turn, a line and the queued lines get one row each', () => {
    const hands = small({ lane: turnLane(), session: waitingSession('a hat', 'no hat') })
    expect(titles(hands)).toEqual([
      'A running turn: 1',
      'The line: 1',
      'Queued lines: 1',
      'The status row: 1',
    ])
  })

  test('the key help gets all rows', () => {
    expect(titles(small({}).types('?'))).toEqual(['Key help: 4'])
  })
})
