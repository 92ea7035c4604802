import type { Screen } from '../../repl/screen.ts'
import { withOffer, withProposal, withText } from '../line/editor.ts'
import { type Layer, NO_STEP } from './layer.ts'

type Offered = {
  /** The last offer seen: each one is put on the prompt at most once. */
  readonly seen: Screen['offer']
}

/** A line that limn has put on the prompt: one to send again, or a better one in place of the user's. */
export const offeredLine: Layer<Offered> = {
  title: 'A line that limn offers',
  section: 'This line',
  about:
    'While limn has put a line on the prompt: one that failed and can be sent again, or a better one that it proposes. Enter sends it. Typing replaces a line that failed, and continues a proposed one.',
  initial: { seen: null },
  bindings: [
    {
      keys: ['escape'],
      does: 'clear the line',
      bound: (_, { editor }) => editor.offered,
      press: (_, { editor }) => ({ editor: withText(editor, '') }),
    },
    {
      keys: ['escape'],
      does: 'restore your own line',
      bound: (_, { editor }) => editor.instead !== null,
      press: (_, { editor }) => ({ editor: withText(editor, editor.instead ?? '') }),
    },
  ],
  follow: ({ seen }, { screen, editor }) => {
    const offer = screen?.offer ?? null
    // The Enter that answers a question must not find a line to send.
    if (offer === null || offer === seen || screen?.question) return NO_STEP
    const own = { seen: offer }
    if (editor.text !== '') return { own }
    if (offer.instead !== undefined) return { own, editor: withProposal(editor, offer.line, offer.instead) }
    return { own, editor: withOffer(editor, offer.line), keep: [offer.line] }
  },
}
