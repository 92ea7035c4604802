// What one complete escape sequence from the terminal means: a key, an answer, the start of a paste, or nothing.

type Letter =
  | 'a'
  | 'b'
  | 'c'
  | 'd'
  | 'e'
  | 'f'
  | 'g'
  | 'h'
  | 'i'
  | 'j'
  | 'k'
  | 'l'
  | 'm'
  | 'n'
  | 'o'
  | 'p'
  | 'q'
  | 'r'
  | 's'
  | 't'
  | 'u'
  | 'v'
  | 'w'
  | 'x'
  | 'y'
  | 'z'

type Digit = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9

export type KeyName =
  /** Printable text: one or more characters, never a control character. */
  | 'text'
  | 'enter'
  | 'tab'
  | 'escape'
  | 'backspace'
  | 'delete'
  | 'insert'
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'home'
  | 'end'
  | 'pageup'
  | 'pagedown'
  | `f${Digit | 10 | 11 | 12}`
  /** With Ctrl: a letter, Space, or one of the four signs that have a control character. */
  | Letter
  | 'space'
  | '\\'
  | ']'
  | '^'
  | '_'

/** Insert `text` only when `name` is 'text' and neither `ctrl` nor `alt` is held. */
export type Key = { name: KeyName; text: string; ctrl: boolean; alt: boolean; shift: boolean }

export type Meaning =
  | { kind: 'key'; key: Key }
  | { kind: 'answer'; sequence: string }
  | { kind: 'paste-begins' }
  | { kind: 'nothing' }

type Modifiers = { ctrl?: boolean; alt?: boolean; shift?: boolean }

export function named(name: KeyName, { ctrl = false, alt = false, shift = false }: Modifiers = {}): Key {
  return { name, text: '', ctrl, alt, shift }
}

export function typed(text: string, { ctrl = false, alt = false, shift = false }: Modifiers = {}): Key {
  return { name: 'text', text: text.toWellFormed(), ctrl, alt, shift }
}

/** The key of a control character (C0 or DEL). Ctrl-H, Ctrl-I, Ctrl-M and Ctrl-[ are the same as the keys they send. */
export function controlKey(code: number, alt = false): Key {
  if (code === 0x0d) return named('enter', { alt })
  if (code === 0x09) return named('tab', { alt })
  if (code === 0x08 || code === 0x7f) return named('backspace', { alt })
  if (code === 0x1b) return named('escape', { alt })
  if (code === 0x00) return named('space', { ctrl: true, alt })
  if (code <= 0x1a) return named(String.fromCharCode(code + 0x60) as Letter, { ctrl: true, alt })
  return named(String.fromCharCode(code + 0x40) as '\\' | ']' | '^' | '_', { ctrl: true, alt })
}

// Final bytes of CSI and SS3 keys (xterm ctlseqs, "PC-Style Function Keys").
const finals: Record<string, KeyName> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  H: 'home',
  F: 'end',
  P: 'f1',
  Q: 'f2',
  S: 'f4',
}

// `CSI n ~` (VT220, and 7 and 8 from rxvt).
const tildes: Record<number, KeyName> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
}

// The keypad in kitty's keyboard protocol (private use codes of its "Functional key definitions").
const keypad: Record<number, KeyName> = {
  57414: 'enter',
  57417: 'left',
  57418: 'right',
  57419: 'up',
  57420: 'down',
  57421: 'pageup',
  57422: 'pagedown',
  57423: 'home',
  57424: 'end',
  57425: 'insert',
  57426: 'delete',
}
const keypadText: Record<number, string> = {
  57409: '.',
  57410: '/',
  57411: '*',
  57412: '-',
  57413: '+',
  57415: '=',
  57416: ',',
}

const nothing: Meaning = { kind: 'nothing' }

function keyOf(name: KeyName | undefined, modifiers: Modifiers | undefined): Meaning {
  return name && modifiers ? { kind: 'key', key: named(name, modifiers) } : nothing
}

/** `mods[:event]`: undefined for a key release, and for Super and Hyper, which belong to the window manager. */
function modifiersOf(field: readonly number[] | undefined): Modifiers | undefined {
  const bits = Math.max(0, (field?.[0] || 1) - 1)
  if (field?.[1] === 3 || bits & 0b11000) return undefined
  return { shift: (bits & 1) > 0, alt: (bits & 0b100010) > 0, ctrl: (bits & 4) > 0 }
}

