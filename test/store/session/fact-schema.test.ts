import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Failure } from '../../../src/core/failures/failure.ts'
import type { Fact } from '../../../src/core/session/fact.ts'
import { byKind, flag, type Kinds, list, object, oneOf, optional, text } from '../../../src/store/schema.ts'
import { FACTS } from '../../../src/store/session/fact-schema.ts'
import { readLine } from '../../../src/store/session/read-fact.ts'
import { FREE_FACTS, FREE_FAILURES } from './facts-arbitrary.ts'
import { at, prompted } from './session-facts.ts'

describe('a fact is declared once', () => {
  test.each(Object.entries(FREE_FACTS))('a fact of type %s is read back as it was written', (_, facts) => {
    fc.assert(
      fc.property<[Fact]>(facts, (fact) => {
        expect(readLine(JSON.stringify(fact))).toEqual({ kind: 'fact', fact })
      }),
    )
  })

  test.each(Object.entries(FREE_FAILURES))('so is a turn that failed with %s', (_, failures) => {
    fc.assert(
      fc.property<[Failure]>(failures, (failure) => {
        const fact = { at, type: 'failed', turn: 't1', failure }
        expect(readLine(JSON.stringify(fact))).toEqual({ kind: 'fact', fact })
      }),
    )
  })

  test('fields of a newer limn are kept, at every depth; its facts are read as unknown', () => {
    const known = prompted('t1', 'a fox')
    if (known.type !== 'prompted') throw new Error('no prompt')
    const fact = { ...known, mood: 'calm', prompt: { ...known.prompt, weather: { sky: 'blue' } } }
    expect(readLine(JSON.stringify(fact))).toEqual({ kind: 'fact', fact })
    expect(readLine(JSON.stringify({ at, type: 'danced', with: 'v3' }))).toEqual({ kind: 'unknown', at })
    expect(readLine(JSON.stringify({ at, type: 'titled', title: 7 }))).toEqual({
      kind: 'malformed',
      at,
      type: 'titled',
    })
  })

  test('a schema that lacks something of its type, or has more, does not compile', () => {
    // The type checker tests this: a line below without an error is an error.
    const wrong = [
      // @ts-expect-error: a type of fact without a reader
      (): Kinds<Fact | Danced, 'type'> => FACTS,
      // @ts-expect-error: a kind of a union without a reader
      () => byKind<Sound>({ bark: {} }),
      // @ts-expect-error: a kind that is not in the union
      () => byKind<Sound>({ bark: {}, meow: { times: text }, moo: {} }),
      // @ts-expect-error: a field is missing, though it may be left out
      () => object<Pet>({ name: text, kind: oneOf(['cat', 'dog']) }),
      // @ts-expect-error: a field that the type does not have
      () => object<Pet>({ name: text, kind: oneOf(['cat', 'dog']), tame: optional(flag), age: text }),
      // @ts-expect-error: a word is missing
      () => object<Pet>({ name: text, kind: oneOf(['cat']), tame: optional(flag) }),
      // @ts-expect-error: a word too many
      () => object<Pet>({ name: text, kind: oneOf(['cat', 'dog', 'cow']), tame: optional(flag) }),
      // @ts-expect-error: a field that may be left out is required
      () => object<Pet>({ name: text, kind: oneOf(['cat', 'dog']), tame: flag }),
      // @ts-expect-error: a field that must be there may be left out
      () => object<Pet>({ name: optional(text), kind: oneOf(['cat', 'dog']), tame: optional(flag) }),
      // @ts-expect-error: a list of something else
      () => object<{ readonly names: readonly boolean[] }>({ names: list(text) }),
    ]
    expect(wrong).toHaveLength(10)
  })
})

type Danced = { readonly at: string; readonly type: 'danced'; readonly with: string }

type Pet = { readonly name: string; readonly tame?: boolean; readonly kind: 'cat' | 'dog' }

type Sound = { readonly kind: 'bark' } | { readonly kind: 'meow'; readonly times: string }
