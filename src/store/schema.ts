import * as z from 'zod'

// Schemas for the files that limn writes. zod reads them; the types here keep a schema and its type equal: a kind, a
// field or a value that is only in the type, or only in the schema, does not compile. Every object is loose: fields
// that a newer limn has added are kept.

declare const exactly: unique symbol

/** Reads exactly a T, neither a narrower type nor a wider one. */
export type Schema<T> = z.ZodType<T> & { readonly [exactly]: (value: T) => T }

declare const optionally: unique symbol

/** Reads a field that may be left out. */
export type OptionalSchema<T> = z.ZodType<T | undefined> & { readonly [optionally]: (value: T) => T }

/** A schema for every field of T but the tag, and for no other. */
export type Fields<T, Tag extends PropertyKey = never> = {
  readonly [Name in keyof T as Exclude<Name, Tag>]-?: Partial<Pick<T, Name>> extends Pick<T, Name>
    ? OptionalSchema<Required<T>[Name]>
    : Schema<T[Name]>
}

/** The fields of every member of a union, by the value of its tag. */
export type Kinds<T, Tag extends keyof T> = {
  readonly [Kind in T[Tag] & string]: Fields<Extract<T, Readonly<Record<Tag, Kind>>>, Tag>
}

export const text = exact<string>(z.string())
export const flag = exact<boolean>(z.boolean())
export const amount = exact<number>(z.number())
/** 0 or more. */
export const atLeastZero = exact<number>(z.number().nonnegative())
/** A whole number, 0 or more. */
export const count = exact<number>(z.number().int().nonnegative())
/** A whole number, 1 or more. */
export const ordinal = exact<number>(z.number().int().positive())
/** An ISO time in UTC. */
export const isoTime = exact<string>(z.iso.datetime())
export const yes = exact<true>(z.literal(true))

/** One of these words. */
export function oneOf<const Words extends readonly string[]>(words: Words): Schema<Words[number]> {
  return exact<Words[number]>(z.enum(words))
}

export function list<T>(item: Schema<T>): Schema<readonly T[]> {
  return exact<readonly T[]>(z.array(item))
}

export function orNull<T>(schema: Schema<T>): Schema<T | null> {
  return exact<T | null>(schema.nullable())
}

export function either<One, Other>(one: Schema<One>, other: Schema<Other>): Schema<One | Other> {
  return exact<One | Other>(z.union([one, other]))
}

/** Reads `value` in place of anything that cannot be read. */
export function otherwise<T>(schema: Schema<T>, value: NoInfer<T>): Schema<T> {
  return exact<T>(schema.catch(value as z.core.output<Schema<T>>))
}

/** A text that also passes a check. */
export function textThat(is: (value: string) => boolean): Schema<string> {
  return exact<string>(z.string().refine(is))
}

export function optional<T>(schema: Schema<T>): OptionalSchema<T> {
  return schema.exactOptional() as z.ZodType as OptionalSchema<T>
}

/** A field that is left out when it cannot be read. */
export function readable<T>(schema: Schema<T>): OptionalSchema<T | undefined> {
  return schema.optional().catch(undefined) as z.ZodType as OptionalSchema<T | undefined>
}

/** `object<Reference>({ … })` */
export function object<T>(fields: Fields<T>): Schema<T> {
  return looseObject<T>(fields)
}

/** A union whose members have a `kind`. */
export function byKind<T extends { readonly kind: string }>(kinds: Kinds<T, 'kind'>): Schema<T> {
  return union<T>('kind', kinds)
}

/** A union whose members have a `type`. */
export function byType<T extends { readonly type: string }>(kinds: Kinds<T, 'type'>): Schema<T> {
  return union<T>('type', kinds)
}

function union<T>(tag: string, kinds: Readonly<Record<string, object>>): Schema<T> {
  const members = Object.entries(kinds).map(([kind, fields]) =>
    z.looseObject({ ...(fields as z.ZodRawShape), [tag]: z.literal(kind) }),
  )
  return exact<T>(z.discriminatedUnion(tag, members as [z.ZodObject]) as z.ZodType as z.ZodType<T>)
}

function looseObject<T>(fields: object): Schema<T> {
  return exact<T>(z.looseObject(fields as z.ZodRawShape) as z.ZodType as z.ZodType<T>)
}

function exact<T>(schema: z.ZodType<T>): Schema<T> {
  return schema as Schema<T>
}
