import { setImmediate } from 'node:timers/promises'
import type { Chat } from '../gemini/chat.ts'
import { loadSharp } from '../image/open-image.ts'

/**
 * Loads what the first line and its picture need, while the user reads. Each piece holds up the event loop, Node's
 * fetch for 30 ms of processor time and the others for less; keys are handled between two of them. What fails here is
 * reported where it is needed.
 */
export async function warmUp(chat: Chat): Promise<void> {
  const pieces: readonly (() => unknown)[] = [
    ...chat.warmUp,
    () => import('../store/session/read-fact.ts'),
    () => import('../store/ledger/ledger-lines.ts'),
    loadSharp,
  ]
  for (const piece of pieces) {
    await setImmediate()
    try {
      await piece()
    } catch {}
  }
}
