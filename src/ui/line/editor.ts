import type { Key } from '../../terminal/keys/keys.ts'
import { after, before, blankBefore, borderFrom, wordAfter, wordBefore } from '../../text/graphemes.ts'
import { sanitize } from '../../text/sanitize.ts'
import { offsetAt, placeOf, type Space, wrap } from '../../text/wrap.ts'
import { newer, older, type Walk } from './history.ts'

/** A mention that was recognised in the text. `unknown` is a name that is still being typed. */
export type Chip = {
  readonly start: number
  readonly end: number
  readonly kind: 'version' | 'reference' | 'file' | 'unknown'
}

type Snapshot = { readonly text: string; readonly cursor: number }

/** What the key before this one did, where the next key depends on it. */
type Last =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'typing' }
  | { readonly kind: 'kill' }
  /** Up and Down keep to the column that they started from. */
  | { readonly kind: 'climb'; readonly column: number }
  /** Backspace made a mention literal by the `\` at this offset. */
  | { readonly kind: 'literal'; readonly at: number }

export type Editor = Snapshot & {
  /** A line that was put there for the user and not touched since: typing replaces it, as it does selected text. */
  readonly offered: boolean
  /** What the text was before it was proposed, while it is as it was proposed. */
  readonly instead: string | null
  readonly walk: Walk | null
  readonly killed: string
  readonly undo: readonly Snapshot[]
  readonly last: Last
}

export type Action =
  | { readonly kind: 'submit'; readonly text: string }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'interrupt' }
  | { readonly kind: 'end' }
  | { readonly kind: 'complete'; readonly direction: 'next' | 'previous' }
  | { readonly kind: 'improve' }
  | { readonly kind: 'redraw' }

export type View = {
  readonly space: Space
  /** Newest last. */
  readonly history: readonly string[]
  /** The mentions of the editor's text. */
  readonly chips: readonly Chip[]
}

export type Edited = { readonly editor: Editor; readonly action?: Action }

type Act = (editor: Editor, view: View) => Editor | Edited

const NOTHING: Last = { kind: 'nothing' }
const UNDO_DEPTH = 200

export const EMPTY: Editor = {
  text: '',
  cursor: 0,
  offered: false,
  instead: null,
  walk: null,
  killed: '',
  undo: [],
  last: NOTHING,
}

/** Keys after which an offered line is still one: what the first three do to it is for the owner to say. */
const LEAVE_AN_OFFER: ReadonlySet<string> = new Set(['escape', 'ctrl-c', 'ctrl-l'])

/** One key. The text changes here; what an action means is for the owner to say. */
export function edit(editor: Editor, key: Key, view: View): Edited {
  if (key.name === 'text' && !key.ctrl && !key.alt) return { editor: insert(editor, key.text) }
  const chord = chordOf(key)
  const act = KEYS[chord]
  if (!act) return { editor: { ...editor, last: NOTHING } }
  const acted = act(editor, view)
  const edited = 'editor' in acted ? acted : { editor: acted }
  if (!editor.offered || LEAVE_AN_OFFER.has(chord)) return edited
  return { ...edited, editor: { ...edited.editor, offered: false } }
}

/** A paste of several lines is one prompt. It never submits, whatever it holds. */
export function paste(editor: Editor, text: string): Editor {
  let clean = sanitize(text)
  while (clean.endsWith('\n')) clean = clean.slice(0, -1)
  const { start, end } = typedOver(editor, clean)
  return replace(editor, start, end, clean)
}

/** Another text in the place of this one, as when a name is completed. */
export function withText(editor: Editor, text: string, cursor: number = text.length): Editor {
  return { ...change(editor, text, cursor), walk: null }
}

/** A line for the user to send again with Enter alone. */
export function withOffer(editor: Editor, line: string): Editor {
  return { ...withText(editor, line), offered: true }
}

/** A line to go on with; the one that it was made of can be had again, by undo too. */
export function withProposal(editor: Editor, line: string, instead: string): Editor {
  return { ...withText(withText(editor, instead), line), instead }
}

