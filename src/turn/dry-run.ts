import { say, type Task } from '../core/event.ts'
import { megabytes } from '../core/failures/failure.ts'
import { dollars } from '../core/money/call-cost.ts'
import { type Price, together } from '../core/money/forecast.ts'
import type { Plan, PlanPart } from '../core/request/plan.ts'
import { planSize } from '../core/request/request.ts'
import type { Prompt } from '../core/session/session.ts'
import type { Context } from './context.ts'
import { priceOf } from './meter.ts'
import { planFor } from './plan-turn.ts'

/** Shows what would be sent for the prompts of a line, and the price. Sends and records nothing. */
export async function* dryRun(prompts: readonly Prompt[], context: Context): Task {
  const { wireSize } = context.settings.values
  for (const [prompt, times] of distinct(prompts)) {
    const plan = await planFor(context.session, prompt, 'as-they-came', context)
    const rows = [
      ['to', `${plan.model.id} · ${context.chat.engine.label}${times > 1 ? ` · ${times} times` : ''}`],
      ...context.chat.settingsOf(plan),
      ...partsOf(plan).map(([who, part]) => [who, partText(part, wireSize)]),
      ['size', `about ${megabytes(planSize(plan))}`],
    ]
    yield { type: 'list', rows }
  }
  const price = together(prompts.map((prompt) => priceOf(context.session, prompt, context)))
  yield say(`${priceText(price, prompts.length)} Nothing was sent.`)
}

/** Each different prompt, and how often it would be sent. */
function distinct(prompts: readonly Prompt[]): readonly (readonly [Prompt, number])[] {
  const groups = Map.groupBy(prompts, ({ text, mentions, settings }) =>
    JSON.stringify([text, mentions, settings]),
  )
  return [...groups.values()].flatMap((group) => (group[0] ? [[group[0], group.length] as const] : []))
}

function partsOf({ history, message }: Plan): readonly (readonly [string, PlanPart])[] {
  const turns = [...history, { role: 'user', parts: message } as const]
  return turns.flatMap(({ role, parts }) => parts.map((part) => [role, part] as const))
}

/** A part for a person to read: an image by its name and size. */
function partText(part: PlanPart, wireSize: number): string {
  const signed = part.signature === undefined ? '' : ' · signed'
  if (part.kind === 'text') return `${part.text}${signed}`
  const most = part.copy === 'reference' ? wireSize : part.copy
  const copy = most === 'as-it-is' ? '' : ` · a copy of at most ${most} pixels`
  return `image ${part.file} · ${part.mime} · ${megabytes(part.bytes)}${copy}${signed}`
}

function priceText(price: Price, images: number): string {
  const what = images === 1 ? 'This line' : `These ${images} images`
  const cost = images === 1 ? 'costs' : 'cost'
  switch (price) {
    case 'free':
      return `${what} ${cost} nothing.`
    case 'unknown':
      return `The price of ${images === 1 ? 'this line' : `these ${images} images`} is not known.`
    default:
      return `${what} ${cost} about ${dollars(price.usual)}, and at most ${dollars(price.most)}.`
  }
}
