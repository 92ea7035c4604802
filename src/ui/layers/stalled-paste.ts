import type { Layer } from './layer.ts'

/** A paste that has begun and does not continue. The key parser ends it on Ctrl-C, before any layer gets the key. */
export const stalledPaste: Layer<null> = {
  title: 'A stalled paste',
  about: 'It takes no keys.',
  initial: null,
  bindings: [],
  notice: (_, { pasting }) => {
    if (pasting === null) return null
    const count = `${pasting} ${pasting === 1 ? 'character' : 'characters'}`
    return { text: `The paste has stalled after ${count}: Ctrl-C ends it.`, tone: 'warning' }
  },
}
