import { readFile } from 'node:fs/promises'
import type { Sources } from '../gemini/chat.ts'
import { readSignature } from '../store/session/stored-answers.ts'
import { stateOf } from './chat-state.ts'
import type { Context } from './context.ts'

/** The session's files as they are sent: of what the user gave, and of what is larger than the model makes, a copy. */
export function sourcesFor({ store, chat, settings }: Pick<Context, 'store' | 'chat' | 'settings'>): Sources {
  const { folder } = store
  const { wireSize } = settings.values
  return {
    async image({ file, mime, copy }) {
      const original = await readFile(store.path(file))
      if (copy === 'as-it-is') return { bytes: original, mime }
      return stateOf(chat).copies.of(original, copy === 'reference' ? wireSize : copy)
    },
    signature: async (ref) => (folder === undefined ? undefined : readSignature(folder, ref)),
  }
}
