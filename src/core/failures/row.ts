/** As far as is known: nobody but the account's own bill can say for certain. */
export type Billed = 'yes' | 'no' | 'maybe'

/** Whether the same line may do better: `unasked` is sent again by limn itself, in sight and within bounds. */
export type Again = 'unasked' | 'asked' | 'no'

/** How a failure is recognised. All that a sign names must fit; of the rows, the first that fits is taken. */
export type Sign =
  | HttpSign
  /** What the SDK or Node throws before anything is sent. */
  | { readonly thrown: RegExp }
  /** In words, where no body tells it. */
  | { readonly when: string }

/** An HTTP answer: its status, and what its error body says in `message`, `status`, `reason` and `quotaId`. */
export type HttpSign = {
  readonly http: number | '5xx' | 'any'
  readonly says?: RegExp
  readonly status?: string
  readonly reason?: string
  readonly quota?: RegExp
}

/** What a user reads. Braces are filled in: `{says}` with what the server says, for example. */
export type Words = { readonly what: string; readonly next: string }

/** A failure, with all that there is to know about it. */
export type FailureRow = Words & {
  readonly signs: readonly Sign[]
  readonly billed: Billed
  readonly again: Again
  /** Where Vertex AI has no key, no AI Studio, or other limits. */
  readonly vertex?: Partial<Words>
}

export function filled(words: string, slots: Readonly<Record<string, string>>): string {
  return words.replace(/\{(\w+)\}/g, (_, name: string) => slots[name] ?? '')
}