/** A key encoded by its code point: kitty's `CSI u` and xterm's `CSI 27 ; modifiers ; code ~`. */
function codeKey(
  code: number,
  shifted: number | undefined,
  text: readonly number[],
  modifiers?: Modifiers,
): Meaning {
  if (!modifiers || code > 0x10ffff) return nothing
  if (code === 13 || code === 9 || code === 27 || code === 127 || code === 8) {
    return {
      kind: 'key',
      key: {
        ...controlKey(code, modifiers.alt),
        shift: modifiers.shift ?? false,
        ctrl: modifiers.ctrl ?? false,
      },
    }
  }
  if (code >= 57344 && code <= 63743) {
    if (keypad[code]) return keyOf(keypad[code], modifiers)
    const sign = code >= 57399 && code <= 57408 ? String(code - 57399) : keypadText[code]
    return sign ? { kind: 'key', key: typed(sign, modifiers) } : nothing
  }
  if (code < 32 || (code > 127 && code < 160)) return nothing
  const character = String.fromCodePoint(code)
  if (modifiers.ctrl) {
    const lower = character.toLowerCase()
    if (/^[a-z\\\]^_]$/.test(lower)) return keyOf(lower as Letter, modifiers)
    if (code === 32) return keyOf('space', modifiers)
  }
  const given = text.filter((point) => point >= 32 && point <= 0x10ffff && !(point >= 127 && point < 160))
  const printed =
    given.length > 0
      ? String.fromCodePoint(...given)
      : modifiers.shift && shifted && shifted >= 160
        ? String.fromCodePoint(shifted)
        : modifiers.shift && shifted && shifted >= 32 && shifted < 127
          ? String.fromCharCode(shifted)
          : modifiers.shift
            ? character.toUpperCase()
            : character
  return { kind: 'key', key: typed(printed, modifiers) }
}

function csi(sequence: string): Meaning {
  const body = sequence.slice(2, -1)
  const final = sequence.at(-1) ?? ''
  const answer: Meaning = { kind: 'answer', sequence }
  if (/^[?>=]/.test(body)) return answer
  if (body.startsWith('<')) return nothing // mouse reports, which limn never asks for
  if (body.startsWith('[')) return keyOf(`f${final.charCodeAt(0) - 64}` as KeyName, {}) // Linux console F1 to F5
  const fields = body.split(';').map((field) => field.split(':').map(Number))
  const first = fields[0]?.[0] ?? 0
  const modifiers = modifiersOf(fields[1])
  // `CSI r ; c R` is a cursor position report, but also Ctrl-F3. Losing that key is better than typing an answer.
  if (body !== '' && /[tnRxcy]/.test(final)) return answer
  if (final === 'Z') return keyOf('tab', { ...modifiers, shift: true })
  if (final === 'R') return keyOf('f3', {})
  if (final === 'u') return codeKey(first, fields[0]?.[1], fields[2] ?? [], modifiers)
  if (final === '~') {
    if (first === 200) return { kind: 'paste-begins' }
    if (first === 27) return codeKey(fields[2]?.[0] ?? 0, undefined, [], modifiers)
    return keyOf(tildes[first], modifiers)
  }
  if (final === '^') return keyOf(tildes[first], { ctrl: true }) // rxvt
  if (final === '@') return keyOf(tildes[first], { ctrl: true, shift: true }) // rxvt
  if (/[abcd]/.test(final)) return keyOf(finals[final.toUpperCase()], { shift: true }) // rxvt
  return keyOf(finals[final], modifiers)
}

function ss3(sequence: string): Meaning {
  const final = sequence.at(-1) ?? ''
  const modifiers = modifiersOf([Number(sequence.slice(2, -1))])
  if (final === 'M') return keyOf('enter', modifiers)
  if (final === 'R') return keyOf('f3', modifiers)
  if (/[abcd]/.test(final)) return keyOf(finals[final.toUpperCase()], { ctrl: true }) // rxvt
  if (/[j-y]/.test(final)) return { kind: 'key', key: typed(String.fromCharCode(final.charCodeAt(0) - 64)) } // VT100 keypad
  return keyOf(finals[final], modifiers)
}

/** `sequence` is one complete CSI, SS3, DCS, OSC or APC sequence, from its ESC to its last byte. */
export function meaningOf(sequence: string): Meaning {
  if (sequence[1] === '[') return csi(sequence)
  if (sequence[1] === 'O') return ss3(sequence)
  return { kind: 'answer', sequence }
}
