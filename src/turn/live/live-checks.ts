import { explain, type Failure } from '../../core/failures/failure.ts'
import { CATALOGUE, shortName } from '../../core/models/model-catalogue.ts'
import type { CheckName } from '../../core/models/unverified.ts'
import { differenceOf } from '../../core/request/difference.ts'
import type { Reply } from '../../core/request/reply.ts'
import type { SendResult } from '../../gemini/chat.ts'
import { inspect } from '../../image/inspect.ts'
import { testCard } from '../../image/test-card.ts'
import { stateOf } from '../chat-state.ts'
import type { Probe, Signing } from './live-probe.ts'

export type Finding = {
  /** `not-known`: something else prevented the check, such as the network or a quota. */
  readonly is: 'as-believed' | 'otherwise' | 'not-known'
  readonly says: string
  /** What prevented the check. */
  readonly failure?: Failure
}

const as = (says: string): Finding => ({ is: 'as-believed', says })
const otherwise = (says: string): Finding => ({ is: 'otherwise', says })
const unknown = (says: string, failure?: Failure): Finding => ({
  is: 'not-known',
  says,
  ...(failure && { failure }),
})

export const CHECKS: Readonly<Record<CheckName, (probe: Probe) => Promise<Finding>>> = {
  models: async ({ context }) => {
    const listed = await context.chat.models(context.signal)
    if (!listed.ok) return unknown(explain(listed.failure, context.chat.engine.id).what, listed.failure)
    const missing = CATALOGUE.filter(({ id }) => !listed.ids.includes(id)).map(({ id }) => shortName(id))
    return missing.length === 0
      ? as(`all ${CATALOGUE.length} are there`)
      : otherwise(`not in the list: ${missing.join(', ')}`)
  },

  'image-config': async (probe) =>
    about(probe, await probe.first(), (reply) => shapeOf(probe, reply, '1K', '16:9')),

  mime: async (probe) =>
    about(probe, await probe.first(), async (reply) => {
      const format = (await imageOf(reply))?.format
      if (format === undefined) return unknown('no image came')
      return format === 'jpeg' ? as('JPEG') : otherwise(format.toUpperCase())
    }),

  usage: async (probe) =>
    about(probe, await probe.first(), ({ usage }) => {
      if (!usage) return otherwise('the answer counts no tokens')
      const sum = usage.input + usage.outputText + usage.outputImage + usage.thoughts
      const rest = usage.total - sum
      const counts = `${usage.outputImage} tokens of image, ${usage.thoughts} of thoughts, ${usage.total} in all`
      const says = rest === 0 ? counts : `${counts}, ${rest} of them in none of the details`
      return usage.outputImage === probe.model.tokens['1K'] ? as(says) : otherwise(says)
    }),

  signatures: async (probe) =>
    about(probe, await probe.first(), async (reply) => {
      const image = reply.parts.find(({ kind }) => kind === 'image')
      const [head] = reply.parts
      const signed = [head, image].every((part) => part && 'signature' in part && part.signature)
      if (!signed) return otherwise('the answer came unsigned')
      return follow(probe, reply, 'own', (taken) =>
        taken ? as('given, and accepted when sent back') : undefined,
      )
    }),

  unsigned: async (probe) =>
    about(probe, await probe.first(), (reply) =>
      follow(probe, reply, 'none', (taken) =>
        as(taken ? 'accepted without a signature' : 'refused without a signature'),
      ),
    ),

  'stand-in': async (probe) =>
    about(probe, await probe.first(), (reply) =>
      follow(probe, reply, 'stand-in', (taken) => (taken ? as('accepted') : otherwise('refused'))),
    ),

  'size-512': async (probe) => {
    const sent = await probe.draw('512', '1:1')
    if (!sent.ok && isAnswer(sent.failure)) return as('refused')
    return about(probe, sent, async (reply) => {
      const image = await imageOf(reply)
      return image ? otherwise(`accepted: ${image.width}×${image.height} came`) : unknown('no image came')
    })
  },

  'size-2K': async (probe) =>
    about(probe, await probe.draw('2K', '1:1'), (reply) => shapeOf(probe, reply, '2K', '1:1')),

  thinking: async (probe) =>
    about(probe, await probe.question({ thinking: 'minimal', thoughts: 'on' }), ({ usage }) =>
      as(`minimal is accepted: ${usage?.thoughts ?? 0} tokens of thoughts`),
    ),

  settings: async (probe) =>
    about(probe, await probe.question({ temperature: 0.7, safety: 'few', seed: 7 }), () => as('accepted')),

  files: async (probe) => {
    const { chat, place, clock, signal } = probe.context
    const { uploads } = stateOf(chat)
    if (!uploads.on) return unknown('this engine has no Files API')
    const card = await testCard()
    const copy = { bytes: card, mime: 'image/png' }
    const linked = await uploads.link(copy, true, { root: place.root, clock, signal })
    if (linked.kind === 'failed') return otherwise(`not uploaded: ${linked.why}`)
    if (linked.kind === 'inline') return unknown('the upload was stopped')
    const { upload } = linked
    return about(probe, await probe.aboutFile('card', upload.mime, new Map([['card', upload]])), () =>
      as('uploaded, and named in a request'),
    )
  },

  search: async (probe) => about(probe, await probe.question({ search: 'web' }), () => as('accepted')),
}

/** Whether a failure answers the question: a refusal of the request does, any other only prevented the check. */
function isAnswer({ kind }: Failure): boolean {
  return /^(?:unknown-field|bad-setting|refused|signature|unsupported|bad-image|internal)$/.test(kind)
}

async function about(
  { context }: Probe,
  sent: SendResult,
  read: (reply: Reply) => Finding | Promise<Finding>,
): Promise<Finding> {
  if (sent.ok) return read(sent.reply)
  const { what } = explain(sent.failure, context.chat.engine.id)
  return isAnswer(sent.failure) ? otherwise(what) : unknown(what, sent.failure)
}

async function follow(
  probe: Probe,
  reply: Reply,
  signing: Signing,
  read: (taken: boolean) => Finding | undefined,
): Promise<Finding> {
  const sent = await probe.about(reply, signing)
  const found = sent.ok ? read(true) : sent.failure.kind === 'signature' ? read(false) : undefined
  return found ?? about(probe, sent, () => otherwise('refused'))
}

async function shapeOf({ model }: Probe, reply: Reply, size: string, aspect: string): Promise<Finding> {
  const image = await imageOf(reply)
  if (!image) return unknown('no image came')
  const other = differenceOf({ model: model.id, aspect, size }, model, image)
  return other === undefined
    ? as(`${aspect} at ${size} came as ${image.width}×${image.height}`)
    : otherwise(other)
}

async function imageOf(reply: Reply) {
  const part = reply.parts.find(({ kind }) => kind === 'image')
  if (part?.kind !== 'image') return undefined
  const seen = await inspect(part.bytes)
  return seen.ok ? seen.image : undefined
}
