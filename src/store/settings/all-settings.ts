import { choicesOf, isRight, type Rule, ruleText, typedFor } from '../../core/settings/rule.ts'
import { TURN_SETTINGS, turnSetting } from '../../core/settings/turn-settings.ts'
import type { TurnDefaults } from '../../core/settings/turn-settings-type.ts'
import { OWN_SETTING_LIST, type OwnSettings } from '../../core/settings/user-setting-list.ts'

/** The user's settings for every session: those that a new session's turns start with, and limn's own. */
export type Settings = TurnDefaults & OwnSettings

export type SettingName = keyof Settings

export type SettingRow = {
  readonly name: SettingName
  readonly meaning: string
  readonly default: string | number
  readonly rule: Rule
}

/** In the order of `/set`: the settings of a turn first. */
export const SETTINGS: readonly SettingRow[] = [...TURN_SETTINGS, ...OWN_SETTING_LIST]

// The types of both are made from the same lists.
export const DEFAULTS = Object.fromEntries(SETTINGS.map((row) => [row.name, row.default])) as Settings

const RULES: ReadonlyMap<string, Rule> = new Map(SETTINGS.map(({ name, rule }) => [name, rule]))

export function isSettingName(name: string): name is SettingName {
  return RULES.has(name)
}

/** Finds a setting by its name or an alias, in any case, with or without dashes. */
export function settingNamed(typed: string): SettingRow | undefined {
  const named = typed.toLowerCase().replaceAll('-', '')
  const ofTurn = turnSetting(named)
  return SETTINGS.find((row) => row.name === ofTurn?.name || row.name.toLowerCase() === named)
}

/** The words that a setting can be set to, for any model. */
export function wordsOf({ rule }: SettingRow): readonly string[] {
  return choicesOf(rule)
}

/** The value that a typed text stands for: `'3'` is 3 when the setting is a number. */
export function typedValue(name: SettingName, typed: string): unknown {
  const rule = RULES.get(name)
  return rule && typedFor(rule, typed)
}

export function isValueOf<Name extends SettingName>(name: Name, value: unknown): value is Settings[Name] {
  const rule = RULES.get(name)
  return rule !== undefined && isRight(rule, value)
}

/** "timeout is a whole number of seconds, 5 to 3600" */
export function rightValue(name: SettingName): string {
  const rule = RULES.get(name)
  return `${name} is ${rule ? ruleText(rule) : ''}`
}
