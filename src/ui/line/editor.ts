import type { Key } from '../../terminal/keys/parse-keys.ts'
import { after, before, blankBefore, borderFrom, wordAfter, wordBefore } from '../../text/graphemes.ts'
import { sanitize } from '../../text/sanitize.ts'
import { offsetAt, placeOf, type Space, wrap } from '../../text/wrap.ts'
import { type Chord, chordOf } from './chord.ts'
import { newer, older, type Walk } from './history.ts'

/** A mention recognised in the text. `unknown` is a name that is still being typed. */
export type Chip = {
  readonly start: number
  readonly end: number
  readonly kind: 'version' | 'reference' | 'file' | 'unknown'
}

type Snapshot = { readonly text: string; readonly cursor: number }

/** What the last key did, where the next one depends on it. */
type Last =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'typing' }
  | { readonly kind: 'kill' }
  /** Up and Down stay in the column where they started. */
  | { readonly kind: 'climb'; readonly column: number }
  /** Backspace made a mention plain text with the `\` at this offset. */
  | { readonly kind: 'literal'; readonly at: number }

export type Editor = Snapshot & {
  /** limn has put this line here and the user has not touched it: typing replaces it, like selected text. */
  readonly offered: boolean
  /** The user's own text, while the text is a proposal that has not been changed. */
  readonly instead: string | null
  readonly walk: Walk | null
  readonly killed: string
  readonly undo: readonly Snapshot[]
  readonly last: Last
}

export type View = {
  readonly space: Space
  /** Newest last. */
  readonly history: readonly string[]
  /** The mentions in the editor's text. */
  readonly chips: readonly Chip[]
}

/** `submit`: the line that Enter sends. */
export type Edited = { readonly editor: Editor; readonly submit?: string }

type Act = (editor: Editor, view: View) => Editor | Edited

/** A key that edits the line. `does` says so in the user's words, under the heading `section`. */
export type EditorKey = {
  /** The best known one first. */
  readonly keys: readonly Chord[]
  readonly section: 'Send' | 'Move' | 'Delete'
  readonly does: string
  readonly act: Act
}

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

/** Applies one key. The caller decides what happens to a submitted line. */
export function edit(editor: Editor, key: Key, view: View): Edited {
  if (key.name === 'text' && !key.ctrl && !key.alt) return { editor: insert(editor, key.text) }
  const chord = chordOf(key)
  const found = EDITOR_KEYS.find(({ keys }) => keys.some((one) => one === chord))
  if (!found) return { editor: interrupted(editor) }
  const acted = found.act(editor, view)
  const edited = 'editor' in acted ? acted : { editor: acted }
  return { ...edited, editor: touched(edited.editor) }
}

/** Another layer took a key: what follows starts over, so that a kill is not joined with the one before. */
export function interrupted(editor: Editor): Editor {
  return editor.last.kind === 'nothing' ? editor : { ...editor, last: NOTHING }
}

/** An offered line becomes ordinary text. */
export function touched(editor: Editor): Editor {
  return editor.offered ? { ...editor, offered: false } : editor
}

/** Several pasted lines are one prompt. A paste never submits, whatever it contains. */
export function paste(editor: Editor, text: string): Editor {
  let clean = sanitize(text)
  while (clean.endsWith('\n')) clean = clean.slice(0, -1)
  const { start, end } = typedOver(editor, clean)
  return replace(editor, start, end, clean)
}

/** Replaces the whole text, as when a name is completed. */
export function withText(editor: Editor, text: string, cursor: number = text.length): Editor {
  return { ...change(editor, text, cursor), walk: null }
}

/** A line that the user can send again with Enter alone. */
export function withOffer(editor: Editor, line: string): Editor {
  return { ...withText(editor, line), offered: true }
}

