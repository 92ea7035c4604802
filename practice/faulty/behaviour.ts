import type { ErrorBody } from '../errors.ts'
import type { Model } from '../models.ts'
import type { Answer, Part, Request } from '../protocol.ts'
import { named } from '../respond.ts'
import { promptUsage, usageOf } from '../token-count.ts'

/** A call that goes wrong, with all that there is to know about it. */
export type Call = { request: Request; model: Model; version: string; again: number }

/** What a fault does: refuses, breaks the connection, mishears, answers at once, or spoils the normal answer. */
export type Behaviour =
  | { kind: 'refuse'; body: (call: Call) => ErrorBody }
  | { kind: 'page'; status: number; html: string }
  | { kind: 'break'; how: 'reset' | 'cut' | 'hang' | 'stall' }
  | { kind: 'late' }
  | { kind: 'mishear'; hears: (request: Request) => Request }
  | { kind: 'answer'; answer: (call: Call) => Answer }
  | { kind: 'spoil'; spoil: (answer: Answer, call: Call) => Answer | Promise<Answer> }

export const refuse = (body: (call: Call) => ErrorBody): Behaviour => ({ kind: 'refuse', body })

/** No image was made: tokens of the prompt are counted, and nothing else. */
export const without = (answer: Pick<Answer, 'candidates' | 'promptFeedback'>): Behaviour => ({
  kind: 'answer',
  answer: ({ request, model }) => ({
    ...answer,
    usageMetadata: promptUsage(request, model),
    ...named(request, model),
  }),
})

export const stopped = (finishReason: string, finishMessage?: string, content?: { role: 'model' }) =>
  without({
    candidates: [
      { ...(content && { content }), finishReason, ...(finishMessage && { finishMessage }), index: 0 },
    ],
  })

export const partsOf = (answer: Answer): Part[] => answer.candidates?.[0]?.content?.parts ?? []

export const spoil = (how: (answer: Answer, call: Call) => Answer | Promise<Answer>): Behaviour => ({
  kind: 'spoil',
  spoil: how,
})

export const withParts = (
  change: (parts: Part[], call: Call) => Part[] | Promise<Part[]>,
  finishReason = 'STOP',
): Behaviour =>
  spoil(async (answer, call) => {
    const parts = await change(partsOf(answer), call)
    const candidates = [{ content: { parts, role: 'model' as const }, finishReason, index: 0 }]
    return { ...answer, candidates, usageMetadata: usageOf(call.request, call.model, parts) }
  })

export const onlyWords = (parts: Part[]) => parts.filter((part) => part.text !== undefined)
