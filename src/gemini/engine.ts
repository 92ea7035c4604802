/** What answers. `id` is recorded with every turn; a signature never crosses from one id to another. */
export type Engine = {
  readonly id: string
  readonly kind: 'practice' | 'gemini' | 'vertex' | 'server' | 'none'
  /** What the header says. */
  readonly label: string
}

export type Access = { readonly key: string; readonly source: string } | undefined

type Env = Readonly<Record<string, string | undefined>>

/** `practice` is asked for by name, or taken when nothing else can answer. */
export function engineOf(env: Env, access: Access, practice: boolean): Engine {
  if (practice) return PRACTICE
  const vertex = vertexOf(env)
  if (vertex)
    return { id: 'vertex', kind: 'vertex', label: `Vertex AI · ${vertex.project} · ${vertex.location}` }
  const base = baseUrl(env)
  if (base)
    return { id: `server:${hostOf(base)}`, kind: 'server', label: `Gemini protocol at ${hostOf(base)}` }
  if (access) return { id: 'gemini', kind: 'gemini', label: `Gemini · key from ${access.source}` }
  return PRACTICE
}

export const PRACTICE: Engine = {
  id: 'practice',
  kind: 'practice',
  label: 'practice engine: not AI, free. /key connects Gemini',
}

/** A session of Gemini's opened without a key: it can be looked at, and a line asks for the key. */
export const NO_ENGINE: Engine = {
  id: 'none',
  kind: 'none',
  label: 'no key: look, save, compare; /key connects Gemini',
}

export function baseUrl(env: Env): string | undefined {
  return env.GOOGLE_GEMINI_BASE_URL?.trim() || undefined
}

/** Project and location, when the environment asks for Vertex AI. */
export function vertexOf(env: Env): { project: string; location: string } | undefined {
  const wanted = env.GOOGLE_GENAI_USE_VERTEXAI?.trim().toLowerCase()
  if (wanted !== 'true' && wanted !== '1') return undefined
  const project = env.GOOGLE_CLOUD_PROJECT?.trim() || '(GOOGLE_CLOUD_PROJECT is not set)'
  return { project, location: env.GOOGLE_CLOUD_LOCATION?.trim() || 'global' }
}

function hostOf(url: string): string {
  try {
    return new URL(url).host
  } catch {
    return url
  }
}
