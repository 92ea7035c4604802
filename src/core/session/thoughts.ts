import type { FileRef } from './file-ref.ts'

/** What a model thought before it answered. Its images are not versions, and nothing of it is sent back. */
export type Thought =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image'; readonly file: FileRef }

/** The words, without the marks of Markdown for bold text, which limn does not render. */
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
