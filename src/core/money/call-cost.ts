import type { Model } from '../models/model-catalogue.ts'
import type { Usage } from './token-usage.ts'

/** What a turn cost. An unknown cost never counts as 0; only the practice engine is `free`. */
export type Cost =
  | { readonly kind: 'known'; readonly usd: number; readonly about: boolean }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'free' }

/** Shares of the list price, from Google's page on service tiers; of a range (75 to 100 % more), the high end. */
const TIERS: ReadonlyMap<string, { readonly share: number; readonly about: boolean }> = new Map([
  ['standard', { share: 1, about: false }],
  ['flex', { share: 0.5, about: false }],
  ['batch', { share: 0.5, about: false }],
  ['priority', { share: 2, about: true }],
])

/** The share of the list price that a service tier costs; an unknown tier costs as much as standard, `about`. */
export function tierOf(name = 'standard'): { readonly share: number; readonly about: boolean } {
  return TIERS.get(name.toLowerCase()) ?? { share: 1, about: true }
}

/**
 * The cost of one answer. Where the parts do not add up to the total, the rest is counted as output text and
 * the cost is `about`: servers have been seen to leave words out of the details. `tier` is the requested tier, which
 * counts where the answer does not name one.
 */
export function costOf(usage: Usage | null, model: Model, tier?: string): Cost {
  if (!usage || !model.prices) return { kind: 'unknown' }
  const { prices } = model
  const named = usage.input + usage.outputText + usage.outputImage + usage.thoughts
  const rest = Math.max(0, usage.total - named)
  // On a refusal the words repeat the thoughts; the total counts them once.
  const twice = Math.min(usage.outputText, Math.max(0, named - usage.total))
  const { share, about } = tierOf(usage.tier ?? tier)
  const usd =
    (share *
      (usage.input * prices.input +
        (usage.outputText - twice + usage.thoughts + rest) * prices.outputText +
        usage.outputImage * prices.outputImage)) /
    1_000_000
  return { kind: 'known', usd, about: about || rest > 0 || usage.total < named }
}

/** What the next image will cost at list price, in dollars; undefined when that is unknown. */
export function estimate(model: Model, size: string): number | undefined {
  const tokens = Object.hasOwn(model.tokens, size) ? model.tokens[size] : undefined
  return tokens === undefined || !model.prices ? undefined : (tokens * model.prices.outputImage) / 1_000_000
}

export type Sum = { readonly usd: number; readonly about: boolean; readonly unknown: number }

/** Free turns add nothing; unknown ones are counted, so that the sum can show "+?". */
export function sum(costs: Iterable<Cost>): Sum {
  let usd = 0
  let about = false
  let unknown = 0
  for (const cost of costs) {
    switch (cost.kind) {
      case 'known':
        usd += cost.usd
        about ||= cost.about
        break
      case 'unknown':
        unknown += 1
        break
      case 'free':
        break
    }
  }
  return { usd, about, unknown }
}

/** `$0.034`; three decimals below a dollar, since one image costs cents. */
export function dollars(usd: number): string {
  return `$${usd.toFixed(usd < 1 ? 3 : 2)}`
}

/** `$5.00`, `$0.25`: an amount that the user has set, with all of its digits. */
export function limitText(usd: number): string {
  const cents = usd.toFixed(2)
  return `$${Number(cents) === usd ? cents : usd}`
}

export function costText(cost: Cost): string {
  switch (cost.kind) {
    case 'known':
      return `${cost.about ? 'about ' : ''}${dollars(cost.usd)}`
    case 'unknown':
      return 'cost unknown'
    case 'free':
      return 'practice · free'
  }
}

export function sumText({ usd, about, unknown }: Sum): string {
  return `${about ? 'about ' : ''}${dollars(usd)}${unknown > 0 ? ' +?' : ''}`
}
