import type { Fact } from '../../core/session/fact.ts'
import { object, otherwise, text } from '../schema.ts'
import { FACTS, factSchema } from './fact-schema.ts'

export type Header = { readonly limn: string; readonly created: string; readonly folder: string }

const header = object<Header>({ limn: text, created: otherwise(text, ''), folder: otherwise(text, '') })

type JournalLine =
  | { readonly kind: 'fact'; readonly fact: Fact }
  | { readonly kind: 'header'; readonly header: Header }
  /** Most likely a fact of a newer limn: kept in the file, and skipped. */
  | { readonly kind: 'unknown'; readonly at: string }
  /** A fact that limn knows, but that cannot be read. */
  | { readonly kind: 'malformed'; readonly at: string; readonly type: string }
  | { readonly kind: 'broken' }

/** Anything with a type is a fact, even one that this limn cannot read. */
const anyFact = object<{ readonly type: string; readonly at: string }>({
  type: text,
  at: otherwise(text, ''),
})

export function readLine(line: string): JournalLine {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return { kind: 'broken' }
  }
  const found = factSchema.safeParse(value)
  if (found.success) return { kind: 'fact', fact: found.data }
  const first = header.safeParse(value)
  if (first.success) return { kind: 'header', header: first.data }
  const { data } = anyFact.safeParse(value)
  if (!data) return { kind: 'broken' }
  const { at, type } = data
  return Object.hasOwn(FACTS, type) ? { kind: 'malformed', at, type } : { kind: 'unknown', at }
}
