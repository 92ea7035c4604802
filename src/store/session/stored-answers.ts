import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { NewFile } from '../../core/event.ts'
import type { FileRef } from '../../core/session/file-ref.ts'
import type { Grounding } from '../../core/session/grounding.ts'
import type { AnswerPart, SignatureRef, StoredAnswer } from '../../core/session/stored-answer.ts'
import type { Thought } from '../../core/session/thoughts.ts'
import { isInside } from '../files.ts'

/** In characters. A longer signature has a file of its own, so that a person can read `answers/t3.json`. */
const LARGE_SIGNATURE = 2000

export type PartToStore =
  | { readonly kind: 'text'; readonly text: string; readonly signature?: string }
  | {
      readonly kind: 'image'
      readonly bytes: Uint8Array
      readonly mime: string
      /** By the real format: `jpg`, `png`, `webp`. */
      readonly extension: string
      readonly signature?: string
    }

/** A thought of the model. An image that is also in the answer is not stored a second time. */
export type ThoughtToStore =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'image'
      readonly bytes: Uint8Array
      readonly extension: string
      readonly ref: Omit<FileRef, 'file'>
    }

type AnswerToStore = {
  readonly turn: string
  readonly engine: string
  readonly model: string
  readonly parts: readonly PartToStore[]
  readonly thoughts: readonly ThoughtToStore[]
  readonly grounding: Grounding | null
  /** The versions that the images of the answer become, in order. */
  readonly numbers: readonly number[]
}

type AnswerFiles = {
  readonly answer: StoredAnswer
  /** To be written in this order, so that `answers/<turn>.json` only names files that are there. */
  readonly files: readonly NewFile[]
  readonly images: readonly { readonly version: number; readonly file: string }[]
}

export function storeAnswer({
  turn,
  engine,
  model,
  parts,
  thoughts,
  grounding,
  numbers,
}: AnswerToStore): AnswerFiles {
  const files: NewFile[] = []
  const images: { version: number; file: string }[] = []
  const stored = parts.map((part, index): AnswerPart => {
    const signature = signed(part.signature, `answers/${turn}-${index + 1}.signature`, files)
    if (part.kind === 'text') return { kind: 'text', text: part.text, ...signature }
    const version = numbers[images.length]
    if (version === undefined) throw new Error('An image of an answer has no number.')
    const file = `images/v${version}.${part.extension}`
    images.push({ version, file })
    files.push({ name: file, bytes: part.bytes })
    return { kind: 'image', version, file, mime: part.mime, bytes: part.bytes.length, ...signature }
  })
  const thought = thoughtsOf(thoughts, turn, files)
  const answer = {
    turn,
    engine,
    model,
    parts: stored,
    ...(thought.length > 0 && { thoughts: thought }),
    ...(grounding && { grounding }),
  }
  return { answer, files: [...files, answerFile(answer)], images }
}

function thoughtsOf(thoughts: readonly ThoughtToStore[], turn: string, files: NewFile[]): readonly Thought[] {
  return thoughts.map((thought, index): Thought => {
    if (thought.kind === 'text') return thought
    const twin = files.find(({ bytes }) => Buffer.compare(bytes, thought.bytes) === 0)
    const file = twin?.name ?? `thoughts/${turn}-${index + 1}.${thought.extension}`
    if (!twin) files.push({ name: file, bytes: thought.bytes })
    return { kind: 'image', file: { ...thought.ref, file } }
  })
}

export function answerFile(answer: StoredAnswer): NewFile {
  return { name: answerName(answer.turn), bytes: Buffer.from(`${JSON.stringify(answer, null, 2)}\n`) }
}

function answerName(turn: string): string {
  return `answers/${turn}.json`
}

/** Undefined when the file is missing or cannot be read as an answer. */
export async function readAnswer(folder: string, turn: string): Promise<StoredAnswer | undefined> {
  const name = answerName(turn)
  if (!isInside(name)) return undefined
  const text = await readFile(join(folder, name), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const { parseAnswer } = await import('./answer-schema.ts')
  return parseAnswer(text)
}

/** Undefined when its file is missing: the answer can be sent back without a signature. */
export async function readSignature(folder: string, ref: SignatureRef): Promise<string | undefined> {
  if ('value' in ref) return ref.value
  if (!isInside(ref.file)) return undefined
  return readFile(join(folder, ref.file), 'utf8').catch(() => undefined)
}

function signed(signature: string | undefined, file: string, files: NewFile[]): { signature?: SignatureRef } {
  if (signature === undefined) return {}
  if (signature.length <= LARGE_SIGNATURE) return { signature: { value: signature } }
  files.push({ name: file, bytes: Buffer.from(signature) })
  return { signature: { file, size: signature.length } }
}
