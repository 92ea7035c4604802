import type { ErrorBody } from '../errors.ts'
import type { Model } from '../models.ts'
import type { Answer, Part, Request } from '../protocol.ts'
import { named } from '../respond.ts'
import { promptUsage, usageOf } from '../token-count.ts'

/** A call of generateContent, with everything that a fault may need. */
export type GenerateCall = { request: Request; model: Model; version: string; repeat: number }

/** What a fault does: refuse, break the connection, misread the request, answer at once, or spoil the normal answer. */
export type Behaviour =
  | { kind: 'refuse'; body: (call: GenerateCall) => ErrorBody }
  | { kind: 'page'; status: number; html: string }
  | { kind: 'break'; how: 'reset' | 'cut' | 'hang' | 'stall' }
  | { kind: 'late' }
  | { kind: 'misread'; reads: (request: Request) => Request }
  | { kind: 'answer'; answer: (call: GenerateCall) => Answer }
  | { kind: 'spoil'; spoil: (answer: Answer, call: GenerateCall) => Answer | Promise<Answer> }

export const refuse = (body: (call: GenerateCall) => ErrorBody): Behaviour => ({ kind: 'refuse', body })

/** An answer without an image: only the tokens of the prompt are counted. */
export const noImageAnswer = (answer: Pick<Answer, 'candidates' | 'promptFeedback'>): Behaviour => ({
  kind: 'answer',
  answer: ({ request, model }) => ({
    ...answer,
    usageMetadata: promptUsage(request, model),
    ...named(request, model),
  }),
})

export const stoppedBy = (finishReason: string, finishMessage?: string, content?: { role: 'model' }) =>
  noImageAnswer({
    candidates: [
      { ...(content && { content }), finishReason, ...(finishMessage && { finishMessage }), index: 0 },
    ],
  })

export const partsOf = (answer: Answer): Part[] => answer.candidates?.[0]?.content?.parts ?? []

export const spoil = (how: (answer: Answer, call: GenerateCall) => Answer | Promise<Answer>): Behaviour => ({
  kind: 'spoil',
  spoil: how,
})

export const withParts = (
  change: (parts: Part[], call: GenerateCall) => Part[] | Promise<Part[]>,
  finishReason = 'STOP',
): Behaviour =>
  spoil(async (answer, call) => {
    const parts = await change(partsOf(answer), call)
    const candidates = [{ content: { parts, role: 'model' as const }, finishReason, index: 0 }]
    return { ...answer, candidates, usageMetadata: usageOf(call.request, call.model, parts) }
  })

export const onlyWords = (parts: Part[]) => parts.filter((part) => part.text !== undefined)
