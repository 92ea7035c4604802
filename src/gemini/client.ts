import type { GoogleGenAI } from '@google/genai'
import { type Access, baseUrl, type Engine, vertexOf } from './engine.ts'

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
        httpOptions: { baseUrl: await practiceUrl(), apiVersion: 'v1beta' },
      })
    case 'vertex': {
      const { project, location } = vertexOf(env) ?? { project: '', location: '' }
      const base = env.GOOGLE_VERTEX_BASE_URL?.trim()
      return new GoogleGenAI({
        vertexai: true,
        project,
        location,
        httpOptions: { apiVersion: 'v1beta1', ...(base ? { baseUrl: base } : {}) },
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
        httpOptions: { apiVersion: 'v1beta', ...(base ? { baseUrl: base } : {}) },
      })
    }
  }
}
