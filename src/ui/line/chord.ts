import type { Key, KeyName } from '../../terminal/keys/parse-keys.ts'

type AltNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9
type ModifierPrefix = `${'' | 'ctrl-'}${'' | 'alt-'}${'' | 'shift-'}`

/** A key with its modifiers, as bindings name it: `ctrl-c`, `alt-1`, `?`. Letters are lower case. */
export type Chord = `${ModifierPrefix}${Exclude<KeyName, 'text'> | AltNumber | '?' | '/'}`

/** The chord of a key. For a run of text that came in one chunk, it is one that nothing is bound to. */
export function chordOf({ name, text, ctrl, alt, shift }: Key): string {
  const plain = name === 'text' ? text.toLowerCase() : name
  // Shift counts for Enter and Tab only: terminals do not always report it.
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

/** As it is shown to the user: `Ctrl-C`, `Alt-←`, `Esc`. */
export function chordText(chord: Chord): string {
  const [, held = '', key = ''] = /^((?:(?:ctrl|alt|shift)-)*)(.+)$/.exec(chord) ?? []
  const modifiers = held.replace(/[a-z]+/g, capital)
  return modifiers + (NAMES[key] ?? capital(key))
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
