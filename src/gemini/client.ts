import type { GoogleGenAI, GoogleGenAIOptions } from '@google/genai'
import { type Access, type Engine, geminiServer, type Server, vertexOf, vertexServer } from './engine.ts'
import { Redirected, redirectOf } from './redirected.ts'
import { wireFetch } from './wire-fetch.ts'

type Env = Readonly<Record<string, string | undefined>>

/**
 * The SDK's client for an engine. The SDK would read options from the environment and warn about them on the console,
 * so every option that it would look up there is given here.
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
      return new GoogleGenAI({
        vertexai: true,
        project,
        location,
        googleAuthOptions: signIn(),
        httpOptions: { apiVersion: 'v1beta1', fetch: wireFetch, ...at(vertexServer(env)) },
      })
    }
    case 'gemini':
    case 'server':
    case 'none': {
      // v1 has refused responseModalities and imageConfig; v1beta takes them.
      return new GoogleGenAI({
        apiKey: access?.key ?? 'none',
        vertexai: false,
        httpOptions: { apiVersion: 'v1beta', fetch: wireFetch, ...at(geminiServer(env)) },
      })
    }
  }
}

/** Node's fetch rejects an address with a user in it. */
function at(server: Server | undefined) {
  return server ? { baseUrl: server.url, headers: server.headers } : {}
}

/**
 * Signing in to Google Cloud follows no redirects either, since its requests carry credentials. The exception is the
 * library's token exchange for external accounts, which no option of the library can change.
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
