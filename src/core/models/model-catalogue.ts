/** Dollars per million tokens, with the date and the source of the figures. */
export type Prices = {
  readonly input: number
  readonly outputText: number
  readonly outputImage: number
  /** A day or a month. */
  readonly on: string
  readonly source: string
}

export type Model = {
  readonly id: string
  readonly alias: string | null
  readonly name: string
  /** Sizes it takes, the smallest first; an empty list means that no size may be sent. */
  readonly sizes: readonly string[]
  readonly ratios: readonly string[]
  /** Images that one line may carry, as documented. */
  readonly images: {
    readonly most: number
    readonly note: string
    /** How many of a kind keep their looks; the model takes more, which may not. */
    readonly kinds?: Readonly<Record<'character' | 'object', number>>
  }
  /** False for a model that does not think at all. */
  readonly thinks: boolean
  /** Levels that may be chosen. */
  readonly thinking: readonly string[]
  readonly search: readonly string[]
  /** How well it spells words in a picture; what people report, since Google publishes no figures. */
  readonly lettering: 'best' | 'good' | 'poor' | 'unknown'
  readonly prices: Prices | null
  /** Output tokens of one image, by size, as they are documented. */
  readonly tokens: Readonly<Record<string, number>>
  /** The same where no page says: estimated, rather high, from resellers' prices and the model before it. */
  readonly guesses: Readonly<Record<string, number>>
  /** Seconds that an answer typically takes. */
  readonly seconds: readonly [number, number]
  /** Expects thought signatures when its own turns are sent back. */
  readonly signatures: boolean
  /** What is known about its retirement. */
  readonly retires: { readonly on: string; readonly note: string } | null
  /** False for an id that is in no table: its limits are not known. */
  readonly known: boolean
}

/** The size of the images of a model that takes no size. */
export const ONLY_SIZE = '1K'
const TEN = ['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9']
const FOURTEEN = [...TEN, '1:4', '4:1', '1:8', '8:1']

const LIST = { on: '2026-10', source: "Google's pages, as quoted from June to October 2026" }
const NEWEST = { on: '2026-10-06', source: 'the announcement of Nano Banana 2.1, as quoted by others' }

/**
 * Facts of October and November 2026, from Google's model, price and deprecation pages. Where no page gives a figure
 * (tokens of Nano Banana 2.1 above 1K) there is a guess, which is marked as one, until usage gives the real figure.
 */
export const CATALOGUE: readonly Model[] = [
  {
    id: 'gemini-nano-banana-2.1',
    alias: 'nano',
    name: 'Nano Banana 2.1',
    sizes: ['1K', '2K', '4K'],
    ratios: FOURTEEN,
    images: { most: 14, note: '10 objects and 4 characters', kinds: { object: 10, character: 4 } },
    thinks: true,
    thinking: ['minimal', 'medium', 'high'],
    search: ['web', 'image'],
    lettering: 'good',
    prices: { input: 1.5, outputText: 7.5, outputImage: 30, ...NEWEST },
    tokens: { '1K': 1120 },
    guesses: { '2K': 2520, '4K': 3800 },
    seconds: [15, 40],
    signatures: true,
    retires: null,
    known: true,
  },
  {
    id: 'gemini-3-pro-image',
    alias: 'pro',
    name: 'Nano Banana Pro',
    sizes: ['1K', '2K', '4K'],
    ratios: TEN,
    images: { most: 14, note: '6 objects and 5 people', kinds: { object: 6, character: 5 } },
    thinks: true,
    thinking: [],
    search: ['web'],
    lettering: 'best',
    prices: { input: 2, outputText: 12, outputImage: 120, ...LIST },
    tokens: { '1K': 1120, '2K': 1120, '4K': 2000 },
    guesses: {},
    seconds: [35, 140],
    signatures: true,
    retires: null,
    known: true,
  },
  {
    id: 'gemini-3.1-flash-lite-image',
    alias: 'lite',
    name: 'Nano Banana 2 Lite',
    sizes: ['1K'],
    ratios: TEN,
    images: { most: 14, note: 'objects and characters together' },
    thinks: true,
    thinking: ['minimal', 'high'],
    search: [],
    lettering: 'poor',
    prices: { input: 0.25, outputText: 1.5, outputImage: 30, ...LIST },
    tokens: { '1K': 1120 },
    guesses: {},
    seconds: [8, 25],
    signatures: true,
    retires: null,
    known: true,
  },
  {
    id: 'gemini-3.1-flash-image',
    alias: 'nb2',
    name: 'Nano Banana 2',
    sizes: ['512', '1K', '2K', '4K'],
    ratios: FOURTEEN,
    images: { most: 14, note: '10 objects and 4 characters', kinds: { object: 10, character: 4 } },
    thinks: true,
    thinking: ['minimal', 'high'],
    search: ['web', 'image'],
    lettering: 'good',
    prices: { input: 0.5, outputText: 3, outputImage: 60, ...LIST },
    tokens: { '512': 747, '1K': 1120, '2K': 1680, '4K': 2520 },
    guesses: {},
    seconds: [12, 40],
    signatures: true,
    retires: { on: '2026-10-29', note: 'deprecated on 2026-10-06; sources disagree on the day of its end' },
    known: true,
  },
  {
    id: 'gemini-2.5-flash-image',
    alias: 'nb1',
    name: 'Nano Banana',
    sizes: [],
    ratios: TEN,
    images: { most: 3, note: 'works best with up to 3' },
    thinks: false,
    thinking: [],
    search: [],
    lettering: 'poor',
    prices: { input: 0.3, outputText: 2.5, outputImage: 30, ...LIST },
    tokens: { '1K': 1290 },
    guesses: {},
    seconds: [8, 25],
    signatures: false,
    retires: { on: '2026-10-02', note: 'listed to end on 2026-10-02' },
    known: true,
  },
]

