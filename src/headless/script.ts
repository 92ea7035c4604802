import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { codeOf } from '../store/disk-error.ts'

export type ScriptWanted = {
  /** Where the lines are; `-` is stdin. */
  readonly file: string
  /** A folder that every image is saved to as well. */
  readonly out: string | null
  readonly json: boolean
  /** Run all lines, even after one has failed. */
  readonly keepGoing: boolean
}

/** A line of a script, as it would be typed. */
export type ScriptLine = {
  /** Of its first row in the file, from 1. */
  readonly number: number
  readonly text: string
}

/**
 * The lines that are to be run. Blank rows and rows that begin with `#` are passed over; `\#` begins a line that does
 * begin with `#`, and a `\` at the end of a row takes the next row into the same line.
 */
export async function* scriptLines(rows: AsyncIterable<string>): AsyncGenerator<ScriptLine, void, undefined> {
  let number = 0
  let open: ScriptLine | undefined
  for await (const row of rows) {
    number += 1
    if (!open && /^\s*(?:#|$)/.test(row)) continue
    const goesOn = row.endsWith('\\')
    const words = goesOn ? row.slice(0, -1) : row
    const line: ScriptLine = open
      ? { ...open, text: `${open.text}${words}` }
      : { number, text: words.replace(/^(\s*)\\#/, '$1#') }
    open = goesOn ? line : undefined
    if (!goesOn) yield line
  }
  if (open) yield open
}

export type ScriptRows =
  | { readonly ok: true; readonly rows: AsyncIterable<string> }
  | { readonly ok: false; readonly sentence: string }

/** A file is read whole, so that it may be changed while it is run; stdin as it comes. */
export async function rowsOf(file: string, stdin: NodeJS.ReadableStream): Promise<ScriptRows> {
  if (file === '-') return { ok: true, rows: rowsFrom(stdin) }
  try {
    const text = await readFile(file, 'utf8')
    return { ok: true, rows: rowsIn(text) }
  } catch (error) {
    return { ok: false, sentence: `${file} cannot be read (${codeOf(error)}).` }
  }
}

/** readline drops the rows that come before it is asked for them, so it is made when the first one is wanted. */
async function* rowsFrom(stdin: NodeJS.ReadableStream): AsyncGenerator<string> {
  yield* createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY })
}

async function* rowsIn(text: string): AsyncGenerator<string> {
  yield* text.replace(/^\ufeff/, '').split(/\r?\n/)
}
