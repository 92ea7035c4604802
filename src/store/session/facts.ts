import * as z from 'zod'
import type { Failure } from '../../core/failures/failure.ts'
import type { Nothing } from '../../core/failures/nothing.ts'
import type { Cost } from '../../core/money/call-cost.ts'
import type { Usage } from '../../core/money/token-usage.ts'
import { ROLES } from '../../core/session/role.ts'
import type { Fact, Head, Mention, Original, Prompt, Reference, Waiting } from '../../core/session/session.ts'
import type { SettingsChange, TurnSettings } from '../../core/settings/turn-settings-type.ts'
import type { Style } from '../../core/wording/style-list.ts'
import { fileRef } from './file-format.ts'
import { grounding, thoughts } from './told-format.ts'

// Every object is loose: fields that a newer limn has added are kept. What a turn cannot do without must be
// there; what only tells about it falls back to what limn says when it does not know.

const count = z.number().int().nonnegative()
const number = z.number().int().positive()

const head: z.ZodType<Head> = z.looseObject({ turn: z.string().nullable(), version: number.nullable() })

const word = z.string()
const amount = z.number()

export const settings: z.ZodType<TurnSettings> = z.looseObject({
  model: word,
  aspect: word,
  size: word,
  thinking: word.exactOptional(),
  thoughts: word.exactOptional(),
  search: word.exactOptional(),
  temperature: amount.exactOptional(),
  safety: word.exactOptional(),
  person: word.exactOptional(),
  tier: word.exactOptional(),
  system: word.exactOptional(),
  history: amount.exactOptional(),
  seed: amount.exactOptional(),
})

const settingsChange: z.ZodType<SettingsChange> = z.looseObject({
  model: word.exactOptional(),
  aspect: word.exactOptional(),
  size: word.exactOptional(),
  thinking: word.nullable().exactOptional(),
  thoughts: word.nullable().exactOptional(),
  search: word.nullable().exactOptional(),
  temperature: amount.nullable().exactOptional(),
  safety: word.nullable().exactOptional(),
  person: word.nullable().exactOptional(),
  tier: word.nullable().exactOptional(),
  system: word.nullable().exactOptional(),
  history: amount.nullable().exactOptional(),
  seed: amount.nullable().exactOptional(),
})

const original: z.ZodType<Original> = z.looseObject({
  bytes: count,
  modified: z.number(),
  sha256: z.string(),
})

/** A role of a newer limn is none here. */
const role = z.enum(ROLES).optional().catch(undefined)

const reference: z.ZodType<Reference> = z.looseObject({
  name: z.string(),
  file: fileRef,
  source: z.string(),
  role,
  muted: z.boolean().exactOptional(),
  original: original.exactOptional(),
  changed: original.exactOptional(),
})

export const mention: z.ZodType<Mention> = z.looseObject({
  name: z.string(),
  file: fileRef,
  version: number.exactOptional(),
  source: z.string().exactOptional(),
  role,
})

const style: z.ZodType<Style> = z.looseObject({ name: z.string(), template: z.string() })

const prompt: z.ZodType<Prompt> = z.looseObject({
  text: z.string(),
  sent: z.string().exactOptional(),
  style: z.string().exactOptional(),
  line: z.string().exactOptional(),
  whole: z.string().exactOptional(),
  parent: head,
  mentions: z.array(mention),
  references: z.array(reference),
  settings,
  engine: z.string(),
  fresh: z.boolean(),
  group: word.exactOptional(),
  batch: z.looseObject({ job: z.string(), part: z.string(), row: z.string() }).exactOptional(),
})

const waiting: z.ZodType<Waiting> = z.looseObject({
  id: z.string(),
  line: z.string(),
  base: head.nullable(),
  mentions: z.array(mention),
  variants: z
    .array(z.looseObject({ line: word, mentions: z.array(mention), style: style.nullable().exactOptional() }))
    .exactOptional(),
  style: style.nullable().exactOptional(),
})

const usage: z.ZodType<Usage | null> = z
  .looseObject({
    input: count,
    outputText: count,
    outputImage: count,
    thoughts: count,
    total: count,
    tier: z.string().exactOptional(),
  })
  .nullable()
  .catch(null)

export const cost: z.ZodType<Cost> = z
  .discriminatedUnion('kind', [
    z.looseObject({ kind: z.literal('known'), usd: z.number(), about: z.boolean() }),
    z.looseObject({ kind: z.literal('unknown') }),
    z.looseObject({ kind: z.literal('free') }),
  ])
  .catch({ kind: 'unknown' })

const nothing: z.ZodType<Nothing> = z
  .looseObject({
    kind: z.enum([
      'words-only',
      'no-image',
      'blocked-prompt',
      'safety',
      'prohibited',
      'recitation',
      'too-long',
      'language',
      'empty',
      'broken-image',
      'other',
    ]),
    reason: z.string().exactOptional(),
    says: z.string(),
  })
  .catch({ kind: 'other', says: '' })

const says = z.string()

