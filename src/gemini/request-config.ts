import type { GenerateContentConfig } from '@google/genai'
import type { Plan } from '../core/request/plan.ts'

/** Loaded with the client; its enums are not worth loading it earlier. */
type Sdk = typeof import('@google/genai')

/** What a plan's settings are on the wire. The SDK merges no configs, so this is all of it, every time. */
export function configOf(plan: Plan, sdk: Sdk): GenerateContentConfig {
  const { system, temperature, seed } = plan.settings
  return {
    responseModalities: ['TEXT', 'IMAGE'],
    // A second request is the user's to decide on.
    automaticContinuation: false,
    ...imageConfig(plan),
    ...thinkingConfig(plan, sdk),
    ...tools(plan),
    ...safety(plan, sdk),
    ...tier(plan, sdk),
    ...(system === undefined ? {} : { systemInstruction: system }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(seed === undefined ? {} : { seed }),
  }
}

/** The same for a person to read, by name: nothing is sent. */
export async function requestSettings(plan: Plan): Promise<readonly (readonly [string, string])[]> {
  const config = configOf(plan, await import('@google/genai'))
  return Object.entries(config).map(([name, value]) => [name, JSON.stringify(value)] as const)
}

/** As Vertex AI spells them. */
const PERSONS: ReadonlyMap<string, string> = new Map([
  ['all', 'ALLOW_ALL'],
  ['adult', 'ALLOW_ADULT'],
  ['none', 'ALLOW_NONE'],
])

function imageConfig({ aspect, size, settings }: Plan): GenerateContentConfig {
  const person = PERSONS.get(settings.person ?? '')
  if (aspect === undefined && size === undefined && person === undefined) return {}
  return {
    imageConfig: {
      ...(aspect === undefined ? {} : { aspectRatio: aspect }),
      ...(size === undefined ? {} : { imageSize: size }),
      ...(person === undefined ? {} : { personGeneration: person }),
    },
  }
}

function thinkingConfig({ settings }: Plan, { ThinkingLevel }: Sdk): GenerateContentConfig {
  const levels = new Map(
    Object.entries({
      minimal: ThinkingLevel.MINIMAL,
      low: ThinkingLevel.LOW,
      medium: ThinkingLevel.MEDIUM,
      high: ThinkingLevel.HIGH,
    }),
  )
  const thinkingLevel = levels.get(settings.thinking ?? '')
  const includeThoughts = settings.thoughts === 'on'
  if (thinkingLevel === undefined && !includeThoughts) return {}
  return {
    thinkingConfig: {
      ...(thinkingLevel === undefined ? {} : { thinkingLevel }),
      ...(includeThoughts ? { includeThoughts } : {}),
    },
  }
}

function tools({ settings }: Plan): GenerateContentConfig {
  switch (settings.search) {
    case 'web':
      return { tools: [{ googleSearch: {} }] }
    case 'image':
      return { tools: [{ googleSearch: { searchTypes: { webSearch: {}, imageSearch: {} } } }] }
    default:
      return {}
  }
}

/** The categories that the Developer API takes; the others are Vertex AI's, or deprecated. */
function safety({ settings }: Plan, { HarmBlockThreshold, HarmCategory }: Sdk): GenerateContentConfig {
  const thresholds = new Map(
    Object.entries({
      off: HarmBlockThreshold.OFF,
      none: HarmBlockThreshold.BLOCK_NONE,
      few: HarmBlockThreshold.BLOCK_ONLY_HIGH,
      some: HarmBlockThreshold.BLOCK_MEDIUM_AND_ABOVE,
      most: HarmBlockThreshold.BLOCK_LOW_AND_ABOVE,
    }),
  )
  const threshold = thresholds.get(settings.safety ?? '')
  if (threshold === undefined) return {}
  const categories = [
    HarmCategory.HARM_CATEGORY_HARASSMENT,
    HarmCategory.HARM_CATEGORY_HATE_SPEECH,
    HarmCategory.HARM_CATEGORY_SEXUALLY_EXPLICIT,
    HarmCategory.HARM_CATEGORY_DANGEROUS_CONTENT,
  ]
  return { safetySettings: categories.map((category) => ({ category, threshold })) }
}

function tier({ settings }: Plan, { ServiceTier }: Sdk): GenerateContentConfig {
  const tiers = new Map(Object.entries({ flex: ServiceTier.FLEX, priority: ServiceTier.PRIORITY }))
  const serviceTier = tiers.get(settings.tier ?? '')
  return serviceTier === undefined ? {} : { serviceTier }
}
