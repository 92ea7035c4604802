import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { apply } from '../../core/session/apply.ts'
import type { Fact, FactOf } from '../../core/session/fact.ts'
import type { FileRef } from '../../core/session/file-ref.ts'
import type { Session, ToolAct, Turn } from '../../core/session/session.ts'
import { type AnswerPart, type StoredAnswer, weightOf } from '../../core/session/stored-answer.ts'
import { nextAct } from '../../core/session/tree.ts'
import { DiskError } from '../disk-error.ts'
import { isInside, sha256 } from '../files.ts'
import type { Now, SessionStore } from './session-store.ts'
import { actName, readAct } from './stored-acts.ts'
import { answerFile, readAnswer } from './stored-answers.ts'

/** Reads the format and the size of an image from its bytes; undefined when they are not an image. */
export type Inspect = (
  bytes: Uint8Array,
) => Promise<{ readonly mime: string; readonly width: number; readonly height: number } | undefined>

type FoundFiles = { readonly version: number; readonly file: FileRef }

type Adopted = { readonly turn: Turn; readonly images: readonly FoundFiles[] }

/** A version, and the name of its file. */
type AdoptedImage = { readonly name: string; readonly version: number }

/** The file name of an answer's image or of one that was brought in; `v3-2` was renamed to free the name `v3`. */
const IMAGE = /^v(\d+)(-\d+)?\.\w+$/

/** Files in the folder that no line of the session names. A later record may need one of their names. */
export async function unrecordedFiles(folder: string, session: Session): Promise<string[]> {
  const named = new Set(session.versions.map(({ file }) => file.file))
  for (const { made } of session.versions) if (made) named.add(actName(made.act.id))
  for (const turn of session.turns) {
    if (turn.outcome.kind === 'answered') named.add(`answers/${turn.id}.json`)
  }
  const found = await Promise.all(
    ['images', 'answers', 'acts'].map(async (part) => {
      const names = await readdir(join(folder, part)).catch(() => [])
      return names.map((name) => `${part}/${name}`)
    }),
  )
  return found.flat().filter((name) => !named.has(name))
}

/**
 * Records the files that limn wrote before it was killed, when their line is missing: they are whole, and become the
 * answer. Gives a sentence for each.
 */
export async function adopt(
  store: SessionStore,
  folder: string,
  session: Session,
  inspect: Inspect,
  now: Now,
): Promise<{ session: Session; repairs: string[] }> {
  const repairs: string[] = []
  const adopted: Adopted[] = []
  const unrecorded = await unrecordedFiles(folder, session)
  const orphans = new Set(unrecorded.filter((name) => name.startsWith('images/')))
  let current = session

  const look = async (file: string): Promise<FileRef | undefined> => {
    const bytes = isInside(file) ? await readFile(join(folder, file)).catch(() => undefined) : undefined
    const image = bytes && (await inspect(bytes))
    if (!bytes || !image) {
      repairs.push(`${file} is ${bytes ? 'not an image that limn can read' : 'missing'}; it was left alone.`)
      return undefined
    }
    const { mime, width, height } = image
    return { file, mime, width, height, bytes: bytes.length, sha256: sha256(bytes) }
  }

  const record = async (fact: Fact, answer?: StoredAnswer) => {
    await store.record(fact, answer ? [answerFile(answer)] : [])
    current = apply(current, fact)
  }

  /** Before the answers: an image that a tool made here is not an answer, whichever turn is open. */
  const adoptActs = async () => {
    for (const name of unrecorded.filter((one) => one.startsWith('acts/')).sort(byNumber)) {
      const fact = await readAct(folder, name)
      if (!fact) continue
      const versions: (typeof fact.versions)[number][] = []
      for (const { version, file, did } of fact.versions) {
        if (!orphans.delete(file.file)) continue
        const found = await look(file.file)
        if (found) versions.push({ version: numberFor(current, versions, version), file: found, did })
      }
      const [only, ...others] = versions
      if (!only) continue
      const { parent } = fact
      const taken = current.versions.some(({ made }) => made?.act.id === fact.act.id)
      await record({
        ...fact,
        at: now().toISOString(),
        act: taken ? { ...fact.act, id: nextAct(current) } : fact.act,
        versions,
        head: others.length === 0 ? { turn: parent.turn, version: only.version } : current.head,
      })
      repairs.push(derivedNotice(versions, fact.act))
    }
  }

  const adoptAnswers = async () => {
    for (const turn of session.turns) {
      const answer = turn.outcome.kind === 'open' ? await readAnswer(folder, turn.id) : undefined
      if (!answer) continue
      const images: FoundFiles[] = []
      for (const part of answer.parts) {
        // A file that belongs to another turn is not adopted.
        if (part.kind !== 'image' || !orphans.delete(part.file)) continue
        const file = await look(part.file)
        if (file) images.push({ version: numberFor(current, images, part.version), file })
      }
      await record(answered(turn, answer, images, now()))
      adopted.push({ turn, images })
    }
  }

  const adoptImages = async () => {
    const open = current.turns.filter(({ outcome }) => outcome.kind === 'open')
    const images: FoundFiles[] = []
    const brought: AdoptedImage[] = []
    for (const name of [...orphans].sort(byNumber)) {
      const match = IMAGE.exec(name.slice('images/'.length))
      const file = match && (await look(name))
      if (!match || !file) continue
      const version = numberFor(current, images, Number(match[1]))
      if (open.length === 1 && !match[2]) images.push({ version, file })
      else {
        await record({
          at: now().toISOString(),
          type: 'brought',
          version,
          file,
          name: name.slice('images/'.length),
        })
        brought.push({ name, version })
      }
    }
    if (brought.length > 0) repairs.push(broughtNotice(brought))
    const turn = open[0]
    if (turn && images.length) {
      const parts = images.map(
        ({ version, file }): AnswerPart => ({
          kind: 'image',
          version,
          file: file.file,
          mime: file.mime,
          bytes: file.bytes,
        }),
      )
      const answer = { turn: turn.id, engine: turn.engine, model: turn.settings.model, parts }
      await record(answered(turn, answer, images, now()), answer)
      adopted.push({ turn, images })
    }
  }

  try {
    await adoptActs()
    await adoptAnswers()
    await adoptImages()
  } catch (error) {
    // A full disk must not keep the session from opening; the files stay for the next time.
    if (!(error instanceof DiskError)) throw error
    repairs.push(error.message)
  }
  return { session: current, repairs: [...adoptionNotices(adopted), ...repairs] }
}

