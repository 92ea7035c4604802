import { mentionsOf } from '../../core/line/line.ts'
import { knownIn, labelFor } from '../../core/session/label.ts'
import type { Session } from '../../core/session/session.ts'
import { adviceWhileTyping } from '../../core/wording/advice.ts'
import { wrap } from '../../text/wrap.ts'
import {
  type Chip,
  EDITOR_KEYS,
  type Edited,
  type Editor,
  edit,
  interrupted,
  paste,
  type View,
  withText,
} from '../line/editor.ts'
import { Prompt } from '../line/Prompt.tsx'
import { promptSpace } from '../line/promptSpace.ts'
import { type Layer, type LayerStep, NO_STEP, type Scene } from './layer.ts'

type LineOwner = {
  /** The id of the session whose lines are in the history; '' for a session without an id yet. */
  readonly opened: string | null
}

const MOST_ROWS = 8

const clear = (_: LineOwner, { editor }: Scene): LayerStep<LineOwner> => ({
  editor: withText(editor, ''),
  keep: [editor.text],
})

const hasText = (_: LineOwner, { editor }: Scene) => editor.text !== ''

/** The lowest layer: the line itself. It takes every key that no other layer takes. */
export const lineEditor: Layer<LineOwner> = {
  title: 'The line',
  about:
    'Always, unless a layer above takes the key. A line may have several rows; `\\` before Enter also starts a new one. Up and Down move through the rows first, then through earlier lines. Ctrl-C also ends a paste that has stalled.',
  initial: { opened: null },
  bindings: [
    ...EDITOR_KEYS.map(({ keys, section, does }) => ({
      keys,
      section,
      does,
      press: (_: LineOwner, scene: Scene, key: Parameters<typeof edit>[1]) =>
        stepOf(edit(scene.editor, key, viewOf(scene))),
    })),
    {
      keys: ['escape', 'ctrl-c'],
      section: 'Delete',
      does: 'the whole line; Up brings it back',
      bound: hasText,
      press: clear,
    },
  ],
  type: (_, scene, text, source) => {
    if (source === 'pasted') return { editor: paste(scene.editor, text) }
    const key = { name: 'text', text, ctrl: false, alt: false, shift: false } as const
    return stepOf(edit(scene.editor, key, viewOf(scene)))
  },
  elsewhere: (_, { editor }) => ({ editor: interrupted(editor) }),
  follow: ({ opened }, { screen, history, isSecret }) => {
    const session = screen?.session
    if (!session || session.id === opened) return NO_STEP
    const own = { opened: session.id }
    // Until the commands were loaded, lines with a secret could not be recognised.
    const known = opened === null ? { history: history.filter((line) => !isSecret(line)) } : {}
    // A new session gets its id with its first line, which was added to the history when it was submitted.
    const begun = opened === '' && session.turns.every(({ outcome }) => outcome.kind === 'open')
    return begun ? { own } : { own, ...known, keep: session.turns.map(({ line, text }) => line ?? text) }
  },
  view: {
    slot: 'line',
    rows: (_, scene) => {
      const rows = wrap(scene.editor.text, spaceOf(scene)).length + (hintOf(scene) === '' ? 0 : 1)
      return { least: 1, most: Math.min(MOST_ROWS, rows) }
    },
    draw: (_, scene, { columns, rows, top }) => (
      <Prompt
        label={labelOf(scene)}
        text={scene.editor.text}
        cursor={scene.editor.cursor}
        chips={chipsOf(scene)}
        offered={scene.editor.offered}
        hint={hintOf(scene)}
        columns={columns}
        rows={rows}
        top={top}
        active={true}
        placeholder={scene.screen?.session.versions.length === 0 ? PLACEHOLDER : ''}
      />
    ),
  },
}

const PLACEHOLDER = 'describe an image · /help: commands · ?: keys'

function stepOf({ editor, submit }: Edited): LayerStep<LineOwner> {
  return submit === undefined
    ? { editor }
    : { editor, keep: [submit], effects: [{ kind: 'submit', line: submit }] }
}

function viewOf(scene: Scene): View {
  return {
    space: spaceOf(scene),
    history: scene.history,
    get chips() {
      return chipsOf(scene)
    },
  }
}

function labelOf({ screen, editor }: Scene): string {
  return screen ? labelFor(screen.session, editor.text) : '…'
}

function spaceOf(scene: Scene) {
  return promptSpace(labelOf(scene), scene.columns).space
}

function chipsOf({ screen, editor }: Scene): readonly Chip[] {
  return screen ? mentionsIn(screen.session, editor) : []
}

function mentionsIn(session: Session, { text }: Editor): readonly Chip[] {
  if (text.startsWith('/') && !text.startsWith('//')) return []
  return mentionsOf(text, knownIn(session)).map(({ kind, start, end }) => ({ kind, start, end }))
}

/** What the keys do to a line that limn has put here, or advice on the line being typed. */
function hintOf({ editor, screen }: Scene): string {
  if (editor.offered) return 'Enter: send again · Esc: clear · typing replaces it'
  if (editor.instead !== null) return 'Enter: send · Esc: restore your own line'
  return (screen && adviceWhileTyping(screen.session, editor.text, screen.engine.id)) ?? ''
}
