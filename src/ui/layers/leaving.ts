import type { Layer, Scene } from './layer.ts'

type Leaving = {
  /** Ctrl-C was the last key. */
  readonly pressed: boolean
}

const onEmptyPrompt = (_: Leaving, { editor }: Scene) => editor.text === ''

export const leaving: Layer<Leaving> = {
  title: 'Quitting limn',
  section: 'General',
  about: 'On an empty prompt. `limn --continue` resumes the session.',
  initial: { pressed: false },
  bindings: [
    {
      keys: ['ctrl-c'],
      does: 'quit (press twice)',
      bound: onEmptyPrompt,
      press: ({ pressed }) =>
        pressed ? { own: { pressed: false }, effects: [{ kind: 'quit' }] } : { own: { pressed: true } },
    },
    { keys: ['ctrl-d'], does: 'quit', bound: onEmptyPrompt, press: () => ({ effects: [{ kind: 'quit' }] }) },
  ],
  elsewhere: ({ pressed }) => (pressed ? { own: { pressed: false } } : {}),
  // In the transcript, it would come only after an open question is answered.
  notice: ({ pressed }) =>
    pressed ? { text: 'Ctrl-C again: quit · limn --continue resumes this session', tone: 'warning' } : null,
}
