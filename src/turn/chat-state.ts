import type { Chat } from '../gemini/chat.ts'
import { Copies } from './copies.ts'
import { RateLimitLine } from './rate-limit-line.ts'
import { Uploads } from './uploads.ts'

/** What is remembered from call to call of one chat, whatever protocol it speaks. */
type ChatState = {
  /** Where its turns wait when the server has asked one of them to. */
  readonly rateLimitLine: RateLimitLine
  readonly uploads: Uploads
  /** The user's images as they are sent. */
  readonly copies: Copies
}

/** As long as its chat lives: another key, or another engine, is another chat. */
const STATES = new WeakMap<Chat, ChatState>()

export function stateOf(chat: Chat): ChatState {
  const known = STATES.get(chat)
  if (known) return known
  const state = { rateLimitLine: new RateLimitLine(), uploads: new Uploads(chat), copies: new Copies() }
  STATES.set(chat, state)
  return state
}
