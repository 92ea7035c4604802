import { ROLES } from '../../core/session/role.ts'
import type {
  BatchRow,
  Head,
  Mention,
  Original,
  Prompt,
  Reference,
  Waiting,
} from '../../core/session/session.ts'
import type { Style } from '../../core/wording/style-list.ts'
import {
  amount,
  count,
  flag,
  list,
  object,
  oneOf,
  optional,
  ordinal,
  orNull,
  readable,
  text,
} from '../schema.ts'
import { fileRef } from './file-schema.ts'
import { turnSettings } from './settings-schema.ts'

export const head = object<Head>({ turn: orNull(text), version: orNull(ordinal) })

export const original = object<Original>({ bytes: count, modified: amount, sha256: text })

/** A role that only a newer limn knows is left out. */
const role = readable(oneOf(ROLES))

export const reference = object<Reference>({
  name: text,
  file: fileRef,
  source: text,
  role,
  muted: optional(flag),
  original: optional(original),
  changed: optional(original),
})

export const mention = object<Mention>({
  name: text,
  file: fileRef,
  version: optional(ordinal),
  source: optional(text),
  role,
})

export const style = object<Style>({ name: text, template: text })

export const prompt = object<Prompt>({
  text,
  sent: optional(text),
  style: optional(text),
  line: optional(text),
  whole: optional(text),
  parent: head,
  mentions: list(mention),
  references: list(reference),
  settings: turnSettings,
  engine: text,
  fresh: flag,
  group: optional(text),
  batch: optional(object<BatchRow>({ job: text, part: text, row: text })),
})

export const waiting = object<Waiting>({
  id: text,
  line: text,
  base: orNull(head),
  mentions: list(mention),
  variants: optional(
    list(
      object<NonNullable<Waiting['variants']>[number]>({
        line: text,
        mentions: list(mention),
        style: optional(orNull(style)),
      }),
    ),
  ),
  style: optional(orNull(style)),
})
