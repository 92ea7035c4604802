// From the terminal's text to keys, pastes and answers. Pure; the text may come in any pieces.
import { controlKey, type Key, type KeyName, meaningOf, named, typed } from './sequences.ts'

export type { Key, KeyName }

export type InputEvent =
  | { kind: 'key'; key: Key }
  | { kind: 'paste'; text: string }
  /** A paste has begun and stalled after this many characters. */
  | { kind: 'pasting'; characters: number }
  | { kind: 'answer'; sequence: string }

export type KeyParser = {
  feed(text: string): InputEvent[]
  /** Call when nothing more has come for a while: a lone ESC was the Escape key. */
  flush(): InputEvent[]
  /** Whether something unfinished is held: call flush() after a while. */
  pending(): boolean
}

/**
 * The number of flushes (30 ms each, so 600 ms) for which the rest of an answer is awaited. The end of a paste is
 * awaited however long it takes, since its lines would be sent as if they were typed; after this many flushes, it is
 * reported.
 */
const patience = 20
// Longer than any answer that limn asks for: anything longer is not an answer, and is dropped.
const longestAnswer = 65_536
const pasteBegin = '\x1b[200~'
const pasteEnd = '\x1b[201~'

/** A sequence at an offset in the text: its end, or that it is unfinished, or that ESC is Alt or the Escape key. */
type Frame =
  | { kind: 'whole'; end: number }
  | { kind: 'broken'; end: number }
  | { kind: 'unfinished' }
  | { kind: 'none' }

const unfinished: Frame = { kind: 'unfinished' }
const none: Frame = { kind: 'none' }
const whole = (end: number): Frame => ({ kind: 'whole', end })

function csiFrame(text: string, start: number): Frame {
  if (text[start + 2] === '[') return text.length > start + 3 ? whole(start + 4) : unfinished
  let end = start + 2
  while (end < text.length && text[end]! >= '\x20' && text[end]! <= '?') end++
  if (end === text.length) return end - start > longestAnswer ? { kind: 'broken', end } : unfinished
  if (text[end]! >= '@' && text[end]! <= '~') return whole(end + 1)
  return end === start + 2 ? none : { kind: 'broken', end }
}

function ss3Frame(text: string, start: number): Frame {
  const end = /[1-8]/.test(text[start + 2] ?? '') ? start + 3 : start + 2
  if (end === text.length) return unfinished
  return /[A-DFHMP-Sa-dj-y]/.test(text[end]!) ? whole(end + 1) : none
}

// How the bodies of DCS, OSC and APC answers begin. With anything else, ESC P, ESC ] and ESC _ are Alt keys.
const bodies: Record<string, RegExp> = { P: /[>01!]/, ']': /\d/, _: /G/ }

function stringFrame(text: string, start: number): Frame {
  if (text.length === start + 2) return unfinished
  if (!bodies[text[start + 1]!]!.test(text[start + 2]!)) return none
  let end = start + 2
  while (end < text.length && text[end]! >= '\x20') end++
  if (end === text.length) return end - start > longestAnswer ? { kind: 'broken', end } : unfinished
  if (text[end] === '\x07') return whole(end + 1)
  if (text[end] !== '\x1b') return { kind: 'broken', end }
  if (end + 1 === text.length) return unfinished
  return text[end + 1] === '\\' ? whole(end + 2) : { kind: 'broken', end }
}

function frameAt(text: string, start: number): Frame {
  const next = text[start + 1]
  if (next === undefined) return unfinished
  if (next === '[') return csiFrame(text, start)
  if (next === 'O') return ss3Frame(text, start)
  return next in bodies ? stringFrame(text, start) : none
}

const isControl = (code: number) => code < 0x20 || (code >= 0x7f && code < 0xa0)
const isHighSurrogate = (code: number) => code >= 0xd800 && code < 0xdc00
const keyEvent = (key: Key): InputEvent => ({ kind: 'key', key })
const pasteEvent = (text: string): InputEvent => ({ kind: 'paste', text: text.replace(/\r\n?/g, '\n') })

/** Ctrl-C, and nothing else. */
function isInterrupt(piece: string): boolean {
  if (piece === '\x03') return true
  const frame = piece.startsWith('\x1b[') ? csiFrame(piece, 0) : none
  if (frame.kind !== 'whole' || frame.end < piece.length) return false
  const meaning = meaningOf(piece)
  return meaning.kind === 'key' && meaning.key.ctrl && meaning.key.name === 'c'
}

