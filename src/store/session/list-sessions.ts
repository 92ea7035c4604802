import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { imagesOf } from '../../core/session/fact-images.ts'
import { JOURNAL } from './journal.ts'
import type { Header } from './read-fact.ts'
import { sessionsFolder } from './session-store.ts'

export type SessionSummary = {
  readonly id: string
  /** The working folder that it was made in. */
  readonly folder: string
  readonly created: string
  /** When its last fact was recorded. */
  readonly changed: string
  readonly title: string
  readonly turns: number
  readonly versions: number
  readonly lastPrompt: string
  readonly engines: readonly string[]
}

type ReadSession = { readonly summary: SessionSummary; readonly prompts: readonly string[] }

/** Folders read at once. */
const BATCH = 32

/** The newest first, without folders that cannot be read and sessions without facts. */
export async function listSessions(root: string): Promise<readonly SessionSummary[]> {
  return (await readAll(root)).map(({ summary }) => summary)
}

/** Finds sessions by id, else by the beginning of an id, else by words of the title and the prompts; newest first. */
export async function findSession(root: string, words: string): Promise<readonly SessionSummary[]> {
  const all = await readAll(root)
  const wanted = words.trim().toLowerCase()
  if (wanted === '') return []
  const each = wanted.split(/\s+/)
  const matches: ((read: ReadSession) => boolean)[] = [
    ({ summary }) => summary.id.toLowerCase() === wanted,
    ({ summary }) => summary.id.toLowerCase().startsWith(wanted),
    ({ summary, prompts }) => {
      const text = [summary.id, summary.title, ...prompts].join('\n').toLowerCase()
      return each.every((word) => text.includes(word))
    },
  ]
  for (const fits of matches) {
    const found = all.filter(fits)
    if (found.length) return found.map(({ summary }) => summary)
  }
  return []
}

/** The newest session of this working folder (`here`), else the newest of all. */
export async function newestFor(
  root: string,
  cwd: string,
): Promise<{ readonly session: SessionSummary; readonly here: boolean } | undefined> {
  const all = await listSessions(root)
  const session = all.find(({ folder }) => folder === cwd) ?? all[0]
  return session && { session, here: session.folder === cwd }
}

async function readAll(root: string): Promise<ReadSession[]> {
  const folder = sessionsFolder(root)
  const ids = await readdir(folder).catch(() => [])
  const all: ReadSession[] = []
  for (let start = 0; start < ids.length; start += BATCH) {
    const some = ids.slice(start, start + BATCH)
    const read = await Promise.all(some.map((id) => readSummary(join(folder, id), id).catch(() => undefined)))
    for (const one of read) if (one) all.push(one)
  }
  return all.sort(
    (a, b) =>
      b.summary.changed.localeCompare(a.summary.changed) ||
      b.summary.id.localeCompare(a.summary.id, 'en', { numeric: true }),
  )
}

/** The row of a session in a list: its facts are read as when it is opened, but not replayed. */
async function readSummary(folder: string, id: string): Promise<ReadSession | undefined> {
  const path = join(folder, JOURNAL)
  const [{ readLine }, text] = await Promise.all([import('./read-fact.ts'), readFile(path, 'utf8')])
  let header: Header | undefined
  let title = ''
  let changed = ''
  let facts = 0
  let versions = 0
  const prompts: string[] = []
  const engines = new Set<string>()
  for (const row of text.split('\n')) {
    const line = readLine(row)
    switch (line.kind) {
      case 'header':
        header ??= line.header
        break
      case 'broken':
        break
      case 'unknown':
      case 'malformed':
        facts += 1
        changed = line.at || changed
        break
      case 'fact': {
        const { fact } = line
        facts += 1
        changed = fact.at || changed
        versions += imagesOf(fact).length
        if (fact.type === 'titled') title = fact.title
        if (fact.type !== 'prompted') break
        prompts.push(fact.prompt.text)
        engines.add(fact.prompt.engine)
      }
    }
  }
  if (facts === 0) return undefined
  changed ||= (await stat(path)).mtime.toISOString()
  const summary = {
    id,
    folder: header?.folder ?? '',
    created: header?.created || changed,
    changed,
    title,
    turns: prompts.length,
    versions,
    lastPrompt: prompts.at(-1) ?? '',
    engines: [...engines],
  }
  return { summary, prompts }
}
