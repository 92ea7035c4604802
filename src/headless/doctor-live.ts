import type { Answer } from '../core/event.ts'
import { EXIT, exitCodeOf } from '../core/exit-codes.ts'
import { isProblem } from '../core/line/part-outcome.ts'
import { DEFAULT_MODEL } from '../core/models/model-catalogue.ts'
import { emptySession } from '../core/session/session.ts'
import { connect } from '../gemini/connect.ts'
import type { Clock } from '../host/clock.ts'
import type { Place } from '../host/place.ts'
import { Ledger } from '../store/ledger/ledger.ts'
import { loadSettings } from '../store/settings/load-settings.ts'
import { sanitize } from '../text/sanitize.ts'
import { checkLive, type Findings } from '../turn/live/check-live.ts'
import { plainText } from './plain-text.ts'
import { hand, type Streams } from './streams.ts'

type DoctorLiveInput = {
  readonly json: boolean
  readonly practice: boolean
  readonly place: Place
  readonly clock: Clock
  practiceUrl(): Promise<string>
}

/**
 * `limn doctor --live`: findings on stdout, everything else on stderr. Returns the exit code, 0 if everything was
 * checked.
 */
export async function doctorLive(
  { json, practice, place, clock, practiceUrl }: DoctorLiveInput,
  agreed: boolean,
  streams: Streams,
  ask: ((text: string) => Promise<boolean>) | undefined,
  stop: AbortSignal,
): Promise<number> {
  const session = emptySession('', { model: DEFAULT_MODEL, aspect: 'auto', size: '1K' })
  const sources = { env: place.env, root: place.root, practice, practiceUrl, now: clock.now }
  const { chat } = await connect(session, sources)
  const settings = await loadSettings(place.root)
  const ledger = new Ledger(place.root, clock.now)
  const asks = ask !== undefined
  const work = checkLive({ chat, clock, place, settings, ledger, signal: stop, asks }, agreed)
  let answer: Answer
  for (;;) {
    const step = await work.next(answer)
    if (step.done) {
      if (isProblem(step.value)) return exitCodeOf([step.value])
      const { findings, problem } = step.value
      const printed = !json || (await hand('', streams, JSON.stringify(withoutFailures(findings), null, 2)))
      return exitCodeOf([problem]) || (printed ? EXIT.done.code : EXIT.failed.code)
    }
    answer = undefined
    const event = step.value
    if (event.type === 'ask') {
      if (ask && event.question.kind === 'yes-no') answer = await ask(event.question.text)
    } else if (event.type !== 'change' && event.type !== 'go') {
      const text = sanitize(plainText({ kind: 'notice', notice: event, session }))
      if (json || event.type === 'problem') streams.err(`${text}\n`)
      else await hand('', streams, text)
    }
  }
}

function withoutFailures(findings: Findings) {
  return Object.fromEntries(Object.entries(findings).map(([name, { is, says }]) => [name, { is, says }]))
}
