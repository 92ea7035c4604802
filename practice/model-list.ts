import type { Model } from './models.ts'
import type { Page } from './route.ts'

/** A model in the form that `models.list` and `models.get` return. */
export function modelResource(model: Model): object {
  return {
    name: `models/${model.id}`,
    version: model.id,
    displayName: model.displayName,
    description: `Practice copy of ${model.displayName}: it paints and edits by rule and is not AI.`,
    inputTokenLimit: model.inputTokenLimit,
    outputTokenLimit: model.outputTokenLimit,
    supportedGenerationMethods: ['generateContent', 'countTokens', 'batchGenerateContent'],
    ...(model.thinking && { thinking: true }),
  }
}

/** One page of a list. The page token is the number of items before it. An empty list is left out. */
export function paged<T>(name: string, all: readonly T[], { pageSize, pageToken }: Page): object {
  const from = Number.parseInt(pageToken || '0', 10) || 0
  const next = from + pageSize
  const items = all.slice(from, next)
  return {
    ...(items.length > 0 && { [name]: items }),
    ...(next < all.length && { nextPageToken: String(next) }),
  }
}
