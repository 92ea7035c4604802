import type { Question as Asked } from '../../core/event.ts'
import type { Layer, LayerStep, Scene } from './layer.ts'
import { Question, rowsOfQuestion } from './Question.tsx'

type SecretEntry = {
  readonly question: Asked | null
  readonly typed: string
  /** Answered already: the keys after it are the line's, also when they come before the screen has changed. */
  readonly given: boolean
}

const CLOSED: SecretEntry = { question: null, typed: '', given: false }

const isAsked = ({ screen }: Scene) => screen?.question?.kind === 'secret'

/** It takes every key, and the place of the prompt. What is typed is shown as dots, and is in no history. */
export const secretQuestion: Layer<SecretEntry> = {
  title: 'A secret',
  about: 'While an API key or another secret is asked for. No key does anything else meanwhile.',
  initial: CLOSED,
  modal: () => true,
  open: ({ given }, scene) => isAsked(scene) && !given,
  bindings: [
    { keys: ['enter'], does: 'give it', press: (own) => answered(own, own.typed) },
    { keys: ['escape', 'ctrl-c'], does: 'give none', press: (own) => answered(own, undefined) },
    {
      keys: ['backspace'],
      does: 'delete the character before',
      press: (own) => ({ own: { ...own, typed: own.typed.slice(0, -1) } }),
    },
    { keys: ['ctrl-u'], does: 'delete all', press: (own) => ({ own: { ...own, typed: '' } }) },
  ],
  type: (own, _, text, source) => ({
    own: { ...own, typed: own.typed + (source === 'pasted' ? text.replace(/\s+/g, '') : text) },
  }),
  follow: (own, { screen }) => {
    const question = screen?.question ?? null
    return question === own.question ? {} : { own: { ...CLOSED, question } }
  },
  view: {
    slot: 'line',
    rows: (_, { screen, columns }) => rowsOfQuestion(screen?.question ?? null, columns),
    alone: (_, { editor }) => editor.text === '',
    draw: ({ typed }, { screen }, area) =>
      screen?.question ? (
        <Question question={screen.question} entered={{ kind: 'secret', length: typed.length }} {...area} />
      ) : null,
  },
}

function answered(own: SecretEntry, answer: string | undefined): LayerStep<SecretEntry> {
  return { own: { ...own, typed: '', given: true }, effects: [{ kind: 'answer', answer }] }
}
