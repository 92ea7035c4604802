import type { Lane } from '../../repl/screen.ts'
import { Spinner } from '../Spinner.tsx'
import { workText } from '../status.ts'
import type { Layer, Scene } from './layer.ts'

/** What has the foreground: the turn of a line, or a command. */
export const runningTurn: Layer<null> = {
  title: 'A running turn',
  about: 'While a turn or a command runs. What is let go goes on in the background.',
  initial: null,
  open: (_, { screen }) => screen !== null && screen.lane.kind !== 'ready',
  bindings: [
    { keys: ['escape'], does: 'let it go', press: () => ({ effects: [{ kind: 'let-go' }] }) },
    {
      keys: ['ctrl-c'],
      does: 'let the turn go',
      bound: (_, scene) => turnIn(scene) !== null && scene.editor.text === '',
      press: () => ({ effects: [{ kind: 'let-go' }] }),
    },
  ],
  view: {
    slot: 'progress',
    // A question says what it is about.
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
