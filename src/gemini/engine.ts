import { sanitizeLine } from '../text/sanitize.ts'

/** A service that answers. Every turn records its `id`; a signature is never sent to an engine of another id. */
export type Engine = {
  readonly id: string
  readonly kind: 'practice' | 'gemini' | 'vertex' | 'server' | 'none'
  /** Shown in the header. */
  readonly label: string
}

export type Access = { readonly key: string; readonly source: string } | undefined

type Env = Readonly<Record<string, string | undefined>>

/** The engine that the environment asks for: practice by name, or when nothing else can answer. */
export function engineOf(env: Env, access: Access, practice: boolean): Engine {
  if (practice) return PRACTICE
  const vertex = vertexOf(env)
  if (vertex) {
    const label = sanitizeLine(`Vertex AI · ${vertex.project} · ${vertex.location}`)
    return { id: 'vertex', kind: 'vertex', label }
  }
  const server = geminiServer(env)
  if (server)
    return { id: `server:${server.shown}`, kind: 'server', label: `Gemini protocol at ${server.shown}` }
  if (access) return { id: 'gemini', kind: 'gemini', label: `Gemini · key from ${access.source}` }
  return PRACTICE
}

export const PRACTICE: Engine = {
  id: 'practice',
  kind: 'practice',
  label: 'practice engine: not AI, free. /key connects Gemini',
}

/** For a Gemini session that is opened without a key: it can be looked at, and a line asks for the key. */
export const NO_ENGINE: Engine = {
  id: 'none',
  kind: 'none',
  label: 'no key: look, save, compare; /key connects Gemini',
}

/** The address of a server, as the user has set it. */
export type Server = {
  /** For requests, without user and password. */
  readonly url: string
  /** The headers that carry user and password. */
  readonly headers: Readonly<Record<string, string>>
  /** For the screen and the session: only host and port, without control characters. */
  readonly shown: string
}

/** The server that replaces Gemini's own, if one is set. */
export function geminiServer(env: Env): Server | undefined {
  return serverAt(env.GOOGLE_GEMINI_BASE_URL)
}

/** The server that replaces Vertex AI's own, if one is set. */
export function vertexServer(env: Env): Server | undefined {
  return serverAt(env.GOOGLE_VERTEX_BASE_URL)
}

function serverAt(text = ''): Server | undefined {
  const address = text.trim()
  if (address === '') return undefined
  const url = URL.parse(address)
  // Even in a text that is not a valid address, the part before an @ may be a password.
  const host = url?.host || address.replace(/^.*@/s, '').replace(/[?#].*$/s, '')
  const shown = sanitizeLine(host)
  if (!url?.host || (url.username === '' && url.password === '')) return { url: address, headers: {}, shown }
  const user = `${decoded(url.username)}:${decoded(url.password)}`
  url.username = ''
  url.password = ''
  const authorization = `Basic ${Buffer.from(user).toString('base64')}`
  return { url: url.href, headers: { authorization }, shown }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Project and location, when the environment asks for Vertex AI. */
export function vertexOf(env: Env): { project: string; location: string } | undefined {
  const wanted = env.GOOGLE_GENAI_USE_VERTEXAI?.trim().toLowerCase()
  if (wanted !== 'true' && wanted !== '1') return undefined
  const project = env.GOOGLE_CLOUD_PROJECT?.trim() || '(GOOGLE_CLOUD_PROJECT is not set)'
  return { project, location: env.GOOGLE_CLOUD_LOCATION?.trim() || 'global' }
}
