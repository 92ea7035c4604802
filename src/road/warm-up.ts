import { setImmediate } from 'node:timers/promises'
import type { Chat } from '../chat/chat.ts'
import { loadFetch } from '../chat/wire-fetch.ts'
import { loadSharp } from '../image/open.ts'

/**
 * Loads what the first line and its picture need, while the user reads. Each piece holds up the event loop, Node's
 * fetch for 30 ms of processor time and the others for less; between two of them keys are answered. What fails here is
 * told where it is needed.
 */
export async function warmUp(chat: Chat): Promise<void> {
  const pieces: readonly (() => unknown)[] = [
    () => chat.loadClient(),
    loadFetch,
    () => import('../store/facts.ts'),
    () => import('../store/ledger-lines.ts'),
    loadSharp,
  ]
  for (const piece of pieces) {
    await setImmediate()
    try {
      await piece()
    } catch {}
  }
}
