import type { Paint } from './transcript/paint.ts'

/** What an entry is printed with. */
export type PrintContext = {
  readonly columns: number
  readonly paint: Paint
  /** The path of a session's file as the user should see it; a link where the terminal supports links. */
  link(file: string): { readonly text: string; readonly columns: number }
  /** Text that leads to a web page; where the terminal has no links, the address is under it. */
  page(words: string, uri: string): string
}
