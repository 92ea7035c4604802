import type { Key, KeyName } from '../../terminal/keys/keys.ts'

type AltNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9
type HeldDown = `${'' | 'ctrl-'}${'' | 'alt-'}${'' | 'shift-'}`

/** A key with what is held down, as bindings name it: `ctrl-c`, `alt-1`, `?`. Of text, small letters. */
export type Chord = `${HeldDown}${Exclude<KeyName, 'text'> | AltNumber | '?' | '/'}`

/** The chord of a key; of a run of text that came at once it is no chord that anything is bound to. */
export function chordOf({ name, text, ctrl, alt, shift }: Key): string {
  const plain = name === 'text' ? text.toLowerCase() : name
  // Shift matters for Enter and Tab alone: a terminal reports it only sometimes.
  const shifted = shift && (name === 'enter' || name === 'tab')
  return `${ctrl ? 'ctrl-' : ''}${alt ? 'alt-' : ''}${shifted ? 'shift-' : ''}${plain}`
}

const NAMES: Readonly<Record<string, string>> = {
  left: '←',
  right: '→',
  up: '↑',
  down: '↓',
  escape: 'Esc',
  pageup: 'PageUp',
  pagedown: 'PageDown',
}

/** As a user reads it: `Ctrl-C`, `Alt-←`, `Esc`. */
export function chordText(chord: Chord): string {
  const [, held = '', key = ''] = /^((?:(?:ctrl|alt|shift)-)*)(.+)$/.exec(chord) ?? []
  const modifiers = held.replace(/[a-z]+/g, capital)
  return modifiers + (NAMES[key] ?? capital(key))
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
