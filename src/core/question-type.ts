/** A question that limn asks before it continues. */
export type Question =
  | { readonly kind: 'yes-no'; readonly text: string; readonly default: boolean }
  | {
      readonly kind: 'choice'
      readonly text: string
      readonly choices: readonly { readonly value: string; readonly label: string }[]
      readonly default: string
    }
  | { readonly kind: 'secret'; readonly text: string }

/** `true` or `false` for yes-no, the `value` of a choice, or a secret; undefined for no answer. */
export type Answer = boolean | string | undefined

/** Answers a question. Undefined stands for its default answer. */
export type AnswerQuestion = (question: Question) => Answer | Promise<Answer>
