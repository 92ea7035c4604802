import type { Lane } from '../../repl/screen.ts'
import { Spinner } from '../Spinner.tsx'
import { workText } from '../status.ts'
import type { Layer, Scene } from './layer.ts'

/** What runs in the foreground: the turn of a line, or a command. */
export const runningTurn: Layer<null> = {
  title: 'A running turn',
  about:
    'While a turn or a command runs. What continues in the background is not cancelled: its image is kept, and may be billed.',
  initial: null,
  open: (_, { screen }) => screen !== null && screen.lane.kind !== 'ready',
  bindings: [
    {
      keys: ['escape'],
      does: 'run it in the background',
      press: () => ({ effects: [{ kind: 'let-go' }] }),
    },
    {
      keys: ['ctrl-c'],
      does: 'run it in the background',
      bound: (_, scene) => turnIn(scene) !== null && scene.editor.text === '',
      press: () => ({ effects: [{ kind: 'let-go' }] }),
    },
  ],
  view: {
    slot: 'progress',
    // An open question already says what it is about.
    rows: (_, scene) => {
      const rows = turnIn(scene) && !scene.screen?.question ? 1 : 0
      return { least: rows, most: rows }
    },
    draw: (_, scene, { columns }) => {
      const turn = turnIn(scene)
      return (
        turn && <Spinner since={turn.since} text={(seconds) => workText(turn, seconds)} columns={columns} />
      )
    },
  },
}

function turnIn({ screen }: Scene): (Lane & { readonly kind: 'turn' }) | null {
  return screen?.lane.kind === 'turn' ? screen.lane : null
}
