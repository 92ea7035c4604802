import type { Chat } from '../gemini/chat.ts'
import { Copies } from './copies.ts'
import { RateLimitLine } from './rate-limit-line.ts'
import { Uploads } from './uploads.ts'

/** State that lasts from call to call of one chat, in any protocol. */
type ChatState = {
  /** Orders the turns that wait after a rate limit. */
  readonly rateLimitLine: RateLimitLine
  readonly uploads: Uploads
  /** The scaled copies of the user's images. */
  readonly copies: Copies
}

/** A state lives as long as its chat. Another key or another engine is another chat. */
const STATES = new WeakMap<Chat, ChatState>()

export function stateOf(chat: Chat): ChatState {
  const known = STATES.get(chat)
  if (known) return known
  const state = { rateLimitLine: new RateLimitLine(), uploads: new Uploads(chat), copies: new Copies() }
  STATES.set(chat, state)
  return state
}
