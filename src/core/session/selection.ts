import { type Head, ROOT, type Session, type Version } from './session.ts'
import { currentVersion, headAt, versionOf } from './tree.ts'

/** One grammar wherever versions are named: `v3 v5..v9 @tag current leaves - ^`. */
const WORD =
  /^(?:@?v?(?<from>\d+)(?:\.\.@?v?(?<to>\d+))?|(?<named>current|leaves|-)|(?<up>\^+)|@(?<tag>[\p{L}\p{M}\p{N}_-]+))$/iu

/** True for a word that can only be meant as versions: a bare number may be something else. */
export function looksLikeVersions(word: string): boolean {
  return WORD.test(word) && !/^\d/.test(word)
}

/** True for a word that can be read as versions where nothing else is expected. */
export function isSelection(word: string): boolean {
  return WORD.test(word)
}

export type Selected =
  | { readonly ok: true; readonly versions: readonly Version[] }
  | { readonly ok: false; readonly sentence: string }

/** The versions that words mean, each once, in the order in which they were named; without words, the current one. */
export function selectVersions(words: readonly string[], session: Session): Selected {
  const found = new Map<number, Version>()
  for (const word of words.length === 0 ? ['current'] : words) {
    const selected = versionsOf(word, session)
    if (!selected.ok) return selected
    for (const version of selected.versions) found.set(version.number, version)
  }
  return { ok: true, versions: [...found.values()] }
}

/** The one version that a word means. */
export function selectVersion(
  word: string | undefined,
  session: Session,
): { readonly ok: true; readonly version: Version } | { readonly ok: false; readonly sentence: string } {
  const selected = selectVersions(word === undefined ? [] : [word], session)
  if (!selected.ok) return selected
  const [version, ...others] = selected.versions
  if (version && others.length === 0) return { ok: true, version }
  const names = selected.versions.map(({ number }) => `v${number}`).join(' ')
  return { ok: false, sentence: `Name one version here; ${word} is ${names}.` }
}

/** Where a word leads: a version, the blank sheet (`v0`), or the place before the last jump (`-`). */
export function headOf(
  word: string,
  session: Session,
): { readonly ok: true; readonly head: Head } | { readonly ok: false; readonly sentence: string } {
  if (/^@?v?0+$/i.test(word)) return { ok: true, head: ROOT }
  if (word === '-') {
    return session.previous ? { ok: true, head: session.previous } : { ok: false, sentence: NO_EARLIER }
  }
  const selected = selectVersion(word, session)
  if (!selected.ok) return selected
  return { ok: true, head: headAt(session, selected.version.number) ?? ROOT }
}

function versionsOf(word: string, session: Session): Selected {
  const { from, to, named, up, tag } = WORD.exec(word)?.groups ?? {}
  if (from !== undefined) return range(Number(from), Number(to ?? from), session)
  if (tag !== undefined) return tagged(tag, session)
  if (up !== undefined) return above(up.length, session)
  switch (named?.toLowerCase()) {
    case 'current':
      return one(currentVersion(session), NO_IMAGE)
    case '-':
      return session.previous
        ? one(currentVersion(session, session.previous), 'The place before this one was the blank sheet.')
        : { ok: false, sentence: NO_EARLIER }
    case 'leaves':
      return leaves(session)
    default:
      return {
        ok: false,
        sentence: `"${word}" names no version; use v3, v5..v9, @tag, current, leaves, - or ^.`,
      }
  }
}

const NO_IMAGE = 'There is no image yet.'
const NO_EARLIER = 'There is no earlier place to go back to yet.'

function one(version: Version | undefined, otherwise: string): Selected {
  return version ? { ok: true, versions: [version] } : { ok: false, sentence: otherwise }
}

function range(from: number, to: number, session: Session): Selected {
  if (from === to) return one(versionOf(session, from), missing(session, from))
  const [least, most] = [Math.min(from, to), Math.max(from, to)]
  const versions = session.versions.filter(({ number }) => number >= least && number <= most)
  if (versions.length === 0) return { ok: false, sentence: missing(session, least) }
  return { ok: true, versions: from > to ? versions.toReversed() : versions }
}

function missing(session: Session, number: number): string {
  const last = Math.max(0, ...session.versions.map(({ number: one }) => one))
  return last === 0
    ? `There is no v${number}: this session has no image yet.`
    : `There is no v${number}: this session has v1${last > 1 ? ` to v${last}` : ''}.`
}

function tagged(name: string, session: Session): Selected {
  const tag = session.tags.find((one) => one.name.toLowerCase() === name.toLowerCase())
  return one(
    versionOf(session, tag?.version ?? null),
    `No version is tagged ${name}; /tag ${name} tags the current one.`,
  )
}

/** The version `steps` above the current one: what it was made from. */
function above(steps: number, session: Session): Selected {
  let version = currentVersion(session)
  for (let step = 0; step < steps && version; step++) version = currentVersion(session, version.parent)
  return one(version, 'There is no image above this one.')
}

/** Versions that nothing was made from. */
function leaves(session: Session): Selected {
  const made = new Set(session.versions.map(({ parent }) => currentVersion(session, parent)?.number))
  const versions = session.versions.filter(({ number }) => !made.has(number))
  return versions.length > 0 ? { ok: true, versions } : { ok: false, sentence: NO_IMAGE }
}
