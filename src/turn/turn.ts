import { type Answer, change, type Draft, type Event, type NewFile, say, type Task } from '../core/event.ts'
import { explain, type Failure } from '../core/failures/failure.ts'
import { modelOf } from '../core/models/model-catalogue.ts'
import { costOfTurn } from '../core/money/bill.ts'
import type { Cost } from '../core/money/call-cost.ts'
import { differenceOf } from '../core/request/difference.ts'
import { largestSize } from '../core/request/image-size.ts'
import type { Plan, Trust } from '../core/request/plan.ts'
import { nothingOf, type Reply, wordsOf } from '../core/request/reply.ts'
import type { Prompt, Session } from '../core/session/session.ts'
import { weightOf } from '../core/session/stored-answer.ts'
import { currentVersion, nextTurn, nextVersion, numbersFor } from '../core/session/tree.ts'
import type { Called } from '../gemini/chat.ts'
import { storeAnswer } from '../store/session/stored-answers.ts'
import type { Upload } from '../store/upload-book.ts'
import { stateOf } from './chat-state.ts'
import type { Context } from './context.ts'
import { countdown, waitForRateLimit } from './countdown.ts'
import { measureImage } from './measure-image.ts'
import { costOfReply, Meter } from './meter.ts'
import { sourcesFor } from './plan-sources.ts'
import { planFor } from './plan-turn.ts'
import type { ReservedCall } from './reserved-call.ts'
import { TURN_POLICY } from './retry-policy.ts'
import { checkBeforeSending } from './spending-gate.ts'
import { type Attempt, type Pause, tryAgain } from './try-again.ts'
import { uploadedFor } from './uploaded-images.ts'

/**
 * Sends one prompt and records its answer. The prompt is recorded before it is sent, and its outcome after; the
 * answer's files are written with its fact.
 */
export async function* turn(
  reserved: ReservedCall,
  files: readonly NewFile[],
  context: Context,
  queued?: string,
): Task {
  try {
    yield* turnOf(reserved, files, context, queued)
  } finally {
    reserved.release()
  }
}

async function* turnOf(
  reserved: ReservedCall,
  files: readonly NewFile[],
  context: Context,
  queued?: string,
): Task {
  const { prompt } = reserved
  const id = { value: '' }
  yield {
    type: 'change',
    make: (session) => {
      id.value = nextTurn(session)
      const waited = queued === undefined ? {} : { queued }
      const reserved = nextVersion(session)
      return { fact: { type: 'prompted', turn: id.value, prompt, reserved, ...waited }, files }
    },
  }
  const began = context.clock.now()
  const meter = new Meter(reserved, id.value, context)
  // Also the cost when the disk refuses the answer.
  let cost: Cost | undefined = { kind: 'unknown' }
  try {
    const called = yield* ask(reserved, id.value, meter, context)
    if (!called.ok) {
      const { failure } = called
      cost = costOfTurn({ outcome: { kind: 'failed', failure } })
      yield change({ type: 'failed', turn: id.value, failure })
      return
    }
    const reply = called.value
    cost = costOfReply(reply, prompt, context)
    const seconds = (context.clock.now().getTime() - began.getTime()) / 1000
    const { answer, differences } = await answered(id.value, prompt, reply, { cost, seconds })
    yield { type: 'change', make: answer }
    for (const difference of differences) yield say(difference, 'warning')
  } finally {
    yield* meter.ended(cost)
  }
}

