import type { Model } from '../models/catalogue.ts'
import type { Rule } from './rule.ts'

type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json }

/** Fields of the config of a request, named and spelled as the API has them: `{ imageConfig: { imageSize: '2K' } }`. */
export type RequestFields = { readonly [field: string]: Json }

/** What a setting is where a line is made with it: a fact of the session, and a flag at the end of a line. */
type OfLine = {
  /**
   * `always`: every session has a value. `when-set`: what is not set is not recorded, its default stands for that, and
   * the model has it as it does by itself.
   */
  readonly recorded: 'always' | 'when-set'
  /** How it is written as a flag, where that is more than its name and a word behind it. */
  readonly flag?: {
    /** All its names, the one that people know first. */
    readonly names?: readonly string[]
    /** Its value may be several words, up to the next flag. */
    readonly takes?: 'words'
    /** What the flag means without a value. */
    readonly alone?: string
  }
  /** The status row has its name alone, since its value says nothing there. */
  readonly brief?: true
  /** A typed value as it is kept, where that is more than the spelling of the rule: `16x9` is 16:9. */
  read?(typed: string, model: Model): string | number
  /** The values that this model takes, where they are not those of the rule; completion offers them. */
  values?(model: Model): readonly string[]
  /** Why this model or engine does not take a value, as a sentence that says what does; undefined when it does. */
  refusal?(value: string, model: Model, engine: string): string | undefined
  /** What another model has in place of a value that it does not take, and what is said of it; null is its own way. */
  fit?(
    value: string,
    model: Model,
  ): { readonly value: string | number | null; readonly words?: string } | undefined
  /** What a request has for a value; no fields where the value is not one that limn knows, as of a newer limn. */
  request?(value: string | number, model: Model): RequestFields | undefined
}

export type Setting = {
  readonly name: string
  /** Other names that people have for it, in a flag as in a command. */
  readonly aliases?: readonly string[]
  /** What it does, as a part of a sentence: "the size that is asked for". */
  readonly meaning: string
  /** What its value may be. Of a line's setting that is recorded when it is set, a number's only word is its default. */
  readonly rule: Rule
  readonly default: string | number
  /** Only for what a line is made with. */
  readonly line?: OfLine
}

export type LineSetting = Setting & { readonly line: OfLine }

/** What a value may be by the rule. */
export type ValueOfRule<R extends Rule> = R extends { readonly kind: 'number' }
  ? number
  : R extends { readonly kind: 'choice-or-number'; readonly choices: readonly (infer Word)[] }
    ? Word | number
    : R extends { readonly kind: 'choice'; readonly choices: readonly (infer Word)[] }
      ? Word
      : string

/**
 * The one declaration of a setting: its type, `/set`, its flag, completion, the pages, what is read from a session and
 * what goes into a request follow from it. A setting that does something by itself is read where it does that.
 */
export function defineSetting<const S extends Setting>(
  setting: S & { readonly default: ValueOfRule<S['rule']> },
): S {
  return setting
}
