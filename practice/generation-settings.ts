import { invalidArgument, Refusal } from './errors.ts'
import type { Level, Model } from './models.ts'
import type { Request, Search } from './protocol.ts'

const IN_CONFIG = '* GenerateContentRequest.generation_config'

/** The lowest and the highest allowed value. */
const RANGES = { temperature: [0, 2], topP: [0, 1], candidateCount: [1, 8] } as const

export function checkNumbers({ generationConfig = {} }: Request): void {
  for (const [name, [low, high]] of Object.entries(RANGES)) {
    const value = generationConfig[name as keyof typeof RANGES]
    if (value === undefined || (value >= low && value <= high)) continue
    const field = name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`)
    const range = `${field} must be in the range [${low.toFixed(1)}, ${high.toFixed(1)}]`
    throw new Refusal(invalidArgument(`${IN_CONFIG}.${field}: ${range}.\n`))
  }
  if ((generationConfig.candidateCount ?? 1) > 1) {
    throw new Refusal(invalidArgument('Multiple candidates is not enabled for this model'))
  }
}

export function checkSafety({ safetySettings = [] }: Request): void {
  const categories = safetySettings.map(({ category }) => category)
  const twice = categories.find((category, i) => categories.indexOf(category) < i)
  if (twice === undefined) return
  const field = '* GenerateContentRequest.safety_settings'
  throw new Refusal(
    invalidArgument(`${field}: element predicate failed: more than one setting for ${twice}\n`),
  )
}

/** The thinking level; MEDIUM if the request sets none, which only Nano Banana 2.1 has. */
export function levelOf({ generationConfig }: Request): Level {
  return (generationConfig?.thinkingConfig?.thinkingLevel?.toUpperCase() ?? 'MEDIUM') as Level
}

/** How many images come among the thoughts, the last of them the final one; null if thoughts were not asked for. */
export function roughsOf(request: Request, model: Model): number | null {
  const config = request.generationConfig?.thinkingConfig
  if (!config) return null
  if (!model.thinking) throw new Refusal(invalidArgument('Thinking is not enabled for this model.'))
  const level = levelOf(request)
  if (config.thinkingLevel !== undefined && !model.thinking.includes(level)) {
    throw new Refusal(invalidArgument(`Thinking level ${level} is not supported for this model.`))
  }
  if (!config.includeThoughts) return null
  return level === 'MINIMAL' ? 1 : 2
}

export function searchOf({ tools = [] }: Request, model: Model): Search | null {
  const tool = tools.find((each) => each.googleSearch)?.googleSearch
  if (tools.some(({ functionDeclarations }) => functionDeclarations !== undefined)) {
    throw new Refusal(invalidArgument('Function calling is not enabled for this model.'))
  }
  if (!tool) return null
  if (model.search === 'none')
    throw new Refusal(invalidArgument('Search as tool is not enabled for this model'))
  const { webSearch, imageSearch } = tool.searchTypes ?? { webSearch: {} }
  if (imageSearch && model.search === 'web') {
    throw new Refusal(invalidArgument('Image search as tool is not enabled for this model'))
  }
  return { web: webSearch !== undefined, image: imageSearch !== undefined }
}
