import type { Fact, FactOf } from '../../core/session/fact.ts'
import { ROLES } from '../../core/session/role.ts'
import type { ToolAct } from '../../core/session/session.ts'
import {
  atLeastZero,
  byType,
  flag,
  type Kinds,
  list,
  object,
  oneOf,
  optional,
  ordinal,
  orNull,
  otherwise,
  readable,
  text,
  yes,
} from '../schema.ts'
import { grounding, thoughts } from './answer-schema.ts'
import { fileRef } from './file-schema.ts'
import { cost, failure, nothing, usage } from './outcome-schema.ts'
import { head, original, prompt, reference, style, waiting } from './prompt-schema.ts'
import { settingsChange } from './settings-schema.ts'

// Fields that a turn needs are required; a field that only describes it falls back to the value for "not known".

const at = text
const turn = text

/** Every fact that limn reads, with its fields. */
export const FACTS: Kinds<Fact, 'type'> = {
  titled: { at, title: text },
  set: { at, settings: settingsChange },
  styled: { at, style: orNull(style) },
  brought: { at, version: ordinal, file: fileRef, name: text, source: optional(text) },
  derived: {
    at,
    act: object<ToolAct>({
      id: text,
      tool: text,
      arguments: list(text),
      from: list(ordinal),
      turn: optional(text),
      source: optional(text),
    }),
    parent: head,
    versions: list(
      object<FactOf<'derived'>['versions'][number]>({ version: ordinal, file: fileRef, did: text }),
    ),
    head,
  },
  referenced: { at, reference },
  unreferenced: { at, names: list(text) },
  'reference-changed': {
    at,
    name: text,
    role: readable(orNull(oneOf(ROLES))),
    muted: optional(flag),
    place: optional(ordinal),
    file: optional(fileRef),
    original: optional(original),
    changed: optional(orNull(original)),
  },
  queued: { at, waiting },
  unqueued: { at, ids: list(text) },
  prompted: { at, turn, prompt, queued: optional(text), reserved: optional(ordinal) },
  answered: {
    at,
    turn,
    words: text,
    images: list(object<FactOf<'answered'>['images'][number]>({ version: ordinal, file: fileRef })),
    nothing: optional(nothing),
    thoughts: optional(thoughts),
    grounding: optional(grounding),
    weight: otherwise(atLeastZero, 0),
    usage,
    cost,
    seconds: otherwise(atLeastZero, 0),
    adopted: optional(yes),
  },
  failed: { at, turn, failure },
  'let-go': { at, turn },
  tagged: { at, name: text, version: orNull(ordinal) },
  moved: { at, by: oneOf(['undo', 'redo', 'goto']), head },
  left: { at, out: list(text) },
}

export const factSchema = byType<Fact>(FACTS)
