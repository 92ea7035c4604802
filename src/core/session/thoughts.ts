import type { FileRef } from './file-ref.ts'

/** What a model has thought before it answered. An image among it is no version, and nothing of it is sent back. */
export type Thought =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image'; readonly file: FileRef }

/** The words, without the marks of Markdown that nobody turns into anything here. */
export function thoughtWords(thoughts: readonly Thought[]): string {
  return thoughts
    .flatMap((thought) => (thought.kind === 'text' ? [thought.text.trim()] : []))
    .join('\n\n')
    .replace(/\*\*(?<bold>[^*\n]+)\*\*/g, '$<bold>')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

export function thoughtImages(thoughts: readonly Thought[]): readonly FileRef[] {
  return thoughts.flatMap((thought) => (thought.kind === 'image' ? [thought.file] : []))
}
