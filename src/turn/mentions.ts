import { basename } from 'node:path'
import type { Answer, Event, NewFile } from '../core/event.ts'
import { fileName, type Line, type NamedImage } from '../core/line/line.ts'
import type { TaskProblem } from '../core/line/part-outcome.ts'
import type { FileRef } from '../core/session/file-ref.ts'
import type { Mention, Original, Session } from '../core/session/session.ts'
import { versionOf } from '../core/session/tree.ts'
import type { Place } from '../host/place.ts'
import { toAccepted } from '../image/convert.ts'
import { inspect } from '../image/inspect.ts'
import { extensionOf } from '../image/sniff.ts'
import { sha256 } from '../store/files.ts'
import type { Context } from './context.ts'
import { absolute, readImage, type Unread } from './read-image.ts'

export type Input = {
  readonly file: FileRef
  readonly files: readonly NewFile[]
  /** The user's file as it was read. */
  readonly original: Original
}

/**
 * Reads an image that the user names, as a file for the session, or gives a sentence about why it cannot. Converts
 * formats that the models do not accept.
 */
export async function readInput(
  path: string,
  place: Place,
): Promise<({ readonly ok: true } & Input) | Unread> {
  const read = await readImage(path, place, true)
  if (!read.ok) return read
  const accepted = await toAccepted(read.bytes)
  const taken = accepted === read.bytes ? read.seen : await inspect(accepted)
  if (!taken.ok) return { ok: false, sentence: `${path}: ${taken.sentence}` }
  const hash = sha256(accepted)
  const name = `inputs/${hash}.${extensionOf(taken.image.format)}`
  const { mime, width, height } = taken.image
  const file = { file: name, mime, width, height, bytes: accepted.length, sha256: hash }
  const original = {
    bytes: read.bytes.length,
    modified: read.modified,
    sha256: accepted === read.bytes ? hash : sha256(read.bytes),
  }
  return { ok: true, file, files: [{ name, bytes: accepted }], original }
}

/** The images that a line mentions, with the files to store for them. */
export type Mentioned = { readonly mentions: readonly Mention[]; readonly files: readonly NewFile[] }

/** Reads what a line mentions. Asks about a name that is not found; the user can then take the line back. */
export async function* mentionsOfLine(
  parsed: Line & { kind: 'prompt' },
  { session, place }: Pick<Context, 'session' | 'place'>,
): AsyncGenerator<Event, Mentioned | TaskProblem, Answer> {
  const mentions: Mention[] = []
  const files: NewFile[] = []
  for (const named of parsed.named) {
    // A new image has no base: the version that the line begins with is then mentioned like any other.
    if (named.kind === 'version' && named.version === parsed.base && !parsed.fresh) continue
    const mention = await mentionOf(named, session, place)
    if (mention.ok) {
      const { role = mention.mention.role } = named
      add({ ...mention.mention, ...(role === undefined ? {} : { role }) }, named, mentions)
      files.push(...mention.files)
      continue
    }
    const send = yield {
      type: 'ask',
      question: {
        kind: 'yes-no',
        text: `${mention.sentence} Send the line with these words as plain text?`,
        default: false,
      },
    }
    if (send !== true) return { kind: 'not-sent', why: { reason: 'declined', says: mention.sentence } }
  }
  return { mentions, files }
}

/** Reads images that are given as values, not in the words of a line. Returns a sentence if one cannot be read. */
export async function mentionsOfImages(
  images: readonly NamedImage[],
  { session, place }: Pick<Context, 'session' | 'place'>,
): Promise<Mentioned | { readonly sentence: string }> {
  const mentions: Mention[] = []
  const files: NewFile[] = []
  for (const named of images) {
    const mention = await mentionOf(named, session, place)
    if (!mention.ok) return mention
    add(mention.mention, named, mentions)
    files.push(...mention.files)
  }
  return { mentions, files }
}

/** Adds an image once; another image with the same name is named by its path. */
function add(mention: Mention, named: NamedImage, mentions: Mention[]): void {
  const namesake = mentions.find(({ name }) => name === mention.name)
  if (namesake?.file.sha256 === mention.file.sha256) return
  const name = namesake && named.kind === 'file' ? named.path : mention.name
  if (!mentions.some((one) => one.name === name)) mentions.push({ ...mention, name })
}

type FoundMention =
  | { readonly ok: true; readonly mention: Mention; readonly files: readonly NewFile[] }
  | { readonly ok: false; readonly sentence: string }

async function mentionOf(named: NamedImage, session: Session, place: Place): Promise<FoundMention> {
  switch (named.kind) {
    case 'version': {
      const version = versionOf(session, named.version)
      if (!version) return { ok: false, sentence: `There is no v${named.version}.` }
      return {
        ok: true,
        mention: { name: `v${version.number}`, file: version.file, version: version.number },
        files: [],
      }
    }
    case 'reference': {
      const reference = session.references.find(({ name }) => name === named.name)
      if (!reference) return { ok: false, sentence: `There is no reference ${named.name}.` }
      const { name, file, role } = reference
      return { ok: true, mention: { name, file, ...(role === undefined ? {} : { role }) }, files: [] }
    }
    case 'file': {
      const input = await readInput(named.path, place)
      if (input.ok) {
        return {
          ok: true,
          mention: {
            name: basename(fileName(named.path)),
            file: input.file,
            source: absolute(named.path, place),
          },
          files: input.files,
        }
      }
      return {
        ok: false,
        sentence: input.missing ? `There is no file or reference named "${named.path}".` : input.sentence,
      }
    }
  }
}
