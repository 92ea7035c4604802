import { DEFAULT_MODEL, findModel, type Model, modelOf, ONLY_SIZE } from '../models/catalogue.ts'
import { isRight, type Rule, ruleText, typedFor } from './rule.ts'
import type { SettingsChange, TurnSettings } from './turn-settings-type.ts'

/** The word or number that stands for a setting that is not set. */
export const TURN_DEFAULTS: TurnDefaults = {
  model: DEFAULT_MODEL,
  aspect: 'auto',
  size: '1K',
  thinking: 'default',
  thoughts: 'off',
  search: 'off',
  temperature: 'default',
  safety: 'default',
  person: 'default',
  tier: 'standard',
  system: 'none',
  history: 2,
  seed: 'none',
}

/** What each may hold, its default among it. */
export type TurnDefaults = {
  readonly model: string
  readonly aspect: string
  readonly size: string
  readonly thinking: string
  readonly thoughts: string
  readonly search: string
  readonly temperature: string | number
  readonly safety: string
  readonly person: string
  readonly tier: string
  readonly system: string
  readonly history: number
  readonly seed: string | number
}

export type TurnSettingName = keyof TurnSettings

export type TurnSetting = {
  readonly name: TurnSettingName
  readonly meaning: string
  readonly rule: Rule
  /** Other names that people have for it, in a flag as in a command. */
  readonly aliases: readonly string[]
}

/** What a line is made with, in the order that `/set` lists it. Each is a fact of the session. */
export const TURN_SETTINGS: readonly TurnSetting[] = [
  {
    name: 'model',
    meaning: 'the model that draws',
    rule: { kind: 'word', example: 'pro' },
    aliases: ['m'],
  },
  {
    name: 'aspect',
    meaning: 'width to height; auto follows the current image',
    rule: { kind: 'word', example: '16:9' },
    aliases: ['ar', 'ratio'],
  },
  {
    name: 'size',
    meaning: 'the size that is asked for',
    rule: { kind: 'word', example: '2K' },
    aliases: [],
  },
  {
    name: 'thinking',
    meaning: 'how long the model thinks before it draws; what it thinks is paid as words',
    rule: { kind: 'choice', choices: ['default', 'minimal', 'low', 'medium', 'high'] },
    aliases: [],
  },
  {
    name: 'thoughts',
    meaning: 'shows what the model thinks, dimmed',
    rule: { kind: 'choice', choices: ['off', 'on'] },
    aliases: [],
  },
  {
    name: 'search',
    meaning: 'lets the model search with Google before it draws; each search may be billed',
    rule: { kind: 'choice', choices: ['off', 'web', 'image'] },
    aliases: [],
  },
  {
    name: 'temperature',
    meaning: 'how freely the model chooses',
    rule: { kind: 'choice-or-number', choices: ['default'], least: 0, most: 2, unit: '', decimals: true },
    aliases: ['temp'],
  },
  {
    name: 'safety',
    meaning: 'what the filters block: off and none nothing, few only what is surely harmful, most the most',
    rule: { kind: 'choice', choices: ['default', 'off', 'none', 'few', 'some', 'most'] },
    aliases: [],
  },
  {
    name: 'person',
    meaning: 'which people may be drawn; Vertex AI alone takes it',
    rule: { kind: 'choice', choices: ['default', 'all', 'adult', 'none'] },
    aliases: ['people'],
  },
  {
    name: 'tier',
    meaning: 'flex costs half and may take a quarter of an hour; priority costs up to twice as much',
    rule: { kind: 'choice', choices: ['standard', 'flex', 'priority'] },
    aliases: [],
  },
  {
    name: 'system',
    meaning: 'a standing instruction that goes with every line',
    rule: { kind: 'text', most: 8000 },
    aliases: [],
  },
  {
    name: 'history',
    meaning: 'turns that are sent with their images, the newest included',
    rule: { kind: 'number', unit: 'turns', least: 0, most: 50 },
    aliases: [],
  },
  {
    name: 'seed',
    meaning: 'asks for the same choice of chance again; models take it as a wish, and the image may differ',
    rule: { kind: 'choice-or-number', choices: ['none'], least: 0, most: 2_147_483_647, unit: '' },
    aliases: [],
  },
]

/** By its name or one of its other names, in any case. */
export function turnSetting(word: string): TurnSetting | undefined {
  const name = word.toLowerCase()
  return TURN_SETTINGS.find((one) => one.name === name || one.aliases.includes(name))
}

/** As it is shown; what is not set is told by its default. */
export function shownValue(settings: TurnSettings, { name }: TurnSetting): string {
  return String(settings[name] ?? TURN_DEFAULTS[name])
}

