import type { Failure } from '../../core/failures/failure.ts'
import type { Nothing } from '../../core/failures/missing-image.ts'
import type { Cost } from '../../core/money/call-cost.ts'
import type { Usage } from '../../core/money/token-usage.ts'
import {
  amount,
  byKind,
  count,
  flag,
  isoTime,
  object,
  oneOf,
  optional,
  orNull,
  otherwise,
  text,
} from '../schema.ts'

// A newer limn may use other values for all of this. That a turn has ended matters more than why or at what cost: a
// value that cannot be read becomes the one for "not known".

export const usage = otherwise(
  orNull(
    object<Usage>({
      input: count,
      outputText: count,
      outputImage: count,
      thoughts: count,
      total: count,
      tier: optional(text),
    }),
  ),
  null,
)

export const cost = otherwise(byKind<Cost>({ known: { usd: amount, about: flag }, unknown: {}, free: {} }), {
  kind: 'unknown',
})

export const nothing = otherwise(
  object<Nothing>({
    kind: oneOf([
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
    reason: optional(text),
    says: text,
  }),
  { kind: 'other', says: '' },
)

export const failure = otherwise(
  byKind<Failure>({
    'no-key': {},
    'bad-key': {},
    'leaked-key': {},
    'api-off': { says: text },
    permission: { says: text },
    'no-credentials': {},
    'sign-in': { says: text },
    place: { says: text },
    signature: { says: text },
    unsupported: { says: text },
    'unknown-field': { says: text },
    'bad-image': { says: text },
    'too-large': { bytes: orNull(amount) },
    'bad-setting': { says: text },
    'model-gone': { model: text },
    'no-billing': {},
    'no-quota': { model: text },
    'no-credit': { says: text },
    'daily-quota': { model: text, resets: isoTime },
    'rate-limit': { seconds: orNull(amount) },
    overloaded: {},
    deadline: {},
    gateway: {},
    internal: { status: amount },
    refused: { status: amount, says: text },
    'no-network': { code: text },
    redirected: { to: text },
    'timed-out': { seconds: amount },
    'cut-off': { code: text },
    'strange-answer': { says: text },
    aborted: {},
    'no-answer': {},
    'over-budget': {},
    unreadable: { says: text },
    disk: { says: text },
  }),
  { kind: 'no-answer' },
)