// Shift matters for Enter and Tab alone: a terminal tells it only sometimes.
function chordOf({ name, text, ctrl, alt, shift }: Key): string {
  const plain = name === 'text' ? text.toLowerCase() : name
  const shifted = shift && (name === 'enter' || name === 'tab')
  return `${ctrl ? 'ctrl-' : ''}${alt ? 'alt-' : ''}${shifted ? 'shift-' : ''}${plain}`
}

function insert(editor: Editor, typed: string): Editor {
  const clean = sanitize(typed)
  const { text, last } = editor
  const { start, end } = typedOver(editor, clean)
  const next = change(
    editor,
    text.slice(0, start) + clean + text.slice(end),
    start + clean.length,
    last.kind === 'typing' ? editor.undo : undefined,
  )
  return { ...next, last: { kind: 'typing' } }
}

/** What gives way to typed text: nothing, or the whole of an offered line. */
function typedOver({ text, cursor, offered }: Editor, typed: string): { start: number; end: number } {
  return offered && typed !== '' ? { start: 0, end: text.length } : { start: cursor, end: cursor }
}

function change(editor: Editor, text: string, cursor: number, undo?: readonly Snapshot[]): Editor {
  const { text: was, cursor: stood } = editor
  const kept = text === was ? editor.undo : [...editor.undo, { text: was, cursor: stood }].slice(-UNDO_DEPTH)
  const same = text === was
  const offered = editor.offered && same
  const instead = same ? editor.instead : null
  return {
    ...editor,
    text,
    cursor: borderFrom(text, cursor),
    offered,
    instead,
    undo: undo ?? kept,
    last: NOTHING,
  }
}

function replace(editor: Editor, start: number, end: number, text = ''): Editor {
  return change(editor, editor.text.slice(0, start) + text + editor.text.slice(end), start + text.length)
}

function undo(editor: Editor): Editor {
  const earlier = editor.undo.at(-1)
  return earlier
    ? { ...editor, ...earlier, instead: null, undo: editor.undo.slice(0, -1), last: NOTHING }
    : editor
}

type To = (text: string, cursor: number) => number

const lineStart: To = (text, cursor) => (cursor === 0 ? 0 : text.lastIndexOf('\n', cursor - 1) + 1)
const lineEnd: To = (text, cursor) => {
  const end = text.indexOf('\n', cursor)
  return end === -1 ? text.length : end
}
// At the end of a line, killing takes the newline: pressed again and again, all goes.
const killStart: To = (text, cursor) =>
  lineStart(text, cursor) === cursor ? before(text, cursor) : lineStart(text, cursor)
const killEnd: To = (text, cursor) =>
  lineEnd(text, cursor) === cursor ? after(text, cursor) : lineEnd(text, cursor)

const go =
  (to: To): Act =>
  (editor) => ({ ...editor, cursor: to(editor.text, editor.cursor), last: NOTHING })

/** Kills that follow one another are yanked together. */
const kill =
  (to: To): Act =>
  (editor) => {
    const { text, cursor, last, killed } = editor
    const other = to(text, cursor)
    const gone = text.slice(Math.min(cursor, other), Math.max(cursor, other))
    const sofar = last.kind === 'kill' ? killed : ''
    return {
      ...replace(editor, Math.min(cursor, other), Math.max(cursor, other)),
      killed: gone === '' ? killed : other < cursor ? gone + sofar : sofar + gone,
      last: { kind: 'kill' },
    }
  }

const remove: Act = (editor) => replace(editor, editor.cursor, after(editor.text, editor.cursor))

/**
 * Backspace after a mention makes it plain text again: `v3` becomes `\v3`. Pressed once more, it was meant to
 * delete: the `\` goes too.
 */
