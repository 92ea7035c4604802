import { type Model, modelOf } from '../models/model-catalogue.ts'
import type { LineSetting, RequestFields } from './define-setting.ts'
import { choicesOf, isRight, ruleText, typedFor } from './rule.ts'
import { TURN_SETTING_LIST } from './turn-setting-list.ts'
import type { SettingsChange, TurnDefaults, TurnSettingName, TurnSettings } from './turn-settings-type.ts'

export type TurnSetting = LineSetting & { readonly name: TurnSettingName }

/** What a line is made with, in the order of `/set`. The session records each of them. */
export const TURN_SETTINGS: readonly TurnSetting[] = TURN_SETTING_LIST

/** The word or number that means that a setting is not set. */
export const TURN_DEFAULTS = byName<TurnDefaults>(
  TURN_SETTINGS.map(({ name, default: usual }) => [name, usual]),
)

/** By its name or one of its other names, in upper or lower case. */
export function turnSetting(word: string): TurnSetting | undefined {
  const name = word.toLowerCase()
  return TURN_SETTINGS.find((one) => one.name === name || one.aliases?.includes(name))
}

/** The value as it is shown; an unset one shows its default. */
export function shownValue(settings: TurnSettings, { name }: TurnSetting): string {
  return String(settings[name] ?? TURN_DEFAULTS[name])
}

/** The words that a value can be for this model; none for a number or for free text. */
export function valuesFor({ rule, line }: TurnSetting, model: Model): readonly string[] {
  return line.values?.(model) ?? choicesOf(rule)
}

export function withChange(settings: TurnSettings, change: SettingsChange): TurnSettings {
  return byName(Object.entries({ ...settings, ...change }).filter(([, value]) => value !== null))
}

/** The settings of a new session, from what the user has set for every session. */
export function firstTurnSettings(values: TurnDefaults): TurnSettings {
  const set = TURN_SETTINGS.filter(
    ({ name, line }) => line.recorded === 'always' || values[name] !== TURN_DEFAULTS[name],
  )
  return byName(set.map(({ name }) => [name, values[name]]))
}

type ReadSetting =
  | { readonly ok: true; readonly change: SettingsChange; readonly value: string }
  | { readonly ok: false; readonly sentence: string }

/**
 * A typed value as a change of the settings, or why this model or engine does not take it. The default is always
 * accepted.
 */
export function readSetting(
  { name, rule, line }: TurnSetting,
  typed: string,
  settings: TurnSettings,
  engine: string,
): ReadSetting {
  const model = modelOf(settings.model)
  const word = typed.trim()
  const value = line.read?.(word, model) ?? typedFor(rule, word)
  if (!isRight(rule, value))
    return { ok: false, sentence: `${name} is ${ruleText(rule)}; "${typed}" is not.` }
  if (line.recorded === 'when-set' && value === TURN_DEFAULTS[name])
    return { ok: true, change: { [name]: null }, value: String(value) }
  const sentence = line.refusal?.(String(value), model, engine)
  if (sentence !== undefined) return { ok: false, sentence }
  return { ok: true, change: { [name]: value }, value: String(value) }
}

/** The change that makes settings fit this model, and the words that report it. */
export function fitSettings(
  model: Model,
  settings: TurnSettings,
): { readonly change: SettingsChange; readonly words: readonly string[] } {
  const fitted = TURN_SETTINGS.flatMap(({ name, line }) => {
    const value = settings[name]
    const other = value === undefined ? undefined : line.fit?.(String(value), model)
    return other ? [{ name, ...other }] : []
  })
  return {
    change: Object.fromEntries(fitted.map(({ name, value }) => [name, value])),
    words: fitted.flatMap(({ words }) => (words === undefined ? [] : [words])),
  }
}

/** The fields of a request to this model for all these settings; a setting that is left out adds none. */
export function requestFields(model: Model, settings: Partial<TurnSettings>): RequestFields {
  return TURN_SETTINGS.reduce<RequestFields>((fields, { name, line }) => {
    const value = settings[name]
    return value === undefined ? fields : merged(fields, line.request?.(value, model) ?? {})
  }, {})
}

/** Two settings may have their fields in the same object. */
function merged(one: RequestFields, other: RequestFields): RequestFields {
  const both = Object.entries(other).map(([name, value]) => {
    const before = one[name]
    return [name, isFields(before) && isFields(value) ? merged(before, value) : value]
  })
  return { ...one, ...Object.fromEntries(both) }
}

function isFields(value: RequestFields[string] | undefined): value is RequestFields {
  return typeof value === 'object' && !Array.isArray(value)
}

/** What differs from the default, except for settings that every session has: `search web`, `seed 7`. */
export function unusual(settings: TurnSettings): readonly string[] {
  return TURN_SETTINGS.flatMap(({ name, line }) => {
    const value = settings[name]
    if (line.recorded === 'always' || value === undefined) return []
    return [line.brief ? name : `${name} ${value}`]
  })
}

/** The one place where a list of settings becomes an object of them: its type is derived from the same list. */
function byName<T>(entries: readonly (readonly [string, unknown])[]): T {
  return Object.fromEntries(entries) as T
}
