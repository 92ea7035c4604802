import type { Screen } from '../../repl/screen.ts'
import { withOffer, withProposal, withText } from '../line/editor.ts'
import { type Layer, NO_STEP } from './layer.ts'

type Offered = {
  /** The last one that was looked at: each is put on the prompt once, or never. */
  readonly seen: Screen['offer']
}

/** A line that limn has put on an empty prompt: one to be sent again, or a better one in the place of the user's. */
export const offeredLine: Layer<Offered> = {
  title: 'A line that limn has put there',
  section: 'This line',
  about:
    'While a line stands on the prompt that failed and can be sent again, or a better one that was proposed. Enter sends it, typing replaces the one and goes on with the other.',
  initial: { seen: null },
  bindings: [
    {
      keys: ['escape'],
      does: 'clear it',
      bound: (_, { editor }) => editor.offered,
      press: (_, { editor }) => ({ editor: withText(editor, '') }),
    },
    {
      keys: ['escape'],
      does: 'give your own line back',
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
