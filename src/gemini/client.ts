import type { GoogleGenAI, GoogleGenAIOptions } from '@google/genai'
import { type Access, baseUrl, type Engine, vertexOf } from './engine.ts'
import { Redirected, redirectOf } from './redirected.ts'
import { wireFetch } from './wire-fetch.ts'

type Env = Readonly<Record<string, string | undefined>>

/**
 * The SDK's client for an engine. The SDK reads the environment by itself and warns on the console about what it
 * finds there, so every option that it would look up is given.
 */
export async function createClient(
  engine: Engine,
  access: Access,
  env: Env,
  practiceUrl: () => Promise<string>,
): Promise<GoogleGenAI> {
  const { GoogleGenAI } = await import('@google/genai')
  switch (engine.kind) {
    case 'practice':
      return new GoogleGenAI({
        apiKey: 'practice',
        vertexai: false,
        httpOptions: { baseUrl: await practiceUrl(), apiVersion: 'v1beta', fetch: wireFetch },
      })
    case 'vertex': {
      const { project, location } = vertexOf(env) ?? { project: '', location: '' }
      const base = env.GOOGLE_VERTEX_BASE_URL?.trim()
      return new GoogleGenAI({
        vertexai: true,
        project,
        location,
        googleAuthOptions: signIn(),
        httpOptions: { apiVersion: 'v1beta1', fetch: wireFetch, ...(base ? { baseUrl: base } : {}) },
      })
    }
    case 'gemini':
    case 'server':
    case 'none': {
      const base = baseUrl(env)
      // v1 has refused responseModalities and imageConfig; v1beta takes them.
      return new GoogleGenAI({
        apiKey: access?.key ?? 'none',
        vertexai: false,
        httpOptions: { apiVersion: 'v1beta', fetch: wireFetch, ...(base ? { baseUrl: base } : {}) },
      })
    }
  }
}

/**
 * Signing in to Google Cloud follows no redirect either: its requests hold what opens the account. The library's own
 * exchange of an external account's token is the exception, which no option of it reaches.
 */
function signIn(): NonNullable<GoogleGenAIOptions['googleAuthOptions']> {
  return {
    clientOptions: {
      transporterOptions: {
        redirect: 'manual',
        adapter: async (options, send) => {
          const response = await send(options)
          const to = redirectOf(response, options.url)
          if (to) throw new Redirected(to)
          return response
        },
      },
    },
  }
}
