import type { Layer } from './layer.ts'

/** A paste that has begun and does not go on. The terminal's own Ctrl-C ends it, before any layer has a key. */
export const stalledPaste: Layer<null> = {
  title: 'A paste that stalls',
  about: 'It takes no key.',
  initial: null,
  bindings: [],
  notice: (_, { pasting }) => {
    if (pasting === null) return null
    const count = `${pasting} ${pasting === 1 ? 'character' : 'characters'}`
    return { text: `Ctrl-C ends the paste that is coming in: ${count} so far.`, tone: 'warning' }
  },
}