const backspace: Act = (editor, { chips }) => {
  const { text, cursor, last } = editor
  const start = before(text, cursor)
  if (last.kind === 'literal') {
    const kept = text.slice(0, last.at) + text.slice(last.at + 1, start) + text.slice(cursor)
    return change(editor, kept, start - 1)
  }
  const chip = chips.find((one) => one.end === cursor && one.kind !== 'unknown')
  if (!chip) return replace(editor, start, cursor)
  const literal = `${text.slice(0, chip.start)}\\${text.slice(chip.start)}`
  return { ...change(editor, literal, cursor + 1), last: { kind: 'literal', at: chip.start } }
}

const newline: Act = (editor) => replace(editor, editor.cursor, editor.cursor, '\n')

const enter: Act = (editor) => {
  const { text, cursor, killed, offered } = editor
  if (!offered && text[cursor - 1] === '\\' && lineEnd(text, cursor) === cursor) {
    return replace(editor, cursor - 1, cursor, '\n')
  }
  return { editor: { ...EMPTY, killed }, action: { kind: 'submit', text } }
}

/** Through the rows of the text first, then through the history. */
const climb =
  (by: -1 | 1): Act =>
  (editor, { space, history }) => {
    const { text, cursor, last, walk, offered } = editor
    const rows = wrap(text, space)
    const place = placeOf(text, rows, cursor, space.columns)
    const column = last.kind === 'climb' ? last.column : place.column
    if (rows[place.row + by]) {
      const to = offsetAt(text, rows, place.row + by, column)
      return { ...editor, cursor: to, last: { kind: 'climb', column } }
    }
    const from = offered ? walkTo(text, history) : walk
    const step = by < 0 ? older(history, from, text) : newer(history, from, text)
    return step ? { ...editor, ...step, instead: null, cursor: step.text.length, last: NOTHING } : editor
  }

/** An offered line is the newest of the history as a rule: Up goes to the one before it. */
function walkTo(text: string, history: readonly string[]): Walk | null {
  return history.at(-1) === text ? { index: history.length - 1, typed: new Map() } : null
}

const report =
  (action: Action): Act =>
  (editor) => ({ editor: { ...editor, last: NOTHING }, action })

const deleteOrEnd: Act = (editor, view) =>
  editor.text === '' ? { editor, action: { kind: 'end' } } : remove(editor, view)

const KEYS: Readonly<Record<string, Act>> = {
  left: go(before),
  'ctrl-b': go(before),
  right: go(after),
  'ctrl-f': go(after),
  'ctrl-left': go(wordBefore),
  'alt-left': go(wordBefore),
  'alt-b': go(wordBefore),
  'ctrl-right': go(wordAfter),
  'alt-right': go(wordAfter),
  'alt-f': go(wordAfter),
  home: go(lineStart),
  'ctrl-a': go(lineStart),
  end: go(lineEnd),
  'ctrl-e': go(lineEnd),
  'ctrl-home': go(() => 0),
  'ctrl-end': go((text) => text.length),
  up: climb(-1),
  'ctrl-p': climb(-1),
  down: climb(1),
  'ctrl-n': climb(1),

  backspace,
  'ctrl-h': backspace,
  delete: remove,
  'ctrl-d': deleteOrEnd,
  'ctrl-k': kill(killEnd),
  'ctrl-u': kill(killStart),
  'ctrl-w': kill(blankBefore),
  'alt-backspace': kill(wordBefore),
  'ctrl-backspace': kill(wordBefore),
  'alt-d': kill(wordAfter),
  'alt-delete': kill(wordAfter),
  'ctrl-delete': kill(wordAfter),
  'ctrl-y': (editor) => replace(editor, editor.cursor, editor.cursor, editor.killed),
  'ctrl-_': undo,
  'ctrl-/': undo,

  enter,
  'shift-enter': newline,
  'alt-enter': newline,
  'alt-shift-enter': newline,
  'ctrl-j': newline,

  tab: report({ kind: 'complete', direction: 'next' }),
  'shift-tab': report({ kind: 'complete', direction: 'previous' }),
  escape: report({ kind: 'cancel' }),
  'ctrl-c': report({ kind: 'interrupt' }),
  'ctrl-t': report({ kind: 'improve' }),
  'ctrl-l': report({ kind: 'redraw' }),
}
