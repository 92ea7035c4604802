import { join } from 'node:path'
import { EXIT, exitCodeOf } from '../core/exit-codes.ts'
import { failedText } from '../core/failures/failed-text.ts'
import { explain } from '../core/failures/failure.ts'
import type { LineOutcome } from '../core/line/line-outcome.ts'
import type { NotSent, PartOutcome, TaskProblem, WhyFailed } from '../core/line/part-outcome.ts'
import { whyText } from '../core/line/part-outcome.ts'
import { type Sum, sum } from '../core/money/call-cost.ts'
import type { Fact } from '../core/session/fact.ts'
import { imagesOf } from '../core/session/fact-images.ts'
import type { Grounding } from '../core/session/grounding.ts'
import type { Session } from '../core/session/session.ts'
import { thoughtWords } from '../core/session/thoughts.ts'
import { currentVersion, versionOf } from '../core/session/tree.ts'
import { lineOf } from '../core/wording/improvement.ts'
import type { Screen, TranscriptItem } from '../repl/screen.ts'
import { sessionFolder } from '../store/session/session-store.ts'
import { type LimnEvent, type ResultSubtype, SCHEMA } from './limn-event.ts'

/** The first event: the open session, or one that could not be opened. */
export function sessionEvent(
  screen: Pick<Screen, 'session' | 'engine'> | undefined,
  { root, version }: { readonly root: string; readonly version: string },
): LimnEvent & { type: 'session' } {
  const id = screen?.session.id || null
  return {
    type: 'session',
    schema: SCHEMA,
    limn: version,
    session_id: id,
    folder: id === null ? null : sessionFolder(root, id),
    engine: screen?.engine.id ?? 'none',
    practice: screen?.engine.kind === 'practice',
    versions: screen?.session.versions.map(({ number }) => number) ?? [],
    current: (screen && currentVersion(screen.session)?.number) ?? null,
  }
}

/**
 * The events for an item of the transcript. Problems have none: the outcome of the line reports them. The exception are
 * turns that were found lost before the first line (`begun` is false).
 */
export function eventsOfItem(item: TranscriptItem, root: string, begun: boolean): readonly LimnEvent[] {
  switch (item.kind) {
    case 'line':
      return [{ type: 'line', from: item.label, text: item.text }]
    case 'fact':
      return [...factEvents(item.fact, item.session, begun), ...imageEvents(item.fact, item.session, root)]
    case 'notice':
      return noticeEvents(item.notice)
  }
}

function factEvents(fact: Fact, session: Session, begun: boolean): readonly LimnEvent[] {
  switch (fact.type) {
    case 'prompted': {
      const { text, settings } = fact.prompt
      const { model, aspect, size } = settings
      return [{ type: 'turn', turn: fact.turn, text, model, aspect, size }]
    }
    case 'answered': {
      const { turn, words, thoughts = [], grounding, images, cost, seconds } = fact
      return [
        {
          type: 'answer',
          turn,
          text: words,
          thoughts: thoughtWords(thoughts),
          versions: images.map(({ version }) => version),
          cost_usd: cost.kind === 'known' ? cost.usd : cost.kind === 'free' ? 0 : null,
          duration_ms: Math.round(seconds * 1000),
        },
        ...(grounding ? [sourcesEvent(grounding)] : []),
      ]
    }
    case 'failed': {
      const words = begun ? '' : failedText(session, fact.turn, fact.failure, 'elsewhere')
      return words === '' ? [] : [{ type: 'message', text: words, tone: 'warning' }]
    }
    case 'brought':
    case 'derived':
    case 'titled':
    case 'set':
    case 'styled':
    case 'referenced':
    case 'unreferenced':
    case 'reference-changed':
    case 'queued':
    case 'unqueued':
    case 'let-go':
    case 'tagged':
    case 'moved':
    case 'left':
      return []
  }
}

function imageEvents(fact: Fact, session: Session, root: string): readonly LimnEvent[] {
  return imagesOf(fact).map(({ version, file }) => ({
    type: 'image',
    version,
    origin: ORIGINS[fact.type] ?? 'derived',
    turn: versionOf(session, version)?.turn ?? null,
    path: join(sessionFolder(root, session.id), file.file),
    mime: file.mime,
    width: file.width,
    height: file.height,
  }))
}

const ORIGINS: Readonly<Partial<Record<Fact['type'], 'generated' | 'imported'>>> = {
  answered: 'generated',
  brought: 'imported',
}

