import type { Usage } from './cost.ts'

export type ReplyPart =
  | { readonly kind: 'text'; readonly text: string; readonly signature?: string }
  | { readonly kind: 'image'; readonly bytes: Uint8Array; readonly signature?: string }
  /** Image data that cannot be decoded, or bytes that are no image. */
  | { readonly kind: 'broken' }

/** What an engine answered, read once at the edge; thoughts are left out. */
export type Reply = {
  readonly parts: readonly ReplyPart[]
  readonly finish: string | null
  readonly finishMessage: string
  readonly block: string | null
  readonly blockMessage: string
  readonly usage: Usage | null
}

/** Why an answer brought no image. */
export type Nothing = {
  readonly kind:
    | 'words-only'
    | 'no-image'
    | 'blocked-prompt'
    | 'safety'
    | 'prohibited'
    | 'recitation'
    | 'too-long'
    | 'language'
    | 'empty'
    | 'broken-image'
    | 'other'
  /** What the server says of it, if anything. */
  readonly says: string
}

const KINDS: ReadonlyMap<string, Nothing['kind']> = new Map<string, Nothing['kind']>(
  Object.entries({
    NO_IMAGE: 'no-image',
    SAFETY: 'safety',
    IMAGE_SAFETY: 'safety',
    PROHIBITED_CONTENT: 'prohibited',
    IMAGE_PROHIBITED_CONTENT: 'prohibited',
    BLOCKLIST: 'prohibited',
    SPII: 'prohibited',
    RECITATION: 'recitation',
    IMAGE_RECITATION: 'recitation',
    MAX_TOKENS: 'too-long',
    LANGUAGE: 'language',
  } as const),
)

/** The texts of an answer as one; those before and after an image are not run together. */
export function wordsOf(reply: Reply): string {
  let words = ''
  let apart = false
  for (const part of reply.parts) {
    if (part.kind !== 'text') {
      apart = true
      continue
    }
    const joined = !apart || /\s$/.test(words) || /^\s/.test(part.text)
    words += words === '' || part.text === '' || joined ? part.text : `\n${part.text}`
    if (part.text !== '') apart = false
  }
  return words.trim()
}

/** Undefined when there is an image; an image stands, whatever the server says of its ending. */
export function nothingOf(reply: Reply): Nothing | undefined {
  if (reply.parts.some(({ kind }) => kind === 'image')) return undefined
  if (reply.block !== null) return { kind: 'blocked-prompt', says: reply.blockMessage || reply.block }
  if (reply.parts.some(({ kind }) => kind === 'broken')) return { kind: 'broken-image', says: '' }
  const named = reply.finish === null ? undefined : KINDS.get(reply.finish)
  if (named) return { kind: named, says: reply.finishMessage }
  const usual = reply.finish === null || reply.finish === 'STOP'
  if (!usual) return { kind: 'other', says: [reply.finish, reply.finishMessage].filter(Boolean).join(': ') }
  return { kind: wordsOf(reply) === '' ? 'empty' : 'words-only', says: '' }
}

/** Why a prompt is blocked, where the server gives its code alone. */
const BLOCKS: ReadonlyMap<string, string> = new Map([
  ['SAFETY', ' A safety filter stopped it.'],
  ['IMAGE_SAFETY', ' A safety filter stopped one of its images.'],
  ['PROHIBITED_CONTENT', ' Its content is prohibited.'],
  ['BLOCKLIST', ' A word in it is on the block list.'],
  ['OTHER', ' The server gives no reason.'],
  ['BLOCKED_REASON_UNSPECIFIED', ' The server gives no reason.'],
])

/** Why there is no image, and what to try. */
export function nothingText({ kind, says }: Nothing): string {
  const why = says.trim().replace(/\s+/g, ' ').replace(/\.$/, '')
  const because = why === '' ? '' : ` The server says: "${why}".`
  switch (kind) {
    case 'words-only':
      return 'No image: the model answered in words. Answer it, or say plainly what to draw.'
    case 'no-image':
      return `No image: the model made none.${because} Say what the picture shows, or send it again.`
    case 'blocked-prompt':
      return `No image: the prompt was blocked before anything was drawn.${BLOCKS.get(why) ?? because} Word it another way, or look at what the references show.`
    case 'safety':
      return `No image: the filter on finished images held this one back.${because} Nothing can be set against it; describe the scene another way.`
    case 'prohibited':
      return `No image: the content policy forbids this one.${because} Change what it shows.`
    case 'recitation':
      return `No image: it came too close to an existing work.${because} Ask for something more your own.`
    case 'too-long':
      return `No image: the answer ran out of room.${because} Ask for less at once, or send it again.`
    case 'language':
      return `No image: the model does not take this language.${because} Try English.`
    case 'empty':
      return 'No image: the answer was empty. Send it again, or word it another way.'
    case 'broken-image':
      return 'No image: what came as an image cannot be decoded. Send it again.'
    case 'other':
      return `No image, and no reason that limn knows.${because} Send it again, or word it another way.`
  }
}
