import { type Head, ROOT, type Session, type Turn, type Version } from './session.ts'

export function turnOf(session: Session, id: string | null): Turn | undefined {
  return id === null ? undefined : session.turns.find((turn) => turn.id === id)
}

export function versionOf(session: Session, number: number | null): Version | undefined {
  return number === null ? undefined : session.versions.find((version) => version.number === number)
}

/** The number of the next version; a line of the file that was lost leaves a gap, never a number used twice. */
export function nextVersion(session: Session): number {
  return Math.max(0, ...session.versions.map(({ number }) => number)) + 1
}

export function nextTurn(session: Session): string {
  return `t${Math.max(0, ...session.turns.map(({ id }) => Number(id.slice(1)) || 0)) + 1}`
}

/** The head that stands on a version: `/goto v3`. */
export function headAt(session: Session, number: number): Head | undefined {
  const version = versionOf(session, number)
  return version && { turn: version.turn, version: number }
}

/** True where the talk that led to an image is forgotten: the head stands on it without the turn that made it. */
export function isAlone(session: Session, head: Head): boolean {
  return head.turn === null && turnOf(session, versionOf(session, head.version)?.turn ?? null) !== undefined
}

/** The turn that the head came from, also where its talk is forgotten. */
export function headTurn(session: Session): Turn | undefined {
  const { turn, version } = session.head
  return turnOf(session, turn ?? versionOf(session, version)?.turn ?? null)
}

/** Where undo goes from here; undefined at the root. */
function parent(session: Session, head: Head): Head | undefined {
  const turn = turnOf(session, head.turn)
  if (turn) return turn.parent
  // The same image, with its talk.
  if (head.version !== null && isAlone(session, head)) return headAt(session, head.version)
  return versionOf(session, head.version)?.parent
}

/** The version that a line would edit: the head's own, or the nearest above it. */
export function currentVersion(session: Session, head: Head = session.head): Version | undefined {
  for (let at: Head | undefined = head; at; at = parent(session, at)) {
    const version = versionOf(session, at.version)
    if (version) return version
  }
  return undefined
}

/**
 * The turns from the root to a head, the oldest first, each with the version that the path leaves it through.
 * An image that was brought in starts a path of its own.
 */
export function path(
  session: Session,
  head: Head,
): readonly { readonly turn: Turn; readonly version: number | null }[] {
  const steps: { turn: Turn; version: number | null }[] = []
  let at = head
  for (let turn = turnOf(session, at.turn); turn; turn = turnOf(session, at.turn)) {
    steps.push({ turn, version: at.version })
    at = turn.parent
  }
  return steps.reverse()
}

/**
 * The versions that led to the current one without a break, the oldest first: each but the first is an edit of the
 * one before it.
 */
export function editRow(session: Session): readonly number[] {
  const steps = path(session, session.head).filter(({ version }) => version !== null)
  const start = steps.findLastIndex(({ turn }) => turn.fresh)
  const row = steps.slice(Math.max(0, start))
  const origin = start === -1 ? row[0]?.turn.parent.version : null
  return [origin, ...row.map(({ version }) => version)].filter((version) => typeof version === 'number')
}

/** The head `steps` back, or undefined when there is nothing to go back to. */
export function back(session: Session, steps: number): Head | undefined {
  let head: Head | undefined = session.head
  for (let step = 0; step < steps && head; step++) head = parent(session, head)
  return head === session.head ? undefined : head
}

/** The turn by which the way to where the session stands goes on from a head above it. */
export function turnFrom(session: Session, head: Head): Turn | undefined {
  for (let at: Head | undefined = session.head; at; ) {
    const above = parent(session, at)
    if (above?.turn === head.turn && above.version === head.version) return turnOf(session, at.turn)
    at = above
  }
  return undefined
}

/** Versions that were made from this head by one turn. */
function children(session: Session, head: Head): readonly Version[] {
  return session.versions.filter(
    (version) => version.parent.turn === head.turn && version.parent.version === head.version,
  )
}

/** True when a new line from here starts a branch: something was made from here already. */
export function isBranch(session: Session, head: Head): boolean {
  return children(session, head).some(({ turn }) => turn !== null && !turnOf(session, turn)?.letGo)
}

export function isRoot(head: Head): boolean {
  return head.turn === ROOT.turn && head.version === ROOT.version
}
