import type { Session } from '../core/session/session.ts'
import { findKey } from '../store/settings/api-key.ts'
import type { Chat } from './chat.ts'
import { createClient } from './client.ts'
import { type Access, type Engine, engineOf, NO_ENGINE, PRACTICE } from './engine.ts'
import { GenerateContentChat } from './generate-content.ts'

export type EngineSources = {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly root: string
  /** `--practice` */
  readonly practice: boolean
  /** Which engine to use if no other is available; the practice engine if left out. */
  readonly keyless?: 'practice' | 'nothing'
  /** Starts the practice engine when it is first needed. */
  practiceUrl(): Promise<string>
  now(): Date
}

export type Connected = { readonly chat: Chat; readonly warnings: readonly string[] }

/** Gives the chat that answers a session's lines. Nothing is loaded or sent yet. */
export async function connect(session: Session, sources: EngineSources): Promise<Connected> {
  const access = await findKey(sources.env, sources.root)
  const found = engineOf(sources.env, access, sources.practice)
  const keyless = found.kind === 'practice' && !sources.practice
  const wanted = keyless && sources.keyless === 'nothing' ? NO_ENGINE : found
  const { engine, warnings } = engineFor(session, wanted)
  const ofKey = access?.warning === undefined ? [] : [access.warning]
  return { chat: chatWith(engine, access, sources), warnings: [...ofKey, ...warnings] }
}

/** A chat with a key that is not saved yet. */
export function chatFor(key: string, sources: EngineSources): Chat {
  const engine: Engine = { id: 'gemini', kind: 'gemini', label: 'Gemini' }
  return chatWith(engine, { key, source: 'file' }, sources)
}

/** A practice session stays one, and the practice engine never answers a Gemini session. */
function engineFor(session: Session, wanted: Engine): { engine: Engine; warnings: readonly string[] } {
  const practised = session.turns.some(({ engine }) => engine === PRACTICE.id)
  const real = session.turns.some(({ engine }) => engine !== PRACTICE.id)
  if (wanted.kind === 'practice' && real) return { engine: NO_ENGINE, warnings: [] }
  if (wanted.kind !== 'practice' && practised && !real) {
    return {
      engine: PRACTICE,
      warnings: ['This is a practice session and stays one; /new starts a session with Gemini.'],
    }
  }
  return { engine: wanted, warnings: [] }
}

function chatWith(engine: Engine, access: Access, { env, practiceUrl, now }: EngineSources): Chat {
  const client = () => createClient(engine, access, env, practiceUrl)
  return new GenerateContentChat({ engine, client, now, secret: access?.key })
}