export const failure: z.ZodType<Failure> = z
  .discriminatedUnion('kind', [
    z.looseObject({
      kind: z.enum([
        'no-key',
        'bad-key',
        'leaked-key',
        'no-credentials',
        'no-billing',
        'overloaded',
        'deadline',
        'gateway',
        'aborted',
        'no-answer',
        'over-budget',
      ]),
    }),
    z.looseObject({ kind: z.literal('rate-limit'), seconds: z.number().nullable() }),
    z.looseObject({ kind: z.literal('daily-quota'), model: z.string(), resets: z.iso.datetime() }),
    z.looseObject({ kind: z.literal('internal'), status: z.number() }),
    z.looseObject({ kind: z.enum(['model-gone', 'no-quota']), model: z.string() }),
    z.looseObject({
      kind: z.enum([
        'api-off',
        'permission',
        'sign-in',
        'place',
        'signature',
        'unsupported',
        'unknown-field',
        'bad-image',
        'bad-setting',
        'no-credit',
        'strange-answer',
        'disk',
        'unreadable',
      ]),
      says,
    }),
    z.looseObject({ kind: z.literal('too-large'), bytes: z.number().nullable() }),
    z.looseObject({ kind: z.literal('refused'), status: z.number(), says }),
    z.looseObject({ kind: z.enum(['no-network', 'cut-off']), code: z.string() }),
    z.looseObject({ kind: z.literal('redirected'), to: z.string() }),
    z.looseObject({ kind: z.literal('timed-out'), seconds: z.number() }),
  ])
  // That it failed is more than why it did: a turn must not be open again for a reason limn has no word for.
  .catch({ kind: 'no-answer' })

const at = z.string()
const turn = z.string()

const fact: z.ZodType<Fact> = z.discriminatedUnion('type', [
  z.looseObject({ at, type: z.literal('titled'), title: z.string() }),
  z.looseObject({
    at,
    type: z.literal('set'),
    settings: settingsChange,
  }),
  z.looseObject({ at, type: z.literal('styled'), style: style.nullable() }),
  z.looseObject({
    at,
    type: z.literal('brought'),
    version: number,
    file: fileRef,
    name: z.string(),
    source: z.string().exactOptional(),
  }),
  z.looseObject({ at, type: z.literal('referenced'), reference }),
  z.looseObject({ at, type: z.literal('unreferenced'), names: z.array(z.string()) }),
  z.looseObject({
    at,
    type: z.literal('reference-changed'),
    name: z.string(),
    role: z.enum(ROLES).nullish().catch(undefined),
    muted: z.boolean().exactOptional(),
    place: number.exactOptional(),
    file: fileRef.exactOptional(),
    original: original.exactOptional(),
    changed: original.nullable().exactOptional(),
  }),
  z.looseObject({ at, type: z.literal('queued'), waiting }),
  z.looseObject({ at, type: z.literal('unqueued'), ids: z.array(z.string()) }),
  z.looseObject({ at, type: z.literal('prompted'), turn, prompt, queued: z.string().exactOptional() }),
  z.looseObject({
    at,
    type: z.literal('answered'),
    turn,
    words: z.string(),
    images: z.array(z.looseObject({ version: number, file: fileRef })),
    nothing: nothing.exactOptional(),
    thoughts: thoughts.exactOptional(),
    grounding: grounding.exactOptional(),
    weight: z.number().nonnegative().catch(0),
    usage,
    cost,
    seconds: z.number().nonnegative().catch(0),
    adopted: z.literal(true).exactOptional(),
  }),
  z.looseObject({ at, type: z.literal('failed'), turn, failure }),
  z.looseObject({ at, type: z.literal('let-go'), turn }),
  z.looseObject({ at, type: z.literal('tagged'), name: z.string(), version: number.nullable() }),
  z.looseObject({ at, type: z.literal('moved'), by: z.enum(['undo', 'redo', 'goto']), head }),
  z.looseObject({ at, type: z.literal('left'), out: z.array(z.string()) }),
])

const typed = z.looseObject({ type: z.string() })

const header = z.looseObject({
  limn: z.string(),
  created: z.string().catch(''),
  folder: z.string().catch(''),
})

export type Header = { readonly limn: string; readonly created: string; readonly folder: string }

type JournalLine =
  | { readonly kind: 'fact'; readonly fact: Fact }
  | { readonly kind: 'header'; readonly header: Header }
  /** Of a newer limn, most likely: kept, and passed over. */
  | { readonly kind: 'unknown' }
  /** A fact that limn knows, but that cannot be read. */
  | { readonly kind: 'malformed'; readonly type: string }
  | { readonly kind: 'broken' }

const TYPES: ReadonlySet<string> = new Set<Fact['type']>([
  'titled',
  'set',
  'styled',
  'brought',
  'referenced',
  'unreferenced',
  'reference-changed',
  'queued',
  'unqueued',
  'prompted',
  'answered',
  'failed',
  'let-go',
  'tagged',
  'moved',
  'left',
])

export function readLine(line: string): JournalLine {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return { kind: 'broken' }
  }
  const found = fact.safeParse(value)
  if (found.success) return { kind: 'fact', fact: found.data }
  const first = header.safeParse(value)
  if (first.success) return { kind: 'header', header: first.data }
  const { data } = typed.safeParse(value)
  if (!data) return { kind: 'broken' }
  return TYPES.has(data.type) ? { kind: 'malformed', type: data.type } : { kind: 'unknown' }
}
