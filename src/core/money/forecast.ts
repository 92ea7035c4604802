import { type Model, ONLY_SIZE } from '../models/model-catalogue.ts'
import { messageImages, type Window, windowOf } from '../request/request.ts'
import type { Prompt, Session } from '../session/session.ts'
import { estimate, tierOf } from './call-cost.ts'

/** What a call will cost, in dollars: usually, and at most. */
export type Forecast = { readonly usual: number; readonly most: number }

/** A forecast; `unknown` where there is none, and `free` for the practice engine. */
export type Price = Forecast | 'unknown' | 'free'

/** The same two figures in tokens. */
type Tokens = Forecast

/** An image that is sent: 560 tokens by Google's price for Pro; models that cut it into tiles count more. */
const IMAGE: Tokens = { usual: 560, most: 1290 }

/** Words around an image in an answer: 88 to 630 have been counted. */
const WORDS: Tokens = { usual: 100, most: 700 }

/** By thinking level. About 250 have been counted where none was set; no page gives a maximum. */
const THOUGHTS: Readonly<Record<string, Tokens>> = {
  minimal: { usual: 100, most: 500 },
  low: { usual: 250, most: 1000 },
  medium: { usual: 250, most: 2000 },
  high: { usual: 1000, most: 6000 },
}
const SOME_THOUGHTS: Tokens = { usual: 250, most: 2000 }

const NONE: Tokens = { usual: 0, most: 0 }

/** What a prompt will cost; undefined when the model's prices or the tokens of such an image are unknown. */
export function forecastOf(
  session: Session,
  prompt: Prompt,
  model: Model,
  window: Window,
): Forecast | undefined {
  const size = model.sizes.length === 0 ? ONLY_SIZE : prompt.settings.size
  const image = estimate(model, size) ?? estimate({ ...model, tokens: model.guesses }, size)
  if (!model.prices || image === undefined) return undefined
  const { input, outputText } = model.prices
  const { images, characters } = inputsOf(session, prompt, window)
  const thoughts = model.thinks ? (THOUGHTS[prompt.settings.thinking ?? ''] ?? SOME_THOUGHTS) : NONE
  const { share } = tierOf(prompt.settings.tier)
  const price = (ins: number, outs: number) => share * (image + (ins * input + outs * outputText) / 1_000_000)
  return {
    // A token is about four letters of English, and can be a single character of Chinese.
    usual: price(images * IMAGE.usual + characters / 4, WORDS.usual + thoughts.usual),
    most: price(images * IMAGE.most + characters, WORDS.most + thoughts.most),
  }
}

/** The price of several calls; unknown when that of one is. */
export function together(prices: Iterable<Price>): Price {
  let usual = 0
  let most = 0
  let free = true
  for (const one of prices) {
    if (one === 'unknown') return 'unknown'
    if (one === 'free') continue
    usual += one.usual
    most += one.most
    free = false
  }
  return free ? 'free' : { usual, most }
}

/** Counted from the session alone: a request that has no room for all of it only costs less. */
function inputsOf(session: Session, prompt: Prompt, window: Window) {
  const steps = windowOf(session, prompt, window, 'as-they-came')
  const earlier = steps.flatMap(({ turn, version }) => [
    ...turn.mentions,
    ...(version === null ? [] : [version]),
  ])
  const texts = [prompt, ...steps.map(({ turn }) => turn)].map(({ text }) => text)
  return {
    images: earlier.length + messageImages(session, prompt),
    characters: texts.reduce((sum, { length }) => sum + length, 0),
  }
}
