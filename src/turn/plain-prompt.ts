import { type Answer, type Event, type NewFile, notSent, say } from '../core/event.ts'
import type { Given } from '../core/line/given-flag.ts'
import type { NamedImage } from '../core/line/line.ts'
import { lineOfWords } from '../core/line/line-of-words.ts'
import type { TaskProblem } from '../core/line/part-outcome.ts'
import { holdsKey, KEY_REFUSED } from '../core/line/secret.ts'
import type { Head, Prompt } from '../core/session/session.ts'
import { versionOf } from '../core/session/tree.ts'
import type { Context } from './context.ts'
import { styleOf } from './line-style.ts'
import { mentionsOfImages } from './mentions.ts'
import { baseOf, type PromptLine, promptsOfOne, settingsOf } from './prepare.ts'
import { noticeChanges } from './reference-files.ts'

/** A prompt as plain words and values: nothing in the words is a mark, a flag or a command. */
export type PlainPrompt = {
  readonly words: string
  readonly flags: readonly Given[]
  /** Images to send with it: paths, or version numbers. */
  readonly images: readonly (string | number)[]
  /** Starts a new image: nothing from before is sent. */
  readonly fresh: boolean
  /** The version that it edits; null for the current one. */
  readonly from: number | null
}

export type PreparedPlain = {
  readonly prompts: readonly Prompt[]
  /** Files that the session does not have yet. */
  readonly files: readonly NewFile[]
  readonly base: Head | null
}

/** Reads the files that a prompt needs, as `prepare` does for a line. Returns why it cannot be sent. */
export async function* preparePlain(
  { words, flags, images, fresh, from }: PlainPrompt,
  context: Pick<Context, 'session' | 'place' | 'chat'>,
): AsyncGenerator<Event, PreparedPlain | TaskProblem, Answer> {
  const { session, place } = context
  const engine = context.chat.engine.id
  const wrong = (says: string) => notSent({ reason: 'usage', says })
  if (holdsKey(words)) return yield* wrong(KEY_REFUSED)
  if (words.trim() === '') return yield* wrong('A prompt has words in it.')
  if (from !== null && !versionOf(session, from)) return yield* wrong(`There is no v${from}.`)
  const parsed: PromptLine = { kind: 'prompt', text: words.trim(), named: [], base: from, fresh, flags }
  const flagged = settingsOf(parsed, session, engine)
  if (!flagged.ok) return yield* wrong(flagged.sentence)
  for (const note of flagged.words) yield say(note, 'warning')
  yield* noticeChanges(session.references)
  const styled = await styleOf(flags, place.root)
  if (!styled.ok) return yield* wrong(styled.sentence)
  const read = await mentionsOfImages(images.map(asNamed), { session, place })
  if ('sentence' in read) return yield* wrong(read.sentence)
  const line = lineOfWords(words, flags)
  const base = baseOf(from, session)
  const one = { line, base, mentions: read.mentions, ...styled.given }
  const made = promptsOfOne(parsed, one, { session, engine })
  return made.ok ? { prompts: made.prompts, files: read.files, base } : yield* wrong(made.sentence)
}

function asNamed(image: string | number): NamedImage {
  const nowhere = { start: 0, end: 0 }
  return typeof image === 'number'
    ? { kind: 'version', version: image, ...nowhere }
    : { kind: 'file', path: image, ...nowhere }
}
