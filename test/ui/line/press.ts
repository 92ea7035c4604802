import { createKeyParser } from '../../../src/terminal/keys/parse-keys.ts'
import type { Space } from '../../../src/text/wrap.ts'
import { type Chip, type Editor, EMPTY, edit, paste } from '../../../src/ui/line/editor.ts'

type Around = {
  readonly space?: Space
  readonly history?: readonly string[]
  readonly chipsOf?: (text: string) => readonly Chip[]
}

export const WIDE: Space = { columns: 80, first: 5, rest: 5 }

/** What the terminal sends when these keys are pressed. */
export const SENDS = {
  left: '\x1b[D',
  right: '\x1b[C',
  up: '\x1b[A',
  down: '\x1b[B',
  home: '\x1b[H',
  end: '\x1b[F',
  delete: '\x1b[3~',
  backspace: '\x7f',
  enter: '\r',
  shiftEnter: '\x1b[13;2u',
  altEnter: '\x1b\r',
  tab: '\t',
  shiftTab: '\x1b[Z',
  ctrlLeft: '\x1b[1;5D',
  ctrlRight: '\x1b[1;5C',
  altLeft: '\x1b[1;3D',
  altBackspace: '\x1b\x7f',
  altB: '\x1bb',
  altF: '\x1bf',
  altD: '\x1bd',
} as const

export const ctrl = (letter: string) => String.fromCharCode(letter.toUpperCase().charCodeAt(0) & 0x1f)

/** Types bytes as the terminal sends them, through limn's own key parser. */
export function press(
  bytes: string,
  { space = WIDE, history = [], chipsOf = () => [] }: Around = {},
  from: Editor = EMPTY,
): { editor: Editor; sent: string[] } {
  const parser = createKeyParser()
  const sent: string[] = []
  let editor = from
  for (const event of [...parser.feed(bytes), ...parser.flush()]) {
    if (event.kind === 'paste') editor = paste(editor, event.text)
    if (event.kind !== 'key') continue
    const edited = edit(editor, event.key, { space, history, chips: chipsOf(editor.text) })
    editor = edited.editor
    if (edited.submit !== undefined) sent.push(edited.submit)
  }
  return { editor, sent }
}

/** The text with `|` where the cursor is. */
export function seen({ text, cursor }: Editor): string {
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`
}