function answered(turn: Turn, answer: StoredAnswer, images: readonly FoundFiles[], at: Date): Fact {
  const words = answer.parts
    .flatMap((part) => (part.kind === 'text' ? [part.text] : []))
    .join('')
    .trim()
  const kept = new Set(images.map(({ file }) => file.file))
  return {
    at: at.toISOString(),
    type: 'answered',
    turn: turn.id,
    words,
    images,
    ...(images.length === 0 && {
      nothing: { kind: words === '' ? 'empty' : 'words-only', says: '' } as const,
    }),
    ...(answer.thoughts && { thoughts: answer.thoughts }),
    ...(answer.grounding && { grounding: answer.grounding }),
    weight: weightOf(answer.parts.filter((part) => part.kind === 'text' || kept.has(part.file))),
    usage: null,
    cost: turn.engine === 'practice' ? { kind: 'free' } : { kind: 'unknown' },
    seconds: 0,
    adopted: true,
  }
}

/** The number in the file's name, unless another version has it. */
function numberFor(session: Session, found: readonly FoundFiles[], wanted: number): number {
  const taken = new Set([
    ...session.versions.map(({ number }) => number),
    ...found.map(({ version }) => version),
  ])
  return wanted > 0 && !taken.has(wanted) ? wanted : Math.max(0, ...taken) + 1
}

/** One sentence for each line, however many images the line asked for. */
function adoptionNotices(adopted: readonly Adopted[]): readonly string[] {
  const lines = Map.groupBy(adopted, ({ turn }) => turn.group ?? turn.id)
  return [...lines.values()].map((line) => {
    const names = line.flatMap(({ images }) => images.map(({ version }) => `v${version}`))
    const inWords = line.filter(({ images }) => images.length === 0).length
    const all = [
      ...names,
      ...(inWords === 0 ? [] : [inWords === 1 ? 'an answer in words' : `${inWords} answers in words`]),
    ]
    const what = listed(all).replace(/^a/, 'A')
    const to = line.map(({ turn }) => turn.whole ?? turn.text)[0]
    const answers = line.length === 1 ? 'the answer' : 'answers'
    return `${what} ${names.length + inWords === 1 ? 'was' : 'were'} found on disk but not in the session, and kept: ${answers} to "${to}".`
  })
}

function derivedNotice(versions: FactOf<'derived'>['versions'], { from }: ToolAct): string {
  const names = versions.map(({ version, did }) => `v${version} (v${from[0]}, ${did})`)
  const [was, is] = names.length === 1 ? ['was', 'is'] : ['were', 'are']
  return `${listed(names)} ${was} found on disk but not in the session, and ${is} kept.`
}

function broughtNotice(brought: readonly AdoptedImage[]): string {
  const names = listed(brought.map(({ name }) => name))
  const versions = listed(brought.map(({ version }) => `v${version}`))
  const [was, is] = brought.length === 1 ? ['was', 'is'] : ['were', 'are']
  return `${names} ${was} found on disk but not in the session, and ${is} kept as ${versions}.`
}

/** `v1, v2 and v3` */
function listed(names: readonly string[]): string {
  const [last = '', ...others] = names.toReversed()
  return others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`
}

function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}
