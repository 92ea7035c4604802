import { isRight, type Rule, ruleText, typedFor } from '../../core/settings/rule.ts'
import { TURN_DEFAULTS, TURN_SETTINGS, type TurnDefaults } from '../../core/settings/turn-settings.ts'
import type { TurnSettings } from '../../core/settings/turn-settings-type.ts'

/**
 * What the user wants in every session: what a new one's turns are made with, by its default where that is not set,
 * and what is limn's own.
 */
export type Settings = TurnDefaults & OwnSettings

type OwnSettings = {
  readonly graphics: 'auto' | 'kitty' | 'iterm2' | 'sixel' | 'blocks' | 'none'
  /** How high a new image is drawn: a share of the window, or so many rows. */
  readonly preview: 'large' | 'medium' | 'small' | 'none' | number
  /** What is seen through transparent pixels. */
  readonly transparency: 'checkerboard' | 'background'
  /** Milliseconds that the first picture waits for what the terminal answers of itself. */
  readonly pictureWait: number
  readonly escape: 'keep' | 'abort'
  /** In seconds. */
  readonly timeout: number
  /** In pixels, of the longer side. */
  readonly wireSize: number
  /** References that go along again and again, by the Files API. */
  readonly uploads: 'auto' | 'off'
  /** In dollars, of all images of a line. */
  readonly askAbove: 'off' | number
  /** In dollars. */
  readonly budgetSession: 'off' | number
  /** In dollars. */
  readonly budgetDay: 'off' | number
}

export type SettingName = keyof Settings

export type SettingRow = {
  readonly name: SettingName
  readonly meaning: string
  readonly default: string | number
  readonly rule: Rule
}

export const DEFAULTS: Settings = {
  ...TURN_DEFAULTS,
  graphics: 'auto',
  preview: 'large',
  transparency: 'checkerboard',
  pictureWait: 300,
  escape: 'keep',
  timeout: 300,
  wireSize: 2048,
  uploads: 'auto',
  askAbove: 0.25,
  budgetSession: 'off',
  budgetDay: 'off',
}

const DOLLARS: Rule = {
  kind: 'choice-or-number',
  choices: ['off'],
  unit: 'dollars',
  least: 0,
  most: 100_000,
  decimals: true,
}

const OWN_RULES: Readonly<Record<keyof OwnSettings, Rule>> = {
  graphics: { kind: 'choice', choices: ['auto', 'kitty', 'iterm2', 'sixel', 'blocks', 'none'] },
  preview: {
    kind: 'choice-or-number',
    choices: ['large', 'medium', 'small', 'none'],
    unit: 'rows',
    least: 2,
    most: 200,
  },
  transparency: { kind: 'choice', choices: ['checkerboard', 'background'] },
  pictureWait: { kind: 'number', unit: 'milliseconds', least: 0, most: 10_000 },
  escape: { kind: 'choice', choices: ['keep', 'abort'] },
  timeout: { kind: 'number', unit: 'seconds', least: 5, most: 3600 },
  wireSize: { kind: 'number', unit: 'pixels', least: 256, most: 8192 },
  uploads: { kind: 'choice', choices: ['auto', 'off'] },
  askAbove: DOLLARS,
  budgetSession: DOLLARS,
  budgetDay: DOLLARS,
}

/** In the order that `/set` lists them: those of a turn first. */
export const SETTINGS: readonly SettingRow[] = [
  ...TURN_SETTINGS.map(({ name, meaning, rule }) => row(name, meaning, rule)),
  own('graphics', 'how images are drawn in the terminal'),
  own('preview', 'how large a new image is drawn'),
  own('transparency', 'what is seen through transparent pixels'),
  own('pictureWait', 'how long the first picture waits for what the terminal answers of itself'),
  own('escape', 'what Esc does to a call: keep its answer, or abort it'),
  own('timeout', 'how long an answer may take'),
  own('wireSize', 'longer side of the images that are sent; the originals are kept'),
  own('uploads', 'references that go along again and again are uploaded once, where that saves bytes'),
  own('askAbove', 'asks before a line that will cost more than this'),
  own('budgetSession', 'what one session may cost; /budget tells how much of it is left'),
  own('budgetDay', 'what all sessions of a day may cost together'),
]

const RULES: ReadonlyMap<string, Rule> = new Map(SETTINGS.map(({ name, rule }) => [name, rule]))

export function isSettingName(name: string): name is SettingName {
  return RULES.has(name)
}

/** What a user types, as a value: `'3'` is 3 where a number is wanted. */
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

function own(name: keyof OwnSettings, meaning: string): SettingRow {
  return row(name, meaning, OWN_RULES[name])
}

function row(name: SettingName, meaning: string, rule: Rule): SettingRow {
  return { name, meaning, default: DEFAULTS[name], rule }
}

/** What a session is made with that has set nothing itself. */
export function firstTurnSettings(values: Settings): TurnSettings {
  const set = TURN_SETTINGS.filter(({ name }) => values[name] !== TURN_DEFAULTS[name])
  const { model, aspect, size } = values
  return { model, aspect, size, ...Object.fromEntries(set.map(({ name }) => [name, values[name]])) }
}
