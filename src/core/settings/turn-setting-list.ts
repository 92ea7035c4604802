import { CATALOGUE, DEFAULT_MODEL, findModel, type Model, ONLY_SIZE } from '../models/model-catalogue.ts'
import { defineSetting } from './define-setting.ts'

/** From the smallest to the largest. */
const SIZES = ['512', '1K', '2K', '4K']

/** As the API spells them. */
const LEVELS = new Map([
  ['minimal', 'MINIMAL'],
  ['low', 'LOW'],
  ['medium', 'MEDIUM'],
  ['high', 'HIGH'],
])
const THRESHOLDS = new Map([
  ['off', 'OFF'],
  ['none', 'BLOCK_NONE'],
  ['few', 'BLOCK_ONLY_HIGH'],
  ['some', 'BLOCK_MEDIUM_AND_ABOVE'],
  ['most', 'BLOCK_LOW_AND_ABOVE'],
])
/** Those that the Developer API takes; the others are Vertex AI's, or deprecated. */
const CATEGORIES = ['HARASSMENT', 'HATE_SPEECH', 'SEXUALLY_EXPLICIT', 'DANGEROUS_CONTENT']
const PERSONS = new Map([
  ['all', 'ALLOW_ALL'],
  ['adult', 'ALLOW_ADULT'],
  ['none', 'ALLOW_NONE'],
])

