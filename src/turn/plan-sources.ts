import { readFile } from 'node:fs/promises'
import type { Sources } from '../gemini/chat.ts'
import { readSignature } from '../store/session/stored-answers.ts'
import { stateOf } from './chat-state.ts'
import type { Context } from './context.ts'

/** Gives the session's files for sending: the user's images, and any larger than the model makes, as scaled copies. */
export function sourcesFor({ store, chat, settings }: Pick<Context, 'store' | 'chat' | 'settings'>): Sources {
  const { folder } = store
  const { wireSize } = settings.values
  return {
    async image({ file, mime, copy }) {
      const original = await readFile(store.path(file))
      if (copy === 'as-it-is') return { bytes: original, mime }
      return stateOf(chat).copies.fitted(original, copy === 'reference' ? wireSize : copy)
    },
    signature: async (ref) => (folder === undefined ? undefined : readSignature(folder, ref)),
  }
}
