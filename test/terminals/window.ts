import type { Shot } from './shot.ts'

/** A terminal's window, as its user controls and sees it. */
export type Window = {
  type(text: string): Promise<void>
  enter(): Promise<void>
  /** Ctrl-U. */
  clear(): Promise<void>
  look(): Promise<Shot>
  /** Resizes it as the mouse does; the terminal rounds the size to whole cells. */
  resize(columns: number, rows: number): Promise<void>
  /** The rows of text that the terminal says it shows, where it can be asked. */
  rows?(): Promise<readonly string[]>
  close?(): Promise<void>
}

export type Size = { readonly columns: number; readonly rows: number }

export const FONT = 'DejaVu Sans Mono'
