import { type FileHandle, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fact } from '../../core/session/fact.ts'
import { onDisk } from '../disk-error.ts'
import { replaceFile, writeNew } from '../files.ts'
import { formatText, type Major, majorOf, NEWEST } from './format-version.ts'
import type { Header } from './read-fact.ts'

export const JOURNAL = 'session.jsonl'

const NEWLINE = Buffer.from('\n')

/** In bytes. The text before the version is short; only the working folder after it can be long. */
const MOST_HEADER = 65_536

export type JournalRead = {
  readonly header: Header
  readonly facts: readonly Fact[]
  /** A sentence when the format is too new for this limn. */
  readonly newer?: string
  /** A sentence for each defect that was found. */
  readonly repairs: readonly string[]
  /** The length to cut the file to, in bytes, and the text to add, before anything is appended. */
  readonly mend: { readonly length: number; readonly text: string } | undefined
}

export async function createJournal(folder: string, created: Date, cwd: string, major: Major): Promise<void> {
  const header = { limn: formatText(major), created: created.toISOString(), folder: cwd }
  await writeNew(folder, JOURNAL, encode(header))
}

/** Changes nothing. */
export async function readJournal(folder: string): Promise<JournalRead> {
  const path = join(folder, JOURNAL)
  const [{ readLine }, bytes] = await Promise.all([
    import('./read-fact.ts'),
    onDisk(path, () => readFile(path)),
  ])
  const repairs: string[] = []
  const facts: Fact[] = []
  let header: Header | undefined
  let mend: JournalRead['mend']
  let number = 0
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(10, start)
    const end = newline < 0 ? bytes.length : newline
    const after = newline < 0 ? bytes.length : newline + 1
    const line = readLine(bytes.toString('utf8', start, end))
    number += 1
    const isLast = after === bytes.length
    if (line.kind === 'fact') facts.push(line.fact)
    else if (line.kind === 'header' && number === 1) header = line.header
    else if (line.kind === 'malformed') {
      repairs.push(`Line ${number} of the session ("${line.type}") cannot be read and is skipped.`)
    } else if (line.kind === 'broken' && isLast) {
      mend = { length: start, text: '' }
      repairs.push(
        'The last line of the session was incomplete, as when limn is killed while it writes; it was removed.',
      )
    } else if (line.kind === 'broken') {
      repairs.push(`Line ${number} of the session is damaged and is skipped.`)
    }
    // Only its newline is missing: nothing is lost.
    if (isLast && newline < 0 && line.kind !== 'broken') mend = { length: end, text: '\n' }
    start = after
  }
  if (!header) {
    header = { limn: formatText(1), created: facts[0]?.at ?? '', folder: '' }
    if (!repairs.length) repairs.push('The first line of the session, with its working folder, is missing.')
    // An empty file gets its first line back; before other lines it could only be put by rewriting the file.
    const empty = bytes.length === 0 || mend?.length === 0
    if (empty) mend = { length: 0, text: `${JSON.stringify(header)}\n` }
  }
  const newer = isNewer(header) ? { newer: newerText(header.limn) } : {}
  return { header, facts, repairs, mend, ...newer }
}

/** Appends one line; it is on disk when this returns. After a failure the file is as it was before. */
export async function appendLine(folder: string, value: Fact): Promise<void> {
  await rewriteEnd(folder, undefined, encode(value))
}

/**
 * Writes another major version of the format into the first line; it is on disk when this returns. No byte of the file
 * moves, and the write is so short that a kill always leaves a readable first line.
 */
export async function raiseFormat(folder: string, major: Major): Promise<void> {
  const path = join(folder, JOURNAL)
  await onDisk(path, async () => {
    const handle = await open(path, 'r+')
    try {
      const place = await placeOfFormat(handle)
      if (place) {
        // Blanks fill the room of a longer version, such as 1.12.
        const value = `"${formatText(major)}"`.padEnd(place.length)
        await handle.write(Buffer.from(value), 0, place.length, place.start)
        return await handle.sync()
      }
    } finally {
      await handle.close()
    }
    await putHeaderInFront(folder, major)
  })
}

/** Where the first line names the format, in bytes, with the quotation marks; undefined without such a line. */
async function placeOfFormat(handle: FileHandle): Promise<{ start: number; length: number } | undefined> {
  const { readLine } = await import('./read-fact.ts')
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(MOST_HEADER), 0, MOST_HEADER, 0)
  const bytes = buffer.subarray(0, bytesRead)
  const line = bytes.subarray(0, Math.max(0, bytes.indexOf(10)))
  if (readLine(line.toString()).kind !== 'header') return undefined
  const [, before, format] = /^(.*?"limn"\s*:\s*)("\d+\.\d[\d.]*")/.exec(line.toString('latin1')) ?? []
  if (before === undefined || format === undefined) return undefined
  return { start: before.length, length: format.length }
}

/** Rewrites a file that has lost its first line, with a new one. */
async function putHeaderInFront(folder: string, major: Major): Promise<void> {
  const path = join(folder, JOURNAL)
  const { header } = await readJournal(folder)
  const first = encode({ ...header, limn: formatText(major) })
  await replaceFile(path, Buffer.concat([first, await readFile(path)]), 0o666)
}

/** Removes an incomplete last line, so that the next line is not joined to it. */
export async function mendJournal(folder: string, mend: { length: number; text: string }): Promise<void> {
  await rewriteEnd(folder, mend.length, Buffer.from(mend.text))
}

async function rewriteEnd(folder: string, length: number | undefined, text: Uint8Array): Promise<void> {
  const path = join(folder, JOURNAL)
  await onDisk(path, async () => {
    const handle = await open(path, 'r+')
    try {
      const before = (await handle.stat()).size
      if (length !== undefined) await handle.truncate(length)
      const end = length ?? before
      // A failing disk may have kept a half line that could not be removed. A newline ends it; readers skip it.
      const glued = length === undefined && end > 0 && !(await endsLine(handle, end))
      const bytes = glued ? Buffer.concat([NEWLINE, text]) : text
      try {
        for (let done = 0; done < bytes.length; ) {
          done += (await handle.write(bytes, done, bytes.length - done, end + done)).bytesWritten
        }
        await handle.sync()
      } catch (error) {
        await handle.truncate(end).catch(() => {})
        throw error
      }
    } finally {
      await handle.close()
    }
  })
}

async function endsLine(handle: FileHandle, end: number): Promise<boolean> {
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, end - 1)
  return buffer.equals(NEWLINE)
}

function encode(value: Fact | Header): Uint8Array {
  return Buffer.from(`${JSON.stringify(value)}\n`)
}

function isNewer(header: Header): boolean {
  return !(majorOf(header.limn) <= NEWEST)
}

function newerText(format: string): string {
  return `This session was written by a newer limn (format ${format}); this one reads up to ${NEWEST}.x. Update limn to open it.`
}
