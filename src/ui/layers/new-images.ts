import type { Layer, Scene } from './layer.ts'

/** The images of one line that the user has not chosen from yet. */
export const newImages: Layer<null> = {
  title: 'Several new images',
  about: 'While you have not yet chosen from the images of one line. Alt-1 is the first of them.',
  initial: null,
  bindings: [
    {
      keys: ['alt-1', 'alt-2', 'alt-3', 'alt-4', 'alt-5', 'alt-6', 'alt-7', 'alt-8', 'alt-9'],
      does: 'choose this image',
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
