import { type Line, parseLine } from '../line/line.ts'
import type { Session } from './session.ts'
import { currentVersion, isAlone } from './tree.ts'

/**
 * What the line edits: `v9`, `v9 alone` when the conversation before it is forgotten, or `from v3 · + v6` for a line
 * that names versions.
 */
export function labelFor(session: Session, line: string): string {
  return labelOf(session, parseLine(line, knownIn(session)))
}

function labelOf(session: Session, line: Line): string {
  const alone = isAlone(session, session.head) ? ' alone' : ''
  const current = `v${currentVersion(session)?.number ?? 0}${alone}`
  const fresh = session.choice?.versions.map((number) => `v${number}`).join(' ') ?? ''
  const open = fresh === '' ? current : `${current} (new: ${fresh})`
  if (line.kind !== 'prompt') return open
  if (line.fresh) return 'v0'
  const base = line.base === null ? open : `from v${line.base}`
  const others = line.named.flatMap((one) =>
    one.kind === 'version' && one.version !== line.base ? [`v${one.version}`] : [],
  )
  return [base, ...new Set(others.map((name) => `+ ${name}`))].join(' · ')
}

export function knownIn(session: Session) {
  return {
    versions: new Set(session.versions.map(({ number }) => number)),
    references: session.references.map(({ name }) => name),
    tags: new Map(session.tags.map(({ name, version }) => [name.toLowerCase(), version])),
  }
}
