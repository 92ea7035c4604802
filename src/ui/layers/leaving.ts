import type { Layer, Scene } from './layer.ts'

type Leaving = {
  /** Ctrl-C was the last key. */
  readonly pressed: boolean
}

const onEmptyPrompt = (_: Leaving, { editor }: Scene) => editor.text === ''

export const leaving: Layer<Leaving> = {
  title: 'Leaving limn',
  section: 'General',
  about: 'On an empty prompt. `limn --continue` goes on with the session.',
  initial: { pressed: false },
  bindings: [
    {
      keys: ['ctrl-c'],
      does: 'leave, pressed twice',
      bound: onEmptyPrompt,
      press: ({ pressed }) =>
        pressed ? { own: { pressed: false }, effects: [{ kind: 'quit' }] } : { own: { pressed: true } },
    },
    { keys: ['ctrl-d'], does: 'leave', bound: onEmptyPrompt, press: () => ({ effects: [{ kind: 'quit' }] }) },
  ],
  elsewhere: ({ pressed }) => (pressed ? { own: { pressed: false } } : {}),
  // In the transcript it would wait behind an open question.
  notice: ({ pressed }) =>
    pressed ? { text: 'Ctrl-C again leaves; limn --continue comes back here.', tone: 'warning' } : null,
}
