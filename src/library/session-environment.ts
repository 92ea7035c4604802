import type { Place } from '../host/place.ts'
import type { EngineChoice, SessionOptions } from './session-options.ts'

/** The environment for limn: the options override `env`. */
export function environmentOf({ engine, apiKey, env = {} }: SessionOptions): Place['env'] {
  const key = apiKey === undefined ? {} : { GEMINI_API_KEY: apiKey }
  return { ...env, ...engineVariables(engine), ...key }
}

function engineVariables(engine: EngineChoice | undefined): Place['env'] {
  if (engine === undefined) return {}
  const none = { GOOGLE_GENAI_USE_VERTEXAI: '', GOOGLE_GEMINI_BASE_URL: '' }
  if (typeof engine === 'string') return none
  if ('url' in engine) return { ...none, GOOGLE_GEMINI_BASE_URL: engine.url }
  const { project, location = '', url = '' } = engine.vertex
  return {
    ...none,
    GOOGLE_GENAI_USE_VERTEXAI: 'true',
    GOOGLE_CLOUD_PROJECT: project,
    GOOGLE_CLOUD_LOCATION: location,
    GOOGLE_VERTEX_BASE_URL: url,
  }
}
