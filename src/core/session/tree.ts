import { type Head, ROOT, type Session, type Turn, type Version } from './session.ts'

export function turnOf(session: Session, id: string | null): Turn | undefined {
  return id === null ? undefined : session.turns.find((turn) => turn.id === id)
}

export function versionOf(session: Session, number: number | null): Version | undefined {
  return number === null ? undefined : session.versions.find((version) => version.number === number)
}

/**
 * The number of the next version: after all that exist, and all that turns in flight have reserved. A turn that brings
 * no image leaves a gap when a later number is in use, and gives its number back when none is.
 */
export function nextVersion({ versions, turns }: Session): number {
  const taken = versions.map(({ number }) => number)
  const reserved = turns.flatMap((turn) => (turn.outcome.kind === 'open' ? (turn.reserved ?? []) : []))
  return Math.max(0, ...taken, ...reserved) + 1
}

/** The numbers for this many images of a turn: its reserved one, then the next that are free. */
export function numbersFor(session: Session, turn: string, images: number): readonly number[] {
  const reserved = turnOf(session, turn)?.reserved
  const own = reserved === undefined || versionOf(session, reserved) ? [] : [reserved]
  const next = nextVersion(session)
  return [...own, ...Array.from({ length: images }, (_, index) => next + index)].slice(0, images)
}

/** The turn that drew an image; undefined for one that was brought in or made by a tool. */
export function turnThatDrew(session: Session, { turn, made }: Version): Turn | undefined {
  return made ? undefined : turnOf(session, turn)
}

/** The images that one act has made. */
export function madeBy(session: Session, act: string): readonly Version[] {
  return session.versions.filter(({ made }) => made?.act.id === act)
}

export function nextAct(session: Session): string {
  const numbers = session.versions.map(({ made }) => Number(made?.act.id.slice(1)) || 0)
  return `a${Math.max(0, ...numbers) + 1}`
}

export function nextTurn(session: Session): string {
  return `t${Math.max(0, ...session.turns.map(({ id }) => Number(id.slice(1)) || 0)) + 1}`
}

/** The head that is on a version: `/goto v3`. */
export function headAt(session: Session, number: number): Head | undefined {
  const version = versionOf(session, number)
  return version && { turn: version.turn, version: number }
}

/** True where the conversation before an image is forgotten: the head is on it without the turn that made it. */
export function isAlone(session: Session, head: Head): boolean {
  return head.turn === null && turnOf(session, versionOf(session, head.version)?.turn ?? null) !== undefined
}

/** The turn that the head came from, even where its conversation is forgotten. */
export function headTurn(session: Session): Turn | undefined {
  const { turn, version } = session.head
  return turnOf(session, turn ?? versionOf(session, version)?.turn ?? null)
}

/** Where undo goes from here; undefined at the root. */
function parent(session: Session, head: Head): Head | undefined {
  const made = madeAt(session, head)
  if (made) return made.parent
  const turn = turnOf(session, head.turn)
  if (turn) return turn.parent
  // The same image, with its conversation.
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
 * The image made by a tool that a head is on, with the conversation before it. Its number has to be greater than that
 * of what it was made from: otherwise a damaged line of the file could lead round in a circle.
 */
function madeAt(session: Session, head: Head): Version | undefined {
  const version = versionOf(session, head.version)
  if (!version?.made || version.turn !== head.turn) return undefined
  return (version.parent.version ?? 0) < version.number ? version : undefined
}

/** A step on the way to a head: a turn with the version that the way goes on from, or an image made by a tool. */
export type PathStep =
  | { readonly kind: 'turn'; readonly turn: Turn; readonly version: number | null }
  | { readonly kind: 'made'; readonly version: Version }

/** The steps from the root to a head, the oldest first. An image that was brought in is a root of its own. */
export function steps(session: Session, head: Head): readonly PathStep[] {
  const found: PathStep[] = []
  for (let at = head; ; ) {
    const made = madeAt(session, at)
    const turn = made ? undefined : turnOf(session, at.turn)
    if (made) found.push({ kind: 'made', version: made })
    else if (turn) found.push({ kind: 'turn', turn, version: at.version })
    else return found.reverse()
    at = made?.parent ?? turn?.parent ?? ROOT
  }
}

/** The turns among these steps: what the model was sent and what it answered. */
export function path(
  session: Session,
  head: Head,
): readonly { readonly turn: Turn; readonly version: number | null }[] {
  return steps(session, head).filter((step) => step.kind === 'turn')
}

/**
 * The versions that led to the current one without a break, the oldest first: each but the first is an edit of the
 * one before it. An image made by a tool may have moved every pixel, and so starts a new series.
 */
export function editRow(session: Session): readonly number[] {
  const way = steps(session, session.head).filter((step) => step.version !== null)
  const start = way.findLastIndex((step) => step.kind === 'made' || step.turn.fresh)
  const row = way.slice(Math.max(0, start))
  const [first] = row
  const origin = start === -1 && first?.kind === 'turn' ? first.turn.parent.version : null
  const numbers = row.map((step) => (step.kind === 'made' ? step.version.number : step.version))
  return [origin, ...numbers].filter((version) => typeof version === 'number')
}

/** The head `count` steps back, or undefined when there is nothing to go back to. */
export function back(session: Session, count: number): Head | undefined {
  let head: Head | undefined = session.head
  for (let step = 0; step < count && head; step++) head = parent(session, head)
  return head === session.head ? undefined : head
}

/** The group of the image that follows a head on the way to the current one. */
export function groupFrom(session: Session, head: Head): string | undefined {
  for (let at: Head | undefined = session.head; at; ) {
    const above = parent(session, at)
    if (above && isSameHead(above, head)) return groupAt(session, at)
    at = above
  }
  return undefined
}

function groupAt(session: Session, head: Head): string | undefined {
  const act = madeAt(session, head)?.made?.act.id
  if (act === undefined) return turnOf(session, head.turn)?.group
  return madeBy(session, act).length > 1 ? act : undefined
}

export function isSameHead(one: Head, other: Head): boolean {
  return one.turn === other.turn && one.version === other.version
}

/** Versions that follow this head directly. */
function children(session: Session, head: Head): readonly Version[] {
  return session.versions.filter((version) => isSameHead(version.parent, head))
}

/** True when a new line from here starts a branch: something was made from here already. */
export function isBranch(session: Session, head: Head): boolean {
  return children(session, head).some(
    ({ turn, made }) => made !== undefined || (turn !== null && !turnOf(session, turn)?.letGo),
  )
}

export function isRoot(head: Head): boolean {
  return isSameHead(head, ROOT)
}
