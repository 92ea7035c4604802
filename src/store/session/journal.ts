import { type FileHandle, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fact } from '../../core/session/session.ts'
import { onDisk } from '../disk-error.ts'
import { writeNew } from '../files.ts'
import type { Header } from './facts.ts'

export const JOURNAL = 'session.jsonl'

/** A reader of 1.x reads every 1.y; a new major version is one that it could not. */
const FORMAT = '1.0'
const MAJOR = 1

const NEWLINE = Buffer.from('\n')

export type JournalRead = {
  readonly header: Header
  readonly facts: readonly Fact[]
  /** Undefined when this limn can read it. */
  readonly newer?: string
  /** A word for each thing that was not as it should be. */
  readonly repairs: readonly string[]
  /** What is to be done to the file before anything is written behind it. */
  readonly mend: { readonly length: number; readonly text: string } | undefined
}

export async function createJournal(folder: string, created: Date, cwd: string): Promise<void> {
  await writeNew(folder, JOURNAL, encode({ limn: FORMAT, created: created.toISOString(), folder: cwd }))
}

/** Changes nothing. */
export async function readJournal(folder: string): Promise<JournalRead> {
  const path = join(folder, JOURNAL)
  const [{ readLine }, bytes] = await Promise.all([import('./facts.ts'), onDisk(path, () => readFile(path))])
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
      repairs.push(`Line ${number} of the session ("${line.type}") cannot be read and is passed over.`)
    } else if (line.kind === 'broken' && isLast) {
      mend = { length: start, text: '' }
      repairs.push(
        'The last line of the session was torn, as when limn is killed while it writes; it was cut off.',
      )
    } else if (line.kind === 'broken') {
      repairs.push(`Line ${number} of the session is damaged and is passed over.`)
    }
    // Whole but for its end: nothing of it is lost.
    if (isLast && newline < 0 && line.kind !== 'broken') mend = { length: end, text: '\n' }
    start = after
  }
  if (!header) {
    header = { limn: FORMAT, created: facts[0]?.at ?? '', folder: '' }
    if (!repairs.length) repairs.push('The first line of the session, with its working folder, is missing.')
    // A file that is empty gets its first line again; it cannot be put in front of others without rewriting them.
    const empty = bytes.length === 0 || mend?.length === 0
    if (empty) mend = { length: 0, text: `${JSON.stringify(header)}\n` }
  }
  const newer = isNewer(header) ? { newer: newerText(header.limn) } : {}
  return { header, facts, repairs, mend, ...newer }
}

/** One line, on disk when this returns. After a failure the file is as it was before. */
export async function appendLine(folder: string, value: Fact): Promise<void> {
  await rewriteEnd(folder, undefined, encode(value))
}

/** Cuts a torn end off, so that the next line is not glued to it. */
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
      // A half line that a failing disk would not even let go of is ended, and passed over when it is read.
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
  const major = Number.parseInt(header.limn, 10)
  return !(major <= MAJOR)
}

function newerText(format: string): string {
  return `This session was written by a newer limn (format ${format}); this one reads ${MAJOR}.x. Update limn to open it.`
}
