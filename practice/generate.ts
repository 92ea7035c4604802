import { setTimeout as wait } from 'node:timers/promises'
import type { Delivery } from './delivery.ts'
import { Refusal } from './errors.ts'
import type { Fault, FaultName } from './faults.ts'
import type { Behaviour, GenerateCall } from './faulty/behaviour.ts'
import { send } from './http.ts'
import { BEHAVIOUR } from './misbehave.ts'
import type { Answer } from './protocol.ts'
import { reply } from './respond.ts'

export type GenerateFault = Fault<FaultName> | undefined

/** The normal answer, or the answer that the fault makes of it. Throws a Refusal if the fault is one. */
export async function answerTo(call: GenerateCall, fault: GenerateFault, gone: AbortSignal): Promise<Answer> {
  const behaviour = behaviourOf(fault)
  if (behaviour?.kind === 'refuse') throw new Refusal(behaviour.body(call))
  if (behaviour?.kind === 'answer') return behaviour.answer(call)
  if (behaviour?.kind === 'late') await wait((fault?.seconds ?? 0) * 1000, undefined, { signal: gone })
  const request = behaviour?.kind === 'misread' ? behaviour.reads(call.request) : call.request
  const normal = await reply(request, call.model, call.repeat)
  return behaviour?.kind === 'spoil' ? behaviour.spoil(normal, call) : normal
}

/** Sends an answer, or breaks the connection as the fault says. `read` is called only when an answer is needed. */
export async function generate(
  delivery: Delivery,
  fault: GenerateFault,
  gone: AbortSignal,
  read: () => GenerateCall,
): Promise<void> {
  const behaviour = behaviourOf(fault)
  if (behaviour?.kind === 'page') return send(delivery.response, behaviour.status, behaviour.html)
  if (behaviour?.kind === 'break' && behaviour.how === 'reset')
    return void delivery.response.socket?.destroy()
  if (behaviour?.kind === 'break' && behaviour.how === 'hang') return
  const answer = await answerTo(read(), fault, gone)
  if (behaviour?.kind === 'break') delivery.half(answer, behaviour.how === 'cut')
  else delivery.all(answer)
}

/** Whether the fault breaks the connection. A request of a batch job has no connection of its own. */
export function breaksTheConnection(fault: GenerateFault): boolean {
  const kind = behaviourOf(fault)?.kind
  return kind === 'page' || kind === 'break'
}

const behaviourOf = (fault: GenerateFault): Behaviour | undefined => fault && BEHAVIOUR[fault.name]
