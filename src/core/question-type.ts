/** What limn asks before it goes on. */
export type Question =
  | { readonly kind: 'yes-no'; readonly text: string; readonly default: boolean }
  | {
      readonly kind: 'choice'
      readonly text: string
      readonly choices: readonly { readonly value: string; readonly label: string }[]
      readonly default: string
    }
  | { readonly kind: 'secret'; readonly text: string }

/** `true` or `false` of a yes or no, the `value` of a choice, a secret; undefined where there is no answer. */
export type Answer = boolean | string | undefined

/** Answers a question; giving nothing leaves it with its default answer. */
export type AnswerQuestion = (question: Question) => Answer | Promise<Answer>
