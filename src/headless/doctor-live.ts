import type { Answer } from '../core/event.ts'
import { DEFAULT_MODEL } from '../core/models/catalogue.ts'
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
 * `limn doctor --live`: findings on stdout, all else on stderr. 0 when all was checked, 1 when something could not
 * be, 2 when nobody could be asked for the price.
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
  const work = checkLive({ chat, clock, place, settings, ledger, signal: stop }, agreed)
  let answer: Answer
  for (;;) {
    const step = await work.next(answer)
    if (step.done) return step.value ? await codeOf(step.value, json, streams) : agreed || ask ? 1 : 2
    answer = undefined
    const event = step.value
    if (event.type === 'ask') {
      if (event.question.kind !== 'yes-no') continue
      if (ask) answer = await ask(event.question.text)
      else streams.err(`limn: ${event.question.text}\nNobody can be asked here: --yes agrees to it.\n`)
    } else if (event.type !== 'change' && event.type !== 'go') {
      const text = sanitize(plainText({ kind: 'notice', notice: event, session }))
      if (json || event.type === 'failure') streams.err(`${text}\n`)
      else await hand('', streams, text)
    }
  }
}

async function codeOf(findings: Findings, json: boolean, streams: Streams): Promise<number> {
  if (json) await hand('', streams, JSON.stringify(findings, null, 2))
  return Object.values(findings).some(({ is }) => is === 'not-known') ? 1 : 0
}
