import { readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { codeOf, onDisk } from '../disk-error.ts'
import { csvRows } from './csv-rows.ts'
import { jsonRows } from './json-rows.ts'
import type { PromptRows } from './prompt-rows.ts'

const ENDINGS = ['.csv', '.tsv', '.jsonl', '.ndjson']

/** In bytes; thousands of long prompts are a few megabytes. */
const MOST = 50_000_000

/** Reads a CSV file, also as Excel writes it, or a file of JSON lines. Throws a DiskError when it cannot be read. */
export async function readPromptFile(path: string): Promise<PromptRows> {
  const ending = extname(path).toLowerCase()
  if (!ENDINGS.includes(ending))
    return broken(`The name of a file of prompts ends in ${ENDINGS.join(', ')}; this one does not.`)
  const there = await onDisk(path, () => stat(path).catch(unlessMissing))
  if (!there) return broken('There is no such file.')
  const { size } = there
  if (size > MOST) return broken(`It has ${Math.round(size / 1e6)} MB; limn reads up to ${MOST / 1e6} MB.`)
  const { text, notes } = decoded(await onDisk(path, () => readFile(path)))
  const table = ending === '.jsonl' || ending === '.ndjson' ? jsonRows(text) : await csvRows(text)
  return { ...table, notes: [...notes, ...table.notes] }
}

/** A mistyped name is not a failure of the disk. */
function unlessMissing(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error
}

function broken(sentence: string): PromptRows {
  return { rows: [], problems: [{ line: 0, sentence }], notes: [] }
}

/** Reads UTF-8, and the UTF-16 and Windows-1252 that Excel writes in its older formats. */
function decoded(bytes: Uint8Array): { readonly text: string; readonly notes: readonly string[] } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: new TextDecoder('utf-16le').decode(bytes), notes: [] }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), notes: [] }
  } catch {
    const notes = ['It is not in UTF-8 and was read as Windows-1252: check that its letters are right.']
    return { text: new TextDecoder('windows-1252').decode(bytes), notes }
  }
}
