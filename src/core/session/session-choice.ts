/** Which session to open. */
export type SessionChoice =
  | { readonly kind: 'new' }
  /** The newest of this folder, else the newest of all. */
  | { readonly kind: 'continue' }
  /** By its id, the beginning of it, or words of its prompts; without words the user is asked. */
  | { readonly kind: 'resume'; readonly words: string }
