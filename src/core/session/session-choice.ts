/** Which session to open. */
export type SessionChoice =
  | { readonly kind: 'new' }
  /** The newest session of this folder, or the newest of all. */
  | { readonly kind: 'continue' }
  /** By its id, the beginning of its id, or words in its prompts; without words, the user chooses. */
  | { readonly kind: 'resume'; readonly words: string }
