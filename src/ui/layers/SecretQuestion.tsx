import type { Question as Asked } from '../../core/event.ts'
import type { Layer, LayerStep, Scene } from './layer.ts'
import { Question, rowsOfQuestion } from './Question.tsx'

type SecretEntry = {
  readonly question: Asked | null
  readonly typed: string
  /** Already answered: later keys go to the line, even if they come before the screen has changed. */
  readonly given: boolean
}

const CLOSED: SecretEntry = { question: null, typed: '', given: false }

const isAsked = ({ screen }: Scene) => screen?.question?.kind === 'secret'

/** Takes every key, and the place of the prompt. What is typed is shown as dots and kept out of the history. */
export const secretQuestion: Layer<SecretEntry> = {
  title: 'A secret',
  about: 'While limn asks for an API key or another secret. Other keys type it or do nothing.',
  initial: CLOSED,
  modal: () => true,
  open: ({ given }, scene) => isAsked(scene) && !given,
  bindings: [
    { keys: ['enter'], does: 'submit the secret', press: (own) => answered(own, own.typed) },
    { keys: ['escape', 'ctrl-c'], does: 'cancel', press: (own) => answered(own, undefined) },
    {
      keys: ['backspace'],
      does: 'delete the last character',
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