/** What a line is made with, in the order of `/set`. The model is read first, since the rest depends on it. */
export const TURN_SETTING_LIST = [
  defineSetting({
    name: 'model',
    aliases: ['m'],
    meaning: 'the model that draws',
    rule: { kind: 'word', example: 'pro' },
    default: DEFAULT_MODEL,
    line: {
      recorded: 'always',
      read: (typed) => findModel(typed).model.id,
      values: () => CATALOGUE.map(({ alias, id }) => alias ?? id),
    },
  }),
  defineSetting({
    name: 'aspect',
    aliases: ['ar', 'ratio'],
    meaning: 'width to height; auto follows the current image',
    rule: { kind: 'word', example: '16:9' },
    default: 'auto',
    line: {
      recorded: 'always',
      flag: { names: ['ar', 'ratio', 'aspect'] },
      read: (typed) => typed.toLowerCase().replace(/[x/×∶]/g, ':'),
      values: ratiosOf,
      refusal: (value, model) =>
        ratiosOf(model).includes(value) ? undefined : lacks(model, 'aspect', value, ratiosOf(model)),
      fit: (value, model) =>
        ratiosOf(model).includes(value) ? undefined : instead(model, `ratio ${value}`, 'auto'),
      request: (value) => (value === 'auto' ? undefined : { imageConfig: { aspectRatio: value } }),
    },
  }),
  defineSetting({
    name: 'size',
    meaning: 'the size of the image',
    rule: { kind: 'word', example: '2K' },
    default: '1K',
    line: {
      recorded: 'always',
      read: (typed, { sizes }) => sizes.find((one) => one.toLowerCase() === typed.toLowerCase()) ?? typed,
      values: sizesOf,
      refusal(value, model) {
        if (sizesOf(model).includes(value)) return undefined
        return model.sizes.length === 0
          ? `${model.name} has no size ${value}; it takes no size at all, and always makes about ${ONLY_SIZE}.`
          : lacks(model, 'size', value, model.sizes)
      },
      fit(value, model) {
        const sizes = sizesOf(model)
        const wanted = SIZES.indexOf(value.toUpperCase())
        // Never larger than requested, which would cost more, unless there is no smaller one.
        const nearest = sizes.findLast((one) => SIZES.indexOf(one) <= wanted) ?? sizes[0] ?? ONLY_SIZE
        if (value === nearest) return undefined
        return value.toUpperCase() === nearest ? { value: nearest } : instead(model, `size ${value}`, nearest)
      },
      // A model without sizes answers 500 to any size.
      request: (value, { sizes }) =>
        sizes.includes(String(value)) ? { imageConfig: { imageSize: value } } : undefined,
    },
  }),
  defineSetting({
    name: 'thinking',
    meaning: 'how long the model thinks before it draws; thoughts are billed as text',
    rule: { kind: 'choice', choices: ['default', 'minimal', 'low', 'medium', 'high'] },
    default: 'default',
    line: {
      recorded: 'when-set',
      values: (model) => (model.known ? ['default', ...model.thinking] : ['default', ...LEVELS.keys()]),
      refusal(value, model) {
        if (!model.known || model.thinking.includes(value)) return undefined
        if (model.thinking.length > 0) return lacks(model, 'thinking', value, ['default', ...model.thinking])
        return model.thinks
          ? `${model.name} always thinks as long as it wants; it takes no thinking level.`
          : thinksNot(model)
      },
      fit: (value, model) =>
        !model.known || model.thinking.includes(value)
          ? undefined
          : { ...instead(model, `thinking ${value}`, 'its default'), value: null },
      request(value) {
        const thinkingLevel = LEVELS.get(String(value))
        return thinkingLevel === undefined ? undefined : { thinkingConfig: { thinkingLevel } }
      },
    },
  }),
  defineSetting({
    name: 'thoughts',
    meaning: "shows the model's thoughts, dimmed",
    rule: { kind: 'choice', choices: ['off', 'on'] },
    default: 'off',
    line: {
      recorded: 'when-set',
      flag: { alone: 'on' },
      brief: true,
      refusal: (_, model) => (model.thinks ? undefined : thinksNot(model)),
      fit: (_, model) =>
        model.thinks
          ? undefined
          : { value: null, words: `${model.name} does not think: there are no thoughts to show.` },
      request: (value) => (value === 'on' ? { thinkingConfig: { includeThoughts: true } } : undefined),
    },
  }),
  defineSetting({
    name: 'search',
    meaning: 'lets the model search with Google before it draws; each search may be billed',
    rule: { kind: 'choice', choices: ['off', 'web', 'image'] },
    default: 'off',
    line: {
      recorded: 'when-set',
      values: (model) => (model.known ? ['off', ...model.search] : ['off', 'web', 'image']),
      refusal(value, model) {
        if (!model.known || model.search.includes(value)) return undefined
        return model.search.length === 0
          ? `${model.name} cannot search; /model nano and /model pro can.`
          : lacks(model, 'search', value, ['off', ...model.search])
      },
      fit(value, model) {
        if (!model.known || model.search.includes(value)) return undefined
        const nearest = model.search.includes('web') ? 'web' : null
        return { ...instead(model, `search ${value}`, nearest ?? 'off'), value: nearest }
      },
      request(value) {
        if (value === 'web') return { tools: [{ googleSearch: {} }] }
        return value === 'image'
          ? { tools: [{ googleSearch: { searchTypes: { webSearch: {}, imageSearch: {} } } }] }
          : undefined
      },
    },
  }),
  defineSetting({
    name: 'temperature',
    aliases: ['temp'],
    meaning: 'how much chance there is in what the model draws',
    rule: { kind: 'choice-or-number', choices: ['default'], least: 0, most: 2, unit: '', decimals: true },
    default: 'default',
    line: { recorded: 'when-set', request: (temperature) => ({ temperature }) },
  }),
  defineSetting({
    name: 'safety',
    meaning:
      'what the safety filters block: off and none block nothing, few only what is clearly harmful, most the most',
    rule: { kind: 'choice', choices: ['default', 'off', 'none', 'few', 'some', 'most'] },
    default: 'default',
    line: {
      recorded: 'when-set',
      request(value) {
        const threshold = THRESHOLDS.get(String(value))
        return threshold === undefined
          ? undefined
          : { safetySettings: CATEGORIES.map((name) => ({ category: `HARM_CATEGORY_${name}`, threshold })) }
      },
    },
  }),
  defineSetting({
    name: 'person',
    aliases: ['people'],
    meaning: 'which people may be drawn; only Vertex AI takes it',
    rule: { kind: 'choice', choices: ['default', 'all', 'adult', 'none'] },
    default: 'default',
    line: {
      recorded: 'when-set',
      refusal: (_value, _model, engine) =>
        engine === 'vertex' ? undefined : 'Only Vertex AI takes person; say in the prompt who is drawn.',
      request(value) {
        const personGeneration = PERSONS.get(String(value))
        return personGeneration === undefined ? undefined : { imageConfig: { personGeneration } }
      },
    },
  }),
  defineSetting({
    name: 'tier',
    meaning: 'flex costs half and may take a quarter of an hour; priority costs up to twice as much',
    rule: { kind: 'choice', choices: ['standard', 'flex', 'priority'] },
    default: 'standard',
    line: {
      recorded: 'when-set',
      request: (value) => (value === 'flex' || value === 'priority' ? { serviceTier: value } : undefined),
    },
  }),
  defineSetting({
    name: 'system',
    meaning: 'a standing instruction that is sent with every line',
    rule: { kind: 'text', most: 8000 },
    default: 'none',
    line: {
      recorded: 'when-set',
      flag: { takes: 'words' },
      brief: true,
      read: (typed) => (/^(?:off|none)$/i.test(typed) ? 'none' : typed),
      request: (systemInstruction) => ({ systemInstruction }),
    },
  }),
  defineSetting({
    name: 'history',
    meaning: 'how many turns are sent with their images, the newest included',
    rule: { kind: 'number', unit: 'turns', least: 0, most: 50 },
    default: 2,
    // It decides what is sent: `windowOf`.
    line: { recorded: 'when-set' },
  }),
  defineSetting({
    name: 'seed',
    meaning: 'asks for the same random choices again; the image may still differ',
    rule: { kind: 'choice-or-number', choices: ['none'], least: 0, most: 2_147_483_647, unit: '' },
    default: 'none',
    line: { recorded: 'when-set', request: (seed) => ({ seed }) },
  }),
] as const

function ratiosOf({ ratios }: Model): readonly string[] {
  return ['auto', ...ratios]
}

/** A model that takes no size still makes images of one size. */
function sizesOf({ sizes }: Model): readonly string[] {
  return sizes.length > 0 ? sizes : [ONLY_SIZE]
}

function lacks(model: Model, name: string, value: string, all: readonly string[]): string {
  return `${model.name} has no ${name} ${value}; it takes ${all.join(', ')}.`
}

function thinksNot({ name }: Model): string {
  return `${name} does not think; /model nano does.`
}

function instead({ name }: Model, lacking: string, value: string) {
  return { value, words: `${name} has no ${lacking}; ${value} is used instead.` }
}
