/** As far as is known: only the account's own bill can say for certain. */
export type Billed = 'yes' | 'no' | 'maybe'

/** Whether the same line may succeed when sent again; for `unasked`, limn does so itself, visibly and within limits. */
export type Again = 'unasked' | 'asked' | 'no'

/** How a failure is recognised. Everything that a sign names must match; the first row with such a sign is taken. */
export type Sign =
  | HttpSign
  /** What the SDK or Node throws before anything is sent. */
  | { readonly thrown: RegExp }
  /** In words, where no body shows it. */
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

/** A failure, with everything that is known about it. */
export type FailureRow = Words & {
  readonly signs: readonly Sign[]
  readonly billed: Billed
  readonly again: Again
  /** Other words for Vertex AI, which has no key, no AI Studio, and other limits. */
  readonly vertex?: Partial<Words>
}

export function filled(words: string, slots: Readonly<Record<string, string>>): string {
  return words.replace(/\{(\w+)\}/g, (_, name: string) => slots[name] ?? '')
}
