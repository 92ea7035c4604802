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
  /** The session whose lines are in the history; '' for one that has no id yet. */
  readonly opened: string | null
}

const MOST_ROWS = 8

const clear = (_: LineOwner, { editor }: Scene): LayerStep<LineOwner> => ({
  editor: withText(editor, ''),
  keep: [editor.text],
})

const hasText = (_: LineOwner, { editor }: Scene) => editor.text !== ''

/** The lowest layer: the line itself. It takes what no other wants. */
export const lineEditor: Layer<LineOwner> = {
  title: 'The line',
  about:
    'Always, where no layer above takes the key. A line may have several rows; a `\\` in front of Enter starts a new one too. Up and Down go through its rows first, then through the lines typed before. Ctrl-C also ends a paste that does not come to its end by itself.',
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
      does: 'all of the line; Up brings it back',
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
    // Before the commands were there, nobody knew which of them asks for a secret.
    const known = opened === null ? { history: history.filter((line) => !isSecret(line)) } : {}
    // A new session has its id with the first line, which has been kept when it was typed.
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

const PLACEHOLDER = 'say what to draw, or /help; ? shows the keys'

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

/** What the keys do to a line that was put there, or what can be told of the one being typed. */
function hintOf({ editor, screen }: Scene): string {
  if (editor.offered) return 'Enter sends it again, Esc clears it, typing replaces it'
  if (editor.instead !== null) return 'Enter sends it, Esc gives your own line back'
  return (screen && adviceWhileTyping(screen.session, editor.text, screen.engine.id)) ?? ''
}
