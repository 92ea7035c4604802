import type { Fact, FactOf } from '../../core/session/session.ts'

// The version of the format stands in the first line of session.jsonl. A limn opens every session whose major version
// it knows, whatever the minor one, and refuses the others without touching them. So a session becomes 2.0 with the
// first fact that a limn of 1.x would misread, and not before: until then the older limn can go on with it.

export type Major = 1 | 2

/**
 * The first major version whose readers understand a fact. A fact that older readers may pass over, and still show the
 * session as it is, is of 1. A field that they must not pass over makes its fact one of 2 where it is there.
 */
const SINCE: { readonly [Type in Fact['type']]: Major | ((fact: FactOf<Type>) => Major) } = {
  titled: 1,
  set: 1,
  styled: 1,
  brought: 1,
  // Passed over, its images would be taken for such as a kill has left without a line.
  derived: 2,
  referenced: 1,
  unreferenced: 1,
  'reference-changed': 1,
  queued: 1,
  unqueued: 1,
  // The numbers of versions would be given twice: an older limn does not see those that are reserved.
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

/** The number before the dot; NaN for what is no version. */
export function majorOf(format: string): number {
  return Number.parseInt(format, 10)
}