export function createKeyParser(): KeyParser {
  let held = ''
  let pasted: string[] | undefined
  let flushes = 0
  /** What the last flush took for keys: if it was the start of a sequence, the rest may still come. */
  let given = ''

  /** Reads one event at `at`; returns the offset of the next one, or -1 if more text is needed. */
  function read(text: string, at: number, events: InputEvent[]): number {
    if (pasted) return readPaste(text, at, events)
    if (text[at] === '\x1b') return readEscape(text, at, events)
    const code = text.charCodeAt(at)
    if (isControl(code)) {
      if (code < 0x80) events.push(keyEvent(controlKey(code))) // a C1 control is not a key
      return at + 1
    }
    let end = at
    while (end < text.length && !isControl(text.charCodeAt(end))) end++
    if (end === text.length && isHighSurrogate(text.charCodeAt(end - 1))) end--
    if (end === at) return -1
    events.push(keyEvent(typed(text.slice(at, end))))
    return end
  }

  function readPaste(text: string, at: number, events: InputEvent[]): number {
    const end = text.indexOf(pasteEnd, at)
    if (end < 0) {
      // Text that may be the start of the end mark is held, so that each byte is searched only once.
      let partial = Math.min(pasteEnd.length - 1, text.length - at)
      while (partial > 0 && !pasteEnd.startsWith(text.slice(text.length - partial))) partial--
      pasted?.push(text.slice(at, text.length - partial))
      held = text.slice(text.length - partial)
      return text.length
    }
    events.push(endPaste(text.slice(at, end)))
    return end + pasteEnd.length
  }

  function readEscape(text: string, at: number, events: InputEvent[]): number {
    const frame = frameAt(text, at)
    if (frame.kind === 'unfinished') return -1
    if (frame.kind === 'broken') return frame.end
    if (frame.kind === 'whole') {
      const meaning = meaningOf(text.slice(at, frame.end))
      if (meaning.kind === 'paste-begins') pasted = []
      else if (meaning.kind !== 'nothing') events.push(meaning)
      return frame.end
    }
    const code = text.charCodeAt(at + 1)
    if (code === 0x1b) return readDoubleEscape(text, at, events)
    if (isHighSurrogate(code) && at + 2 === text.length) return -1
    const character = String.fromCodePoint(text.codePointAt(at + 1)!)
    if (code < 0x20 || code === 0x7f) events.push(keyEvent(controlKey(code, true)))
    else if (!isControl(code)) events.push(keyEvent(typed(character, { alt: true })))
    return at + 1 + character.length
  }

  /** ESC before a complete key is Alt (rxvt, iTerm2's "Esc+"); before anything else, it is the Escape key. */
  function readDoubleEscape(text: string, at: number, events: InputEvent[]): number {
    const frame = frameAt(text, at + 1)
    if (frame.kind === 'unfinished') return -1
    if (frame.kind === 'whole') {
      const meaning = meaningOf(text.slice(at + 1, frame.end))
      if (meaning.kind === 'key') {
        events.push(keyEvent({ ...meaning.key, alt: true }))
        return frame.end
      }
    }
    events.push(keyEvent(named('escape')))
    return at + 1
  }

  /** Emits what has come of a paste. */
  function endPaste(rest: string): InputEvent {
    const text = (pasted ?? []).join('') + rest
    pasted = undefined
    held = ''
    return pasteEvent(text)
  }

  return {
    feed(piece) {
      flushes = 0
      // A terminal sends keys only after the whole paste, so the end mark of this one has been lost.
      if (pasted && isInterrupt(piece)) return [endPaste(held)]
      let text = held + piece
      if (given !== '' && (given + piece).startsWith(pasteBegin)) {
        pasted = []
        text = (given + piece).slice(pasteBegin.length)
      }
      given = ''
      const events: InputEvent[] = []
      held = ''
      for (let at = 0; at < text.length; ) {
        const next = read(text, at, events)
        if (next < 0) {
          held = text.slice(at)
          break
        }
        at = next
      }
      return events
    },

    flush() {
      flushes++
      if (pasted) {
        if (flushes !== patience) return []
        const characters = pasted.reduce((sum, { length }) => sum + length, held.length)
        return [{ kind: 'pasting', characters }]
      }
      if (held === '') return []
      const escapes = held.length - held.replace(/^\x1b+/, '').length
      const rest = held.slice(escapes)
      const events: InputEvent[] = []
      for (let n = 1; n < escapes; n++) events.push(keyEvent(named('escape')))
      if (rest.length > 1 && rest !== '[[') {
        // The start of an answer or a key is not text, however slowly the rest comes.
        const begun = held.slice(Math.max(0, escapes - 1))
        held = flushes < patience ? begun : ''
        if (held === '') given = begun
        return events
      }
      given = held.slice(Math.max(0, escapes - 1))
      held = ''
      if (rest === '') return escapes > 0 ? [...events, keyEvent(named('escape'))] : []
      events.push(keyEvent(typed(rest[0]!, { alt: escapes > 0 })))
      if (rest.length > 1) events.push(keyEvent(typed(rest.slice(1))))
      return events
    },

    pending: () => (pasted ? flushes < patience : held !== ''),
  }
}
