import { readFile } from 'node:fs/promises'
import { type Answer, type Event, say } from '../core/event.ts'
import { duration, megabytes } from '../core/failures/failure.ts'
import type { Plan } from '../core/request/plan.ts'
import type { Reference } from '../core/session/session.ts'
import type { Sources } from '../gemini/chat.ts'
import type { Upload } from '../store/upload-book.ts'
import { stateOf } from './chat-state.ts'
import type { Context } from './context.ts'

/** Lines that an image has been sent with before it is uploaded: an image that is used again is often used more. */
const USES = 2

/** Bytes below which an upload is not worth its two extra requests. */
const LEAST = 100_000

/**
 * The images of the newest message that the request names instead of sending their bytes. An image that is sent again
 * and again is uploaded here. Both an upload and the first failed one are reported; without one, the bytes are sent.
 */
export async function* uploadedFor(
  plan: Plan,
  sources: Sources,
  { chat, settings, place, clock, signal }: Pick<Context, 'chat' | 'settings' | 'place' | 'clock' | 'signal'>,
): AsyncGenerator<Event, ReadonlyMap<string, Upload>, Answer> {
  const { uploads } = stateOf(chat)
  if (settings.values.uploads === 'off' || !uploads.on) return new Map()
  const uploading = { root: place.root, clock, signal }
  const all = await Promise.all(
    plan.message.map(async (part) => {
      if (part.kind !== 'image' || part.uses === undefined || part.bytes < LEAST) return undefined
      // A file that cannot be read is reported when it is sent.
      const image = await sources.image(part).catch(() => undefined)
      if (!image || image.bytes.length < LEAST) return undefined
      const linked = await uploads.link(image, part.uses >= USES, uploading)
      return { file: part.file, size: image.bytes.length, linked }
    }),
  )
  const links = new Map<string, Upload>()
  const fresh: number[] = []
  const failed: string[] = []
  for (const one of all) {
    if (one?.linked.kind === 'link') links.set(one.file, one.linked.upload)
    if (one?.linked.kind === 'link' && one.linked.fresh) fresh.push(one.size)
    if (one?.linked.kind === 'failed') failed.push(one.linked.why)
  }
  if (fresh.length > 0) yield say(uploadedText(fresh))
  const [why] = failed
  if (why !== undefined) {
    yield say(
      `References cannot be uploaded: ${why}. They are sent inside each request, as before.`,
      'warning',
    )
  }
  return links
}

/** `Uploaded: hero, oil (the server keeps them for another 47 h).`; empty when none is uploaded. */
export async function keptText(
  references: readonly Reference[],
  { chat, settings, place, clock, store, signal }: Context,
): Promise<string> {
  const { uploads, copies } = stateOf(chat)
  const { uploads: wanted, wireSize } = settings.values
  if (wanted === 'off' || !uploads.on || store.folder === undefined) return ''
  const kept: { readonly name: string; readonly until: number }[] = []
  for (const { name, file } of references) {
    if (file.bytes < LEAST) continue
    const copy = await readFile(store.path(file.file))
      .then((original) => copies.fitted(original, wireSize))
      .catch(() => undefined)
    const linked = copy && (await uploads.link(copy, false, { root: place.root, clock, signal }))
    if (linked?.kind === 'link') kept.push({ name, until: Date.parse(linked.upload.expires) })
  }
  if (kept.length === 0) return ''
  const left = (Math.min(...kept.map(({ until }) => until)) - clock.now().getTime()) / 1000
  const names = kept.map(({ name }) => name).join(', ')
  return `Uploaded: ${names} (the server keeps ${kept.length === 1 ? 'it' : 'them'} for another ${duration(left)}).`
}

function uploadedText(sizes: readonly number[]): string {
  const size = megabytes(sizes.reduce((sum, one) => sum + one, 0))
  const what = sizes.length === 1 ? 'A reference was' : `${sizes.length} references were`
  return `${what} uploaded once (${size}); for 48 h, requests name the server's copy. /set uploads off sends the bytes each time.`
}
