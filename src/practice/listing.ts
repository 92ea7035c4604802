import { MODELS, type Model } from './models.ts'

/** One model as `models.list` and `models.get` show it. */
export function modelResource(model: Model): object {
  return {
    name: `models/${model.id}`,
    version: model.id,
    displayName: model.displayName,
    description: `Practice copy of ${model.displayName}: it paints and edits by rule, it is no AI.`,
    inputTokenLimit: model.inputTokenLimit,
    outputTokenLimit: model.outputTokenLimit,
    supportedGenerationMethods: ['generateContent'],
    ...(model.thinks && { thinking: true }),
  }
}

/** The token of a page is the number of models that were shown before it. */
export function modelPage({ pageSize, pageToken }: { pageSize: number; pageToken: string }): object {
  const from = Number.parseInt(pageToken || '0', 10) || 0
  const next = from + pageSize
  return {
    models: MODELS.slice(from, next).map(modelResource),
    ...(next < MODELS.length && { nextPageToken: String(next) }),
  }
}
