import type { Model } from '../models/model-catalogue.ts'
import type { Rule } from './rule.ts'

type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json }

/** Fields of the config of a request, named and spelled as the API has them: `{ imageConfig: { imageSize: '2K' } }`. */
export type RequestFields = { readonly [field: string]: Json }

/** A setting that a line is made with: the session records it, and it has a flag for the end of a line. */
type OfLine = {
  /**
   * `always`: every session has a value. `when-set`: an unset value is not recorded, shows as the default, and is left
   * to the model.
   */
  readonly recorded: 'always' | 'when-set'
  /** How it is written as a flag, where that is not just its name with a word after it. */
  readonly flag?: {
    /** All its names, the best known first. */
    readonly names?: readonly string[]
    /** Its value may be several words, up to the next flag. */
    readonly takes?: 'words'
    /** What the flag means without a value. */
    readonly alone?: string
  }
  /** The status row shows only its name, since its value says nothing there. */
  readonly brief?: true
  /** The value to keep for what was typed, where the rule alone does not give it: `16x9` is 16:9. */
  read?(typed: string, model: Model): string | number
  /** The values that this model takes, where they are not those of the rule; completion offers them. */
  values?(model: Model): readonly string[]
  /** Why this model or engine does not take a value, as a sentence that says what works; undefined when it does. */
  refusal?(value: string, model: Model, engine: string): string | undefined
  /** What replaces a value that a model does not take, and the words that report it; null leaves it to the model. */
  fit?(
    value: string,
    model: Model,
  ): { readonly value: string | number | null; readonly words?: string } | undefined
  /** The fields of a request for a value; undefined for a value that only a newer limn knows. */
  request?(value: string | number, model: Model): RequestFields | undefined
}

export type Setting = {
  readonly name: string
  /** Other names for it, in flags and commands alike. */
  readonly aliases?: readonly string[]
  /** What it does, as a part of a sentence: "the size of the image". */
  readonly meaning: string
  /** What its value may be. Where it is recorded `when-set`, the only word beside numbers is the default. */
  readonly rule: Rule
  readonly default: string | number
  /** Only for a setting that a line is made with. */
  readonly line?: OfLine
}

export type LineSetting = Setting & { readonly line: OfLine }

/** The type of the values that a rule allows. */
export type ValueOfRule<R extends Rule> = R extends { readonly kind: 'number' }
  ? number
  : R extends { readonly kind: 'choice-or-number'; readonly choices: readonly (infer Word)[] }
    ? Word | number
    : R extends { readonly kind: 'choice'; readonly choices: readonly (infer Word)[] }
      ? Word
      : string

/**
 * The one declaration of a setting: its type, `/set`, its flag, completion, the pages, what is read from a session and
 * what is sent in a request follow from it. A setting with an effect of its own is read where it takes effect.
 */
export function defineSetting<const S extends Setting>(
  setting: S & { readonly default: ValueOfRule<S['rule']> },
): S {
  return setting
}
