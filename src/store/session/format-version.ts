import type { Fact, FactOf } from '../../core/session/fact.ts'

// The first line of session.jsonl names the version of the format. limn opens every session whose major version it
// knows, whatever the minor version, and refuses the others without touching them. So a session becomes 2.0 with the
// first fact that a limn of 1.x would misread, and not before: until then the older limn can continue it.

export type Major = 1 | 2

/**
 * The first major version whose readers understand a fact. It is 1 when older readers can skip the fact and still show
 * the session as it is. A fact with an optional field that they must not skip is of 2 when that field is present.
 */
const SINCE: { readonly [Type in Fact['type']]: Major | ((fact: FactOf<Type>) => Major) } = {
  titled: 1,
  set: 1,
  styled: 1,
  brought: 1,
  // A reader that skips it would take its images for files left behind by a kill, and adopt them.
  derived: 2,
  referenced: 1,
  unreferenced: 1,
  'reference-changed': 1,
  queued: 1,
  unqueued: 1,
  // An older limn does not see reserved numbers, and would give them to other versions.
  prompted: ({ reserved }) => (reserved === undefined ? 1 : 2),
  answered: 1,
  failed: 1,
  'let-go': 1,
  tagged: 1,
  moved: 1,
  left: 1,
}

/** The newest major version that this limn reads. */
export const NEWEST: Major = 2

/** The major version that the header must name before this fact is written. */
export function majorFor(fact: Fact): Major {
  return since(fact.type, fact)
}

function since<Type extends Fact['type']>(type: Type, fact: FactOf<Type>): Major {
  const major: Major | ((fact: FactOf<Type>) => Major) = SINCE[type]
  return typeof major === 'function' ? major(fact) : major
}

/** `2.0` */
export function formatText(major: Major): string {
  return `${major}.0`
}

/** The number before the dot; NaN when the text is not a version. */
export function majorOf(format: string): number {
  return Number.parseInt(format, 10)
}
