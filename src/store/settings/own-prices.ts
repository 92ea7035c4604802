import { findModel, type OwnPrices, type Prices } from '../../core/models/model-catalogue.ts'

type Fields = Readonly<Record<string, unknown>>

const NAMES = ['input', 'outputText', 'outputImage'] as const

/** The prices that the user has set, by model id, and a sentence for each that cannot be read. */
export function readPrices(
  value: unknown,
  path: string,
): { readonly prices: OwnPrices; readonly warnings: readonly string[] } {
  if (value === undefined) return { prices: new Map(), warnings: [] }
  if (!isFields(value)) {
    return {
      prices: new Map(),
      warnings: [`In ${path}, prices must be an object with the prices of each model, ${EXAMPLE}.`],
    }
  }
  const warnings: string[] = []
  const prices = new Map<string, { prices: Prices; tokens: Readonly<Record<string, number>> }>()
  for (const [name, given] of Object.entries(value)) {
    const own = ownOf(given)
    if (own) prices.set(findModel(name).model.id, own)
    else
      warnings.push(
        `In ${path}, the prices of ${name} cannot be read; limn's own are used. Write them ${EXAMPLE}.`,
      )
  }
  return { prices, warnings }
}

const EXAMPLE =
  'such as {"pro": {"input": 2, "outputText": 12, "outputImage": 120, "tokens": {"1K": 1120}}}: dollars per million tokens, and optionally the tokens of an image by its size'

function ownOf(given: unknown) {
  if (!isFields(given)) return undefined
  const { tokens = {}, ...all } = given
  const [input, outputText, outputImage] = NAMES.map((name) => all[name])
  if (!isAmount(input) || !isAmount(outputText) || !isAmount(outputImage)) return undefined
  if (Object.keys(all).length > NAMES.length || !isFields(tokens)) return undefined
  const counts = Object.entries(tokens).flatMap(([size, count]) =>
    isAmount(count) ? [[size, count] as const] : [],
  )
  if (counts.length < Object.keys(tokens).length) return undefined
  const prices = { input, outputText, outputImage, on: '', source: 'your settings' }
  return { prices, tokens: Object.fromEntries(counts) }
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