export function withChange(settings: TurnSettings, change: SettingsChange): TurnSettings {
  const all = Object.entries({ ...settings, ...change }).filter(([, value]) => value !== null)
  return { model: settings.model, aspect: settings.aspect, size: settings.size, ...Object.fromEntries(all) }
}

type ReadSetting =
  | { readonly ok: true; readonly change: SettingsChange; readonly value: string }
  | { readonly ok: false; readonly sentence: string }

/**
 * A typed value as a change of the settings, or why this model or engine does not take it. The way back to the
 * default is always open.
 */
export function readSetting(
  setting: TurnSetting,
  typed: string,
  settings: TurnSettings,
  engine: string,
): ReadSetting {
  const { name, rule } = setting
  const usual = TURN_DEFAULTS[name]
  if (name === 'model') {
    const { id } = findModel(typed).model
    return isRight(rule, id) ? { ok: true, change: { model: id }, value: id } : wrong(setting, typed)
  }
  const model = modelOf(settings.model)
  const value = spelled(setting, typed, model)
  if (!isRight(rule, value)) return wrong(setting, typed)
  const sentence = refusal(setting, String(value), model, engine)
  if (sentence !== undefined) return { ok: false, sentence }
  const unset = value === usual && name !== 'aspect' && name !== 'size'
  return { ok: true, change: { [name]: unset ? null : value }, value: String(value) }
}

function wrong({ name, rule }: TurnSetting, typed: string): ReadSetting {
  return { ok: false, sentence: `${name} is ${ruleText(rule)}; "${typed}" is not.` }
}

/** As the table of the model spells it: `2k` is 2K, `16x9` is 16:9. */
function spelled({ name, rule }: TurnSetting, typed: string, { sizes }: Model): unknown {
  const word = typed.trim()
  switch (name) {
    case 'aspect':
      return word.toLowerCase().replace(/[x/×∶]/g, ':')
    case 'size':
      return sizes.find((one) => one.toLowerCase() === word.toLowerCase()) ?? word
    case 'system':
      return /^(?:off|none)$/i.test(word) ? 'none' : word
    case 'model':
    case 'thinking':
    case 'thoughts':
    case 'search':
    case 'temperature':
    case 'safety':
    case 'person':
    case 'tier':
    case 'history':
    case 'seed':
      return typedFor(rule, word)
  }
}

/** Why the model or the engine does not take a value, as a sentence; undefined when it does. */
function refusal({ name }: TurnSetting, value: string, model: Model, engine: string): string | undefined {
  if (value === String(TURN_DEFAULTS[name]) && name !== 'size') return undefined
  switch (name) {
    case 'aspect':
      return model.ratios.includes(value) ? undefined : takes(model, name, value, ['auto', ...model.ratios])
    case 'size':
      if (model.sizes.includes(value) || (model.sizes.length === 0 && value === ONLY_SIZE)) return undefined
      return model.sizes.length === 0
        ? `${model.name} has no ${name} ${value}; it takes no size at all: it always answers about ${ONLY_SIZE}.`
        : takes(model, name, value, model.sizes)
    case 'thinking':
      if (!model.known || model.thinking.includes(value)) return undefined
      if (model.thinking.length > 0) return takes(model, name, value, ['default', ...model.thinking])
      return model.thinks
        ? `${model.name} always thinks as long as it wants; it takes no level.`
        : `${model.name} does not think; /model nano does.`
    case 'thoughts':
      return model.thinks ? undefined : `${model.name} does not think; /model nano does.`
    case 'search':
      if (!model.known || model.search.includes(value)) return undefined
      return model.search.length === 0
        ? `${model.name} cannot search; /model nano and /model pro can.`
        : takes(model, name, value, ['off', ...model.search])
    case 'person':
      return engine === 'vertex' ? undefined : 'Only Vertex AI takes person; describe in words who is drawn.'
    case 'model':
    case 'temperature':
    case 'safety':
    case 'tier':
    case 'system':
    case 'history':
    case 'seed':
      return undefined
  }
}

function takes(model: Model, name: string, value: string, all: readonly string[]): string {
  return `${model.name} has no ${name} ${value}; it takes ${all.join(', ')}.`
}

/** What differs from the default, model, ratio and size aside: `search web`, `seed 7`. */
export function unusual(settings: TurnSettings): readonly string[] {
  return TURN_SETTINGS.flatMap(({ name }) => {
    const value = settings[name]
    if (name === 'model' || name === 'aspect' || name === 'size' || value === undefined) return []
    return [name === 'system' || name === 'thoughts' ? name : `${name} ${value}`]
  })
}