function noticeEvents(notice: Extract<TranscriptItem, { kind: 'notice' }>['notice']): readonly LimnEvent[] {
  switch (notice.type) {
    case 'say':
      return [{ type: 'message', text: notice.text, tone: notice.tone ?? 'plain' }]
    case 'proposal':
      return [{ type: 'message', text: lineOf(notice.stretches), tone: 'plain' }]
    case 'list':
      return [{ type: 'list', rows: notice.rows }]
    case 'saved':
      return [{ type: 'saved', path: notice.path }]
    case 'progress': {
      // Without a screen there is no Esc.
      const text = notice.later ? '' : notice.text.replace(/ · Esc stops$/, '')
      return text === '' ? [] : [{ type: 'progress', turn: notice.turn, text }]
    }
    case 'sources':
      return [sourcesEvent(notice.grounding)]
    case 'problem':
    case 'show':
    case 'show-file':
    case 'sheet':
    case 'card':
      return []
  }
}

function sourcesEvent({ queries, imageQueries, sources, suggestions }: Grounding): LimnEvent {
  return { type: 'sources', queries, image_queries: imageQueries, sources, suggestions }
}

/** The events for a problem, one for each different reason. */
export function problemEvents(
  ended: LineOutcome | TaskProblem,
): readonly (LimnEvent & { type: 'problem' })[] {
  if (ended.kind === 'done') return []
  const parts = ('parts' in ended && ended.parts) || []
  const missing = parts.flatMap((part) => (part.kind === 'done' ? [] : [problemEvent(part)]))
  // If a part has the same reason as the line, it is reported once.
  const isOwn = !parts.some((part) => part.kind !== 'done' && part.why === ended.why)
  const all = isOwn ? [problemEvent(ended), ...missing] : missing
  return [...new Map(all.map((one) => [one.text, one])).values()]
}

function problemEvent(
  problem: TaskProblem | Exclude<PartOutcome, { kind: 'done' }>,
): LimnEvent & { type: 'problem' } {
  const { why } = problem
  const code = exitCodeOf([problem])
  return {
    type: 'problem',
    kind: problem.kind === 'not-sent' ? 'not_sent' : code === EXIT.refused.code ? 'refused' : 'failed',
    reason: reasonOf(why),
    text: whyText(why),
    turn: 'turn' in problem ? problem.turn : null,
    may_have_been_billed: 'failure' in why && explain(why.failure).maybeBilled,
    exit_code: code,
  }
}

function reasonOf(why: NotSent | WhyFailed): string {
  if ('reason' in why) return why.reason
  switch (why.kind) {
    case 'failure':
      return why.failure.kind
    case 'no-image':
      return why.nothing?.kind ?? 'no-image'
    case 'problem':
      return 'problem'
  }
}

/** The end of one line. */
export function lineResultEvent(outcome: LineOutcome): LimnEvent & { type: 'line_result' } {
  const code = exitCodeOf([outcome])
  const { versions, cost } = outcome
  return {
    type: 'line_result',
    subtype: subtypeOf(code),
    is_error: code !== EXIT.done.code,
    versions,
    cost_usd: cost.usd,
    exit_code: code,
  }
}

type ResultInput = {
  readonly session: string
  /** All lines that were run. */
  readonly outcomes: readonly LineOutcome[]
  readonly milliseconds: number
  readonly code: number
}

/** The last event. */
export function resultEvent({ session, outcomes, milliseconds, code }: ResultInput): LimnEvent & {
  type: 'result'
} {
  const total = outcomes.map(({ cost }) => cost).reduce(both, sum([]))
  return {
    type: 'result',
    subtype: subtypeOf(code),
    is_error: code !== EXIT.done.code,
    session_id: session || null,
    versions: outcomes.flatMap(({ versions }) => versions),
    total_cost_usd: total.usd,
    may_have_been_billed: total.unknown,
    duration_ms: milliseconds,
    exit_code: code,
  }
}

function both(one: Sum, other: Sum): Sum {
  return {
    ...one,
    usd: one.usd + other.usd,
    about: one.about || other.about,
    unknown: one.unknown + other.unknown,
  }
}

function subtypeOf(code: number): ResultSubtype {
  return SUBTYPES.get(code) ?? 'failed'
}

const SUBTYPES: ReadonlyMap<number, ResultSubtype> = new Map([
  [EXIT.done.code, 'success'],
  [EXIT.usage.code, 'usage'],
  [EXIT.refused.code, 'refused'],
  [EXIT.unpaid.code, 'unpaid'],
  [EXIT.denied.code, 'denied'],
  [EXIT.unavailable.code, 'unavailable'],
  [EXIT.interrupted.code, 'interrupted'],
  [EXIT.terminated.code, 'terminated'],
  // By SIGHUP.
  [129, 'terminated'],
])
