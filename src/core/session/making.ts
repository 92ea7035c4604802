import type { Session, Version } from './session.ts'
import { versionOf } from './tree.ts'

/**
 * How tools made an image, from the last one before it that no tool made: `v2, mirrored, then turned by 90°`. `first`
 * is that one, where the session still has it.
 */
export function makingOf(
  session: Session,
  version: Version,
): { readonly first: Version | undefined; readonly words: string } {
  const did: string[] = []
  let name = `v${version.number}`
  let at: Version | undefined = version
  while (at?.made) {
    const { act, did: words } = at.made
    did.unshift(words)
    name = act.from.map((number) => `v${number}`).join(' and ')
    const number: number = act.from[0] ?? 0
    // Its own number or a later one is not followed: lines of the file can be damaged.
    at = number < at.number ? versionOf(session, number) : undefined
  }
  return { first: at, words: [name, did.join(', then ')].filter((words) => words !== '').join(', ') }
}
