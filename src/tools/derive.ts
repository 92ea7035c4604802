import { readFile } from 'node:fs/promises'
import { type Change, fail, notSent, say, type Task } from '../core/event.ts'
import { choosingText } from '../core/questions.ts'
import { selectVersion } from '../core/session/selection.ts'
import { ROOT, type Session, type ToolAct, type Version } from '../core/session/session.ts'
import { currentVersion, headAt, nextAct, nextVersion } from '../core/session/tree.ts'
import { JPEG_QUALITY } from '../image/rewrite.ts'
import { codeOf } from '../store/disk-error.ts'
import type { Context } from '../turn/context.ts'
import { type MeasuredImage, measureImage } from '../turn/measure-image.ts'
import { TOOLS, type ToolName, type ToolOptions } from './tool-list.ts'

/**
 * Makes versions with one of the tools, from the version that `word` names or the current one. A single image becomes
 * the current version; several become a choice.
 */
export async function* derive<Name extends ToolName>(
  name: Name,
  options: ToolOptions[Name],
  word: string | undefined,
  context: Context,
): Task {
  const { session, store } = context
  const selected = selectVersion(word, session)
  if (!selected.ok) return yield* fail(selected.sentence)
  if (store.readOnly !== undefined) {
    return yield* notSent({ reason: 'read-only', says: store.readOnly })
  }
  const { version } = selected
  const bytes = await readFile(store.path(version.file.file)).catch(codeOf)
  if (typeof bytes === 'string') {
    return yield* fail(`The file of v${version.number} cannot be read (${bytes}).`)
  }
  const { width, height } = version.file
  const tool = TOOLS[name]
  const result = await tool.make({ name: `v${version.number}`, bytes, width, height }, options)
  if (!result.ok) return yield* fail(result.sentence)
  const images: MadeImage[] = []
  for (const image of result.images) {
    const measured = await measureImage(image.bytes)
    if (!measured) throw new Error(`${name} made bytes that are not an image`)
    images.push({ ...measured, ...image })
  }
  const made: number[] = []
  yield recorded(
    images,
    { tool: name, arguments: tool.arguments(options), from: [version.number] },
    version,
    made,
  )
  yield* report(images, made, context)
}

type MadeImage = MeasuredImage & { readonly bytes: Uint8Array; readonly did: string }

/** The images as a fact with their files. When the fact is recorded, the versions' numbers are added to `made`. */
function recorded(
  images: readonly MadeImage[],
  act: Omit<ToolAct, 'id'>,
  of: Version,
  made: number[],
): Change {
  return {
    type: 'change',
    make: (session) => {
      const first = nextVersion(session)
      const parent = headOn(of, session)
      const named = images.map(({ ref, extension, bytes, did }, index) => {
        const number = first + index
        const file = `images/v${number}.${extension}`
        return { bytes, name: file, version: { version: number, file: { ...ref, file }, did } }
      })
      const versions = named.map(({ version }) => version)
      made.push(...versions.map(({ version }) => version))
      const head = versions.length === 1 ? { turn: parent.turn, version: first } : session.head
      return {
        fact: { type: 'derived', act: { id: nextAct(session), ...act }, parent, versions, head },
        files: named.map(({ name, bytes }) => ({ name, bytes })),
      }
    },
  }
}

/** The head of a version. The current one keeps the session's head: with its conversation, or alone. */
function headOn({ number }: Version, session: Session) {
  return number === currentVersion(session)?.number ? session.head : (headAt(session, number) ?? ROOT)
}

async function* report(images: readonly MadeImage[], made: readonly number[], { asks }: Context): Task {
  if (made.length > 1) {
    yield { type: 'sheet', versions: made }
    yield say(choosingText(made.length, asks))
  }
  const [one = 0] = made
  const names = made.length === 1 ? `v${one} is a JPEG` : 'They are JPEGs'
  const again = images.some(({ ref }) => ref.mime === 'image/jpeg')
    ? `${names}, written again at quality ${JPEG_QUALITY} (4:4:4). `
    : ''
  yield say(`${again}Made here: it costs nothing.`)
}
