import { onTestFinished } from 'vitest'
import { listen } from '../../practice/server.ts'
import { type LimnSession, openSession, type SessionOptions } from '../../src/index.ts'
import { wiretap } from '../gemini/wire.ts'
import { temporaryHome } from '../store/temporary-home.ts'

/** The smallest images, so that a test waits for little. */
export const SMALL = { model: 'nb2', size: '512' } as const

/** A server of the protocol, which has a price list as Gemini has: what is asked of it is written down. */
export async function server(faults?: string) {
  const practice = await listen({ faults })
  onTestFinished(() => practice.close())
  return wiretap(practice.url)
}

/** A session of a program's own, in a folder that is gone after the test. */
export async function opened(options: SessionOptions = {}): Promise<LimnSession> {
  const home = options.home ?? (await temporaryHome())
  const session = await openSession({ home, folder: home, apiKey: 'a-key', ...options })
  onTestFinished(() => session.close())
  return session
}