/** Sends the prompt, and again when that is not billed; each retry is shown. */
async function* ask(
  reserved: ReservedCall,
  id: string,
  meter: Meter,
  context: Context,
): AsyncGenerator<Event, Called<Reply>, Answer> {
  const { prompt } = reserved
  const before: Session = context.session
  const { model } = prompt.settings
  const { chat, clock, signal } = context
  const { rateLimitLine, uploads } = stateOf(chat)
  let trust: Trust = 'as-they-came'
  let byName = true
  let failed: Failure | undefined
  const attempt = async function* (): AsyncGenerator<Event, Attempt<Reply>, Answer> {
    const waiting = `${explain(failed ?? { kind: 'rate-limit', seconds: null }, prompt.engine).what} Continues`
    const left = yield* waitForRateLimit(model, waiting, id, context)
    if (left > 0) return givenUp({ kind: 'rate-limit', seconds: left })
    const plan = await planFor(before, prompt, trust, context)
    if (!failed) yield* sayScaled(plan, before, prompt)
    const sources = sourcesFor(context)
    const uploaded = byName ? yield* uploadedFor(plan, sources, context) : new Map<string, Upload>()
    yield* meter.sent()
    const { call } = meter
    const passed = yield* checkBeforeSending({ reserved, call, again: failed !== undefined }, context)
    if (!passed) return givenUp(failed ?? { kind: 'over-budget' })
    const { timeout } = context.settings.values
    const sent = await chat.send({ plan, sources, timeout, uploaded }, signal)
    if (sent.ok) return { kind: 'over', result: { ok: true, value: sent.reply } }
    failed = sent.failure
    if (sent.filesRefused) {
      yield* meter.ended(undefined)
      byName = false
      const names = new Set([...uploaded.values()].map(({ name }) => name))
      await uploads.forget(names, { root: context.place.root, clock })
      yield say(
        'The server no longer has the uploaded images; sent again with the images in the request.',
        'warning',
      )
      return { kind: 'changed' }
    }
    if (failed.kind === 'signature' && trust !== 'fresh-chat') {
      yield* meter.ended(undefined)
      trust = trust === 'as-they-came' ? 'bypass' : 'fresh-chat'
      yield say(
        trust === 'bypass'
          ? 'The server does not accept its own signatures; sent again without them.'
          : 'The server still refuses the conversation; sent again as a fresh chat from the current image.',
        'warning',
      )
      return { kind: 'changed' }
    }
    return { kind: 'failed', failure: failed }
  }
  const pause = async function* ({ failure, seconds, next }: Pause): AsyncGenerator<Event, boolean, Answer> {
    yield* meter.ended(undefined)
    if (failure.kind === 'rate-limit') {
      // The next attempt waits in the rate-limit line.
      rateLimitLine.close(model, seconds, clock.now())
      return true
    }
    yield* countdown(seconds, `${explain(failure, prompt.engine).what} ${next}`, id, context)
    return !context.released.aborted && !signal.aborted
  }
  return yield* tryAgain(attempt, { policy: TURN_POLICY, clock, pause })
}

function givenUp(failure: Failure): Attempt<never> {
  return { kind: 'over', result: { ok: false, failure } }
}

/** An image that was made here is sent in its own size, up to what the model makes. This says when it is scaled. */
function* sayScaled(
  { message, model }: Plan,
  session: Session,
  prompt: Prompt,
): Generator<Event, void, unknown> {
  const current = currentVersion(session, prompt.parent)
  const part = message.find((one) => one.kind === 'image' && one.file === current?.file.file)
  if (!current || part?.kind !== 'image' || typeof part.copy !== 'number') return
  const { width, height } = current.file
  yield say(
    `v${current.number} has ${width}×${height} pixels and is sent scaled to ${part.copy} on its long side: ${model.name} makes at most ${largestSize(model.sizes)}.`,
  )
}

/** The answer as a fact with its files; its versions are numbered when it is recorded. */
export async function answered(
  id: string,
  prompt: Prompt,
  reply: Reply,
  spent: { readonly cost: Cost; readonly seconds: number },
) {
  const measured = await Promise.all(reply.parts.map(measure))
  const thought = (await Promise.all(reply.thoughts.map(measure))).filter((one) => one.kind !== 'broken')
  const whole = measured.filter((part) => part.kind !== 'broken')
  const nothing = nothingOf({ ...reply, parts: measured })
  const model = prompt.settings.model
  const images = whole.flatMap((part) => (part.kind === 'image' ? [part.ref] : []))
  const differences = new Set(
    images.flatMap((ref) => differenceOf(prompt.settings, modelOf(model), ref) ?? []),
  )
  const answer = (session: Session): { fact: Draft; files: readonly NewFile[] } => {
    const numbers = numbersFor(session, id, images.length)
    const { grounding } = reply
    const extras = { thoughts: thought, grounding }
    const stored = storeAnswer({ turn: id, engine: prompt.engine, model, parts: whole, ...extras, numbers })
    const { thoughts } = stored.answer
    return {
      fact: {
        type: 'answered',
        turn: id,
        words: wordsOf(reply),
        images: stored.images.flatMap(({ version, file }, index) => {
          const ref = images[index]
          return ref ? [{ version, file: { ...ref, file } }] : []
        }),
        ...(nothing ? { nothing } : {}),
        ...(thoughts ? { thoughts } : {}),
        ...(grounding ? { grounding } : {}),
        weight: weightOf(stored.answer.parts),
        usage: reply.usage,
        cost: spent.cost,
        seconds: Math.round(spent.seconds * 10) / 10,
      },
      files: stored.files,
    }
  }
  return { answer, differences }
}

/** An image with its size in pixels and its real format; bytes that cannot be read as one are `broken`. */
async function measure(part: Reply['parts'][number]) {
  if (part.kind !== 'image') return part
  const measured = await measureImage(part.bytes)
  return measured ? { ...part, mime: measured.ref.mime, ...measured } : ({ kind: 'broken' } as const)
}