/** A proposed line to continue with; Esc and undo restore the line that it was made from. */
export function withProposal(editor: Editor, line: string, instead: string): Editor {
  return { ...withText(withText(editor, instead), line), instead }
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

/** The range that typed text replaces: empty, or the whole of an offered line. */
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
// At the end of a line, a kill takes the newline: pressed repeatedly, it deletes everything.
const killStart: To = (text, cursor) =>
  lineStart(text, cursor) === cursor ? before(text, cursor) : lineStart(text, cursor)
const killEnd: To = (text, cursor) =>
  lineEnd(text, cursor) === cursor ? after(text, cursor) : lineEnd(text, cursor)

const go =
  (to: To): Act =>
  (editor) => ({ ...editor, cursor: to(editor.text, editor.cursor), last: NOTHING })

/** Consecutive kills are yanked together. */
const kill =
  (to: To): Act =>
  (editor) => {
    const { text, cursor, last, killed } = editor
    const other = to(text, cursor)
    const gone = text.slice(Math.min(cursor, other), Math.max(cursor, other))
    const earlier = last.kind === 'kill' ? killed : ''
    return {
      ...replace(editor, Math.min(cursor, other), Math.max(cursor, other)),
      killed: gone === '' ? killed : other < cursor ? gone + earlier : earlier + gone,
      last: { kind: 'kill' },
    }
  }

const remove: Act = (editor) => replace(editor, editor.cursor, after(editor.text, editor.cursor))

/**
 * Backspace after a mention makes it plain text: `v3` becomes `\v3`. A second press deletes a character, and the `\`
 * with it.
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
  return { editor: { ...EMPTY, killed }, submit: text }
}

/** Moves through the rows of the text first, then through the history. */
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

/** An offered line is usually the newest in the history: Up goes to the one before it. */
function walkTo(text: string, history: readonly string[]): Walk | null {
  return history.at(-1) === text ? { index: history.length - 1, typed: new Map() } : null
}

/** The keys of the line editor, for when no layer above the line takes them. */
export const EDITOR_KEYS: readonly EditorKey[] = [
  { keys: ['enter'], section: 'Send', does: 'send the line', act: enter },
  {
    keys: ['ctrl-j', 'alt-enter', 'shift-enter', 'alt-shift-enter'],
    section: 'Send',
    does: 'start a new row',
    act: newline,
  },

  { keys: ['left', 'ctrl-b'], section: 'Move', does: 'a character left', act: go(before) },
  { keys: ['right', 'ctrl-f'], section: 'Move', does: 'a character right', act: go(after) },
  { keys: ['alt-b', 'ctrl-left', 'alt-left'], section: 'Move', does: 'a word left', act: go(wordBefore) },
  { keys: ['alt-f', 'ctrl-right', 'alt-right'], section: 'Move', does: 'a word right', act: go(wordAfter) },
  { keys: ['ctrl-a', 'home'], section: 'Move', does: 'to the start of the row', act: go(lineStart) },
  { keys: ['ctrl-e', 'end'], section: 'Move', does: 'to the end of the row', act: go(lineEnd) },
  { keys: ['ctrl-home'], section: 'Move', does: 'to the start of the line', act: go(() => 0) },
  { keys: ['ctrl-end'], section: 'Move', does: 'to the end of the line', act: go((text) => text.length) },
  { keys: ['up', 'ctrl-p'], section: 'Move', does: 'row up, or older lines', act: climb(-1) },
  { keys: ['down', 'ctrl-n'], section: 'Move', does: 'row down, or newer lines', act: climb(1) },

  {
    keys: ['backspace', 'ctrl-h'],
    section: 'Delete',
    does: 'the character before',
    act: backspace,
  },
  { keys: ['delete', 'ctrl-d'], section: 'Delete', does: 'the character after', act: remove },
  { keys: ['ctrl-w'], section: 'Delete', does: 'back to a space', act: kill(blankBefore) },
  {
    keys: ['alt-backspace', 'ctrl-backspace'],
    section: 'Delete',
    does: 'the word before',
    act: kill(wordBefore),
  },
  {
    keys: ['alt-d', 'alt-delete', 'ctrl-delete'],
    section: 'Delete',
    does: 'the word after',
    act: kill(wordAfter),
  },
  { keys: ['ctrl-u'], section: 'Delete', does: 'to the start of the row', act: kill(killStart) },
  { keys: ['ctrl-k'], section: 'Delete', does: 'to the end of the row', act: kill(killEnd) },
  {
    keys: ['ctrl-y'],
    section: 'Delete',
    does: 'put back what was cut',
    act: (editor) => replace(editor, editor.cursor, editor.cursor, editor.killed),
  },
  { keys: ['ctrl-_', 'ctrl-/'], section: 'Delete', does: 'undo the last change', act: undo },
]
