import { createCipheriv, createHash, createHmac } from 'node:crypto'

/**
 * Thought signatures that prove themselves: the part, the model and this file are enough to verify one, so they
 * stay valid after a restart and across processes. The key is not secret; these signatures guard against mistakes,
 * not against people.
 */
const KEY = 'limn practice engine, signatures, 1'
const HEADER = Buffer.from('limn\x01')

/** Real ones of 597,616 characters for an image were observed; ours have 450,000, and about 1,000 for a text. */
const BYTES = { image: 337_500, text: 768 } as const

/** Google documents these for history from another model: they are accepted in place of any signature. */
const BYPASS = ['context_engineering_is_the_way_to_go', 'skip_thought_signature_validator']

export type Signed = { kind: 'image'; bytes: Uint8Array } | { kind: 'text'; text: string }

export function sign(model: string, part: Signed): string {
  const payload = part.kind === 'image' ? part.bytes : part.text
  const digest = createHash('sha256').update(payload).digest('hex')
  const tag = createHmac('sha256', KEY).update(`${model}\n${part.kind}\n${digest}`).digest()
  const filler = Buffer.alloc(BYTES[part.kind] - HEADER.length - tag.length)
  const stream = createCipheriv('aes-256-ctr', tag, Buffer.alloc(16))
  return Buffer.concat([HEADER, tag, stream.update(filler)]).toString('base64')
}

export function verifies(signature: string, model: string, part: Signed): boolean {
  return BYPASS.includes(signature) || signature === sign(model, part)
}
