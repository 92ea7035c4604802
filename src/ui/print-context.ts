import type { Paint } from './transcript/paint.ts'

/** What an entry is written with. */
export type PrintContext = {
  readonly columns: number
  readonly paint: Paint
  /** The path of a session's file as the user should see it, as a link where the terminal has them. */
  link(file: string): { readonly text: string; readonly columns: number }
  /** Words that lead to a page of the web; where the terminal has no links, the address stands under them. */
  page(words: string, uri: string): string
}
