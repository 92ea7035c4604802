import { DEFAULT_MODEL } from '../core/model.ts'

/** What the user wants in every session. A session's own model, ratio and size are facts of it and go first. */
export type Settings = {
  readonly model: string
  readonly aspect: string
  readonly size: string
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
  /** Turns that are sent with their images, the newest included. */
  readonly history: number
  /** In pixels, of the longer side. */
  readonly wireSize: number
}

export type SettingName = keyof Settings

type Rule =
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'number'; readonly least: number; readonly most: number; readonly unit: string }
  | { readonly kind: 'word'; readonly example: string }
  | {
      readonly kind: 'choice-or-number'
      readonly choices: readonly string[]
      readonly least: number
      readonly most: number
      readonly unit: string
    }

export type SettingRow = {
  readonly name: SettingName
  readonly meaning: string
  readonly default: string | number
  /** What may be chosen from, for completion; empty when there is no list. */
  readonly choices: readonly string[]
  /** "a whole number of seconds, 5 to 3600" */
  readonly values: string
}

export const DEFAULTS: Settings = {
  model: DEFAULT_MODEL,
  aspect: 'auto',
  size: '1K',
  graphics: 'auto',
  preview: 'large',
  transparency: 'checkerboard',
  pictureWait: 300,
  escape: 'keep',
  timeout: 300,
  history: 2,
  wireSize: 2048,
}

const RULES: Readonly<Record<SettingName, Rule>> = {
  model: { kind: 'word', example: 'pro' },
  aspect: { kind: 'word', example: '16:9' },
  size: { kind: 'word', example: '2K' },
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
  history: { kind: 'number', unit: 'turns', least: 0, most: 50 },
  wireSize: { kind: 'number', unit: 'pixels', least: 256, most: 8192 },
}

/** In the order that `/set` lists them. */
export const SETTINGS: readonly SettingRow[] = [
  row('model', 'the model that draws'),
  row('aspect', 'width to height; auto follows the current image'),
  row('size', 'the size that is asked for'),
  row('graphics', 'how images are drawn in the terminal'),
  row('preview', 'how large a new image is drawn'),
  row('transparency', 'what is seen through transparent pixels'),
  row('pictureWait', 'how long the first picture waits for what the terminal answers of itself'),
  row('escape', 'what Esc does to a call: keep its answer, or abort it'),
  row('timeout', 'how long an answer may take'),
  row('history', 'turns that are sent with their images, the newest included'),
  row('wireSize', 'longer side of the images that are sent; the originals are kept'),
]

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(RULES, name)
}

/** What a user types, as a value: `'3'` is 3 where a number is wanted. */
export function typedValue(name: SettingName, typed: string): unknown {
  const text = typed.trim()
  const rule = RULES[name]
  const number = rule.kind === 'number' || (rule.kind === 'choice-or-number' && /^\d+$/.test(text))
  return number && text !== '' ? Number(text) : text
}

export function isValueOf<Name extends SettingName>(name: Name, value: unknown): value is Settings[Name] {
  const rule: Rule = RULES[name]
  switch (rule.kind) {
    case 'choice':
      return typeof value === 'string' && rule.choices.includes(value)
    case 'number':
      return isWhole(value, rule)
    case 'choice-or-number':
      return (typeof value === 'string' && rule.choices.includes(value)) || isWhole(value, rule)
    case 'word':
      return typeof value === 'string' && /^\S{1,200}$/.test(value)
  }
}

function isWhole(
  value: unknown,
  { least, most }: { readonly least: number; readonly most: number },
): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most
}

/** "timeout is a whole number of seconds, 5 to 3600" */
export function rightValue(name: SettingName): string {
  return `${name} is ${ruleText(RULES[name])}`
}

function ruleText(rule: Rule): string {
  switch (rule.kind) {
    case 'choice':
      return `one of ${rule.choices.join(', ')}`
    case 'number':
      return `a whole number of ${rule.unit}, ${rule.least} to ${rule.most}`
    case 'choice-or-number':
      return `one of ${rule.choices.join(', ')}, or a number of ${rule.unit}, ${rule.least} to ${rule.most}`
    case 'word':
      return `a word, such as ${rule.example}`
  }
}

function row(name: SettingName, meaning: string): SettingRow {
  const rule = RULES[name]
  const choices = 'choices' in rule ? rule.choices : []
  return { name, meaning, default: DEFAULTS[name], choices, values: ruleText(rule) }
}
