import { invalidArgument, Refusal } from './errors.ts'
import type { Content, Part, Request } from './protocol.ts'

/** An image of the request, with the name in the text part before it: `[hero]` or `[hero] image 2: …`. */
export type LabelledImage = { name?: string; edited?: true; mimeType: string; data: string }

/** What the engine reads from the contents: the words to act on, the image to edit, and the references. */
export type Conversation = {
  prompt: string
  /** The text of the system instruction, which applies to every prompt. */
  systemInstruction: string
  base?: LabelledImage
  references: LabelledImage[]
}

const LABEL =
  /^\s*\[(?<name>[^[\]\n]{1,120})\](?: image \d+)?(?:: (?:an? [a-z]+ reference\b[^\n]*|(?<edited>the picture to edit)(?:: [^\n]*)?))?\s*$/
const VERSION = /^v\d+$/i
const MIME_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/heic', 'image/heif']

export function readConversation({ contents, systemInstruction }: Request): Conversation {
  const newest = contents.at(-1) as Content
  const mine = imagesOf(newest)
  const prompt = promptOf(newest)
  const base =
    mine.find(({ edited }) => edited) ??
    latestOfModel(contents) ??
    mine.find(isVersion) ??
    firstOfUser(contents) ??
    mine.find(({ name = '' }) => /\.\w+$/.test(name) && prompt.startsWith(name))
  return {
    prompt,
    systemInstruction: (systemInstruction?.parts ?? []).map(({ text = '' }) => text).join(' '),
    ...(base && { base }),
    references: mine.filter((image) => image !== base),
  }
}

/** All images of one content that are not thoughts, in order. */
export function imagesOf({ parts }: Content): LabelledImage[] {
  return parts.flatMap((part, i) => {
    if (!part.inlineData || part.thought) return []
    const { name, edited } = LABEL.exec(parts[i - 1]?.text ?? '')?.groups ?? {}
    const known = cache.get(part)
    if (known) return [known]
    const image: LabelledImage = {
      ...(name && { name }),
      ...(edited && { edited: true }),
      mimeType: part.inlineData.mimeType,
      data: part.inlineData.data,
    }
    cache.set(part, image)
    return [image]
  })
}
/** One image per part, so that the base is distinguished from the references by identity, not by its bytes. */
const cache = new WeakMap<Part, LabelledImage>()

export function bytesOf(image: { data: string }): Buffer {
  return Buffer.from(image.data, 'base64')
}

/** Checks the MIME type and the base64 of every image, not only the newest ones: the real parser reads them all. */
export function checkImages({ contents }: Request): void {
  for (const [i, content] of contents.entries()) {
    for (const [j, { inlineData }] of content.parts.entries()) {
      if (!inlineData) continue
      if (!MIME_TYPES.includes(inlineData.mimeType)) {
        throw new Refusal(invalidArgument(`Unsupported MIME type: ${inlineData.mimeType}`))
      }
      if (inlineData.data === '' || !/^[\w+/-]*={0,2}$/.test(inlineData.data)) {
        const field = `contents[${i}].parts[${j}].inline_data.data`
        const message = `Invalid value at '${field}' (TYPE_BYTES), Base64 decoding failed for "${inlineData.data.slice(0, 20)}"`
        throw new Refusal(invalidArgument(message, field))
      }
    }
  }
}

const isVersion = ({ name }: LabelledImage) => name !== undefined && VERSION.test(name)

function latestOfModel(contents: readonly Content[]): LabelledImage | undefined {
  return contents
    .filter(({ role }) => role === 'model')
    .flatMap(imagesOf)
    .at(-1)
}

/** An image with a name of its own, such as `[hero]`, is a reference; one without a name is to be edited. */
function firstOfUser(contents: readonly Content[]): LabelledImage | undefined {
  return contents
    .filter(({ role }) => role === 'user')
    .flatMap(imagesOf)
    .find((image) => image.name === undefined || isVersion(image))
}

/** The last text that is not a label: earlier texts may summarise the conversation so far. */
function promptOf({ parts }: Content): string {
  const words = parts.flatMap(({ text, thought }) => (text && !thought && !LABEL.test(text) ? [text] : []))
  return words.at(-1) ?? ''
}
