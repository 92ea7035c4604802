import { setTimeout as wait } from 'node:timers/promises'
import type { Delivery } from './delivery.ts'
import { Refusal } from './errors.ts'
import type { Fault, FaultName } from './faults.ts'
import type { Behaviour, Call } from './faulty/behaviour.ts'
import { send } from './http.ts'
import { BEHAVIOUR } from './misbehave.ts'
import type { Answer } from './protocol.ts'
import { reply } from './respond.ts'

export type GenerateFault = Fault<FaultName> | undefined

/** The answer of a model in good health, or what the fault makes of it. Throws the refusal that it makes. */
export async function answerTo(call: Call, fault: GenerateFault, gone: AbortSignal): Promise<Answer> {
  const behaviour = behaviourOf(fault)
  if (behaviour?.kind === 'refuse') throw new Refusal(behaviour.body(call))
  if (behaviour?.kind === 'answer') return behaviour.answer(call)
  if (behaviour?.kind === 'late') await wait((fault?.seconds ?? 0) * 1000, undefined, { signal: gone })
  const heard = behaviour?.kind === 'mishear' ? behaviour.hears(call.request) : call.request
  const normal = await reply(heard, call.model, call.again)
  return behaviour?.kind === 'spoil' ? behaviour.spoil(normal, call) : normal
}

/** Faults of the way rather than of the model: some leave no answer at all. `read` is called when one is needed. */
export async function generate(
  way: Delivery,
  fault: GenerateFault,
  gone: AbortSignal,
  read: () => Call,
): Promise<void> {
  const behaviour = behaviourOf(fault)
  if (behaviour?.kind === 'page') return send(way.response, behaviour.status, behaviour.html)
  if (behaviour?.kind === 'break' && behaviour.how === 'reset') return void way.response.socket?.destroy()
  if (behaviour?.kind === 'break' && behaviour.how === 'hang') return
  const answer = await answerTo(read(), fault, gone)
  if (behaviour?.kind === 'break') way.half(answer, behaviour.how === 'cut')
  else way.all(answer)
}

/** Inside a batch job there is no connection of its own to break. */
export function breaksTheWay(fault: GenerateFault): boolean {
  const kind = behaviourOf(fault)?.kind
  return kind === 'page' || kind === 'break'
}

const behaviourOf = (fault: GenerateFault): Behaviour | undefined => fault && BEHAVIOUR[fault.name]
