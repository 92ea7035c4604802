import type { Layer, Scene } from './layer.ts'

/** The images of one line, of which nobody has chosen one yet. */
export const newImages: Layer<null> = {
  title: 'Several new images',
  about: 'While nobody has chosen from the images of one line. Alt-1 is the first of them.',
  initial: null,
  bindings: [
    {
      keys: ['alt-1', 'alt-2', 'alt-3', 'alt-4', 'alt-5', 'alt-6', 'alt-7', 'alt-8', 'alt-9'],
      does: 'go on from this image',
      bound: (_, scene, chord) => versionAt(scene, chord.slice('alt-'.length)) !== undefined,
      press: (_, scene, { text }) => ({
        effects: [{ kind: 'submit', line: `v${versionAt(scene, text)}` }],
      }),
    },
  ],
}

function versionAt({ screen }: Scene, number: string): number | undefined {
  return screen?.session.choice?.versions[Number(number) - 1]
}