export const DEFAULT_MODEL = 'gemini-nano-banana-2.1'

const ALIASES: ReadonlyMap<string, string> = new Map([['flash', 'gemini-nano-banana-2.1']])

/** Ids that Google has switched off, and what replaced them. */
const SUCCESSORS: ReadonlyMap<string, string> = new Map([
  ['gemini-3-pro-image-preview', 'gemini-3-pro-image'],
  ['nano-banana-pro-preview', 'gemini-3-pro-image'],
  ['gemini-3.1-flash-image-preview', 'gemini-3.1-flash-image'],
  ['gemini-2.5-flash-image-preview', 'gemini-2.5-flash-image'],
])

/** What replaces a model that is gone. */
export function successor(id: string): string {
  return SUCCESSORS.get(id) ?? (id === DEFAULT_MODEL ? 'gemini-3-pro-image' : DEFAULT_MODEL)
}

/** The model of an id. An id that is in no table gets the widest limits and no price. */
export function modelOf(id: string): Model {
  return (
    CATALOGUE.find((model) => model.id === id) ?? {
      id,
      alias: null,
      name: id,
      sizes: ['512', '1K', '2K', '4K'],
      ratios: FOURTEEN,
      images: { most: 14, note: 'not known' },
      thinks: true,
      thinking: [],
      search: [],
      lettering: 'unknown',
      prices: null,
      tokens: {},
      guesses: {},
      seconds: [12, 60],
      signatures: true,
      retires: null,
      known: false,
    }
  )
}

export type FoundModel = { readonly model: Model; readonly replaced?: string }

/** What the user means by a model's name: alias, id, or an id of the user's own. */
export function findModel(word: string): FoundModel {
  const typed = word.trim().replace(/^models\//, '')
  const name = typed.toLowerCase()
  const next = SUCCESSORS.get(name)
  if (next !== undefined) return { model: modelOf(next), replaced: name }
  const known = CATALOGUE.find(({ alias, id }) => alias === name || id === name)?.id ?? ALIASES.get(name)
  // On other servers, ids may differ in case alone.
  return { model: modelOf(known ?? typed) }
}

/** `nano-banana-2.1`: the id, short enough for a caption. */
export function shortName(id: string): string {
  return id.replace(/^gemini-/, '')
}

/** The user's own prices, by the id of the model. */
export type OwnPrices = ReadonlyMap<string, Pick<Model, 'tokens'> & { readonly prices: Prices }>

/** The model with the user's own prices, where there are any. */
export function priced(model: Model, own: OwnPrices): Model {
  const mine = own.get(model.id)
  return mine ? { ...model, prices: mine.prices, tokens: { ...model.tokens, ...mine.tokens } } : model
}
