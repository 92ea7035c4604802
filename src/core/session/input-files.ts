import type { Session } from './session.ts'

/** Paths of all files that the user gave to a session, in any way. */
export function inputFiles({ references, versions, turns }: Session): readonly string[] {
  const given = [
    ...references,
    ...versions,
    ...turns.flatMap((turn) => [...turn.references, ...turn.mentions]),
  ]
  return given.flatMap(({ source }) => (source ? [source] : []))
}
