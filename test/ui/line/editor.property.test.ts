import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Chip } from '../../../src/ui/line/editor.ts'
import { EMPTY, edit, paste, withText } from '../../../src/ui/line/editor.ts'
import { ctrl, press, SENDS, WIDE } from './press.ts'

const segmenter = new Intl.Segmenter()
const borders = (text: string) =>
  new Set([...segmenter.segment(text)].map((one) => one.index).concat(text.length))

const text = fc.string({ unit: 'grapheme', maxLength: 30 })
/** Including incomplete characters: lone surrogates, accents without a letter, joiners. */
const anything = fc.oneof(
  text,
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc
    .array(
      fc.constantFrom('a', ' ', '\n', '\u0301', '\u200d', '👩', '🇩', '漢', '\\', 'v3', '\u0600', 'ᄀ', 'ᅡ'),
    )
    .map((all) => all.join('')),
)
const named = fc.constantFrom(
  ...Object.values(SENDS),
  ...[...'abdefhjklnpuwy_'].map(ctrl),
  '\x1bd',
  '\x1b[1;5D',
)
const keys = fc.array(
  fc.oneof(
    named,
    anything.filter((one) => !/[\x00-\x1f\x7f-\x9f]/.test(one)),
  ),
  { maxLength: 40 },
)
const chipsOf = (line: string): Chip[] =>
  [...line.matchAll(/(?<!\\)v3/g)].map((match) => ({
    start: match.index,
    end: match.index + 2,
    kind: 'version',
  }))

test('whatever is typed, the cursor stays between whole characters and nothing breaks', () => {
  fc.assert(
    fc.property(
      anything,
      keys,
      fc.array(anything),
      fc.integer({ min: 1, max: 30 }),
      (start, pressed, history, columns) => {
        const space = { columns, first: 2, rest: 0 }
        let editor = paste(EMPTY, start)
        for (const bytes of pressed) {
          editor = press(bytes, { space, history, chipsOf }, editor).editor
          expect(borders(editor.text)).toContain(editor.cursor)
          expect(editor.text.isWellFormed()).toBe(true)
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('Backspace deletes the character that was just typed, whatever it consists of', () => {
  fc.assert(
    fc.property(
      text,
      text,
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
      (left, right, one) => {
        const whole = paste(EMPTY, `${left}${right}`)
        const at = paste(EMPTY, left).text.length
        fc.pre(borders(whole.text).has(at))
        const start = withText(EMPTY, whole.text, at)
        const typed = paste(start, one)
        fc.pre(typed.text.length > start.text.length)
        // Text that joins its neighbours is not a separate character any more.
        fc.pre(borders(typed.text).has(at) && typed.cursor - at === typed.text.length - start.text.length)
        const key = { name: 'backspace', text: '', ctrl: false, alt: false, shift: false } as const
        const before = [...segmenter.segment(typed.text.slice(at, typed.cursor))].length
        let back = typed
        for (let count = 0; count < before; count++)
          back = edit(back, key, { space: WIDE, history: [], chips: [] }).editor
        expect(back.text).toBe(start.text)
        expect(back.cursor).toBe(at)
      },
    ),
    { numRuns: 500 },
  )
})

test('going up through the history and down again returns the draft', () => {
  fc.assert(
    fc.property(
      text,
      fc.array(text, { minLength: 1 }),
      fc.integer({ min: 1, max: 20 }),
      (draft, history, times) => {
        const start = paste(EMPTY, draft)
        const walked = press(ctrl('p').repeat(times), { history }, start).editor
        const back = press(
          ctrl('n').repeat(history.join('').length + history.length + 60),
          { history },
          walked,
        ).editor
        expect(back.text).toBe(start.text)
      },
    ),
    { numRuns: 60 },
  )
})

test('undo, pressed often enough, restores the first text', () => {
  fc.assert(
    fc.property(text, keys, (start, pressed) => {
      const safe = pressed.filter((bytes) => !/[\r\x10\x0e]|\x1b\[[AB]/.test(bytes))
      const first = withText(EMPTY, paste(EMPTY, start).text)
      const last = press(safe.join(''), { chipsOf }, { ...first, undo: [] }).editor
      expect(press(ctrl('_').repeat(200), {}, last).editor.text).toBe(first.text)
    }),
    { numRuns: 200 },
  )
})
