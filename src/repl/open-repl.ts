import { COMMANDS } from '../commands/command-list.ts'
import { model } from '../commands/model.ts'
import { resume } from '../commands/resume.ts'
import { say, type Task, tellProblem } from '../core/event.ts'
import { isProblem, problemOf, type TaskProblem, whyText } from '../core/line/part-outcome.ts'
import { findModel } from '../core/models/model-catalogue.ts'
import type { Session } from '../core/session/session.ts'
import type { SessionChoice } from '../core/session/session-choice.ts'
import { firstTurnSettings, fitSettings, withChange } from '../core/settings/turn-settings.ts'
import type { TurnSettings } from '../core/settings/turn-settings-type.ts'
import { connect } from '../gemini/connect.ts'
import type { Clock } from '../host/clock.ts'
import type { Place } from '../host/place.ts'
import { findSession, newestFor } from '../store/session/list-sessions.ts'
import type { LoadedSettings } from '../store/settings/load-settings.ts'
import type { Terminal } from '../terminal/which/probe.ts'
import type { Target } from './active-session.ts'
import { bring, openTarget } from './opening.ts'
import { Repl } from './repl.ts'
import type { TranscriptItem } from './screen.ts'

export type ReplOptions = {
  readonly place: Place
  readonly clock: Clock
  readonly settings: LoadedSettings
  readonly open: SessionChoice
  /** The model to use from now on; if left out, it stays the same. */
  readonly model?: string | null
  /** Images that become its first versions. */
  readonly files?: readonly string[]
  /** A line to send once all files are brought in; if one cannot be, it is put on the prompt. */
  readonly first?: string
  /** Sends what costs more than `askAbove` without asking. */
  readonly yes?: boolean
  /** The most that all calls together may cost, in dollars. limn does not ask whether to exceed it. */
  readonly maxUsd?: number | null
  /** Whether the practice engine was requested. */
  readonly practice: boolean
  /** Which engine to use without a key or a server; the practice engine if left out. */
  readonly keyless?: 'practice' | 'nothing'
  readonly practiceUrl: () => Promise<string>
  print(item: TranscriptItem): void
  /** The terminal as far as it is known by now; null without one. */
  terminal?(): Terminal | null
  /** Whether questions can be answered; if not, each gets its default answer. */
  readonly asks: boolean
}

export type OpenedRepl = {
  readonly repl: Repl
  /** Resolves when everything requested at the start is done, with why some of it failed. */
  readonly opened: Promise<TaskProblem | undefined>
}

/** Opens the requested session, and connects its engine. */
export async function openRepl(options: ReplOptions): Promise<OpenedRepl> {
  const { place, clock, practiceUrl, keyless = 'practice', maxUsd = null, print, asks } = options
  const { terminal = () => null } = options
  const settings = options.yes ? withoutAsking(options.settings) : options.settings
  const words: string[] = [...settings.warnings]
  let practice = options.practice
  const parts = (told: string[]) => ({
    place,
    doors: { env: place.env, root: place.root, practice, keyless, practiceUrl, now: clock.now },
    settings: firstSettings(settings, options, told),
    now: clock.now,
  })
  const { target, said, list, problem } = await targetOf(options, place)
  const wanted = await openTarget(target, parts(words))
  const active = isProblem(wanted) ? await openTarget(NEW, parts([])) : wanted
  if (isProblem(active)) throw new Error(whyText(active.why))
  const open = (to: Target) => {
    if (to.kind === 'new' && to.connected) practice = false
    return openTarget(to, parts([]))
  }
  const reconnect = (session: Session) => {
    practice = false
    return connect(session, parts([]).doors)
  }
  const repl = new Repl(
    { clock, place, settings, commands: COMMANDS, maxUsd, print, terminal, asks, open, connect: reconnect },
    active,
  )
  const begun = [
    repl.perform(async function* (): Task {
      for (const word of words) yield say(word, 'warning')
      const missed = problem ?? (isProblem(wanted) ? wanted : undefined)
      if (missed) yield* tellProblem(missed)
      if (said !== '') yield say(said)
      return missed
    }),
    repl.start(),
    ...(options.model && target.kind !== 'new' ? [submitted(repl, model.line(options.model))] : []),
    ...begin(repl, options),
    ...(list ? [submitted(repl, resume.line())] : []),
  ]
  return { repl, opened: Promise.all(begun).then((all) => all.find((problem) => problem !== undefined)) }
}

async function submitted(repl: Repl, line: string): Promise<TaskProblem | undefined> {
  const outcome = await repl.submit(line)
  return outcome.kind === 'done' ? undefined : outcome
}

/** The images of the command line, then its line: one that is about an image that did not come is not sent. */
function begin(
  repl: Repl,
  { files = [], first = '' }: ReplOptions,
): readonly Promise<TaskProblem | undefined>[] {
  const brought = files.length === 0 ? undefined : repl.perform((context) => bring(files, context))
  if (first === '') return brought ? [brought] : []
  // Queued at once, so that no line that is typed meanwhile comes before it.
  const sent = repl.perform(async function* (): Task {
    const missing = await brought
    if (missing) yield say('Not sent: not every image could be brought in.', 'warning')
    yield { type: 'go', to: missing ? 'offer' : 'line', line: first }
  })
  return brought ? [brought, sent] : [sent]
}

/** For this run: the setting itself stays as it is. */
function withoutAsking(loaded: LoadedSettings): LoadedSettings {
  return {
    ...loaded,
    get values() {
      return { ...loaded.values, askAbove: 'off' } as const
    },
  }
}

function firstSettings(
  { values }: LoadedSettings,
  { model: wanted }: ReplOptions,
  words: string[],
): TurnSettings {
  const { model, replaced } = findModel(wanted ?? values.model)
  if (replaced) words.push(`${replaced} is switched off; ${model.id} has taken its place.`)
  if (!model.known)
    words.push(`${model.id} is not a model that limn knows: its limits and its price are not known.`)
  if (model.retires) words.push(`${model.name}: ${model.retires.note}.`)
  const settings = { ...firstTurnSettings(values), model: model.id }
  const fitted = fitSettings(model, settings)
  words.push(...fitted.words)
  return withChange(settings, fitted.change)
}

type OpeningTarget = {
  readonly target: Target
  readonly said: string
  readonly list: boolean
  /** Why it is not the requested one. */
  readonly problem?: TaskProblem
}

const NEW: Target = { kind: 'new', title: '' }

async function targetOf({ open }: ReplOptions, place: Place): Promise<OpeningTarget> {
  switch (open.kind) {
    case 'new':
      return { target: NEW, said: '', list: false }
    case 'continue': {
      const newest = await newestFor(place.root, place.folder)
      if (!newest)
        return { target: NEW, said: 'There is no session to continue yet; this is a new one.', list: false }
      const said = newest.here
        ? 'The newest session of this folder:'
        : `No session was made in this folder; the newest of all, made in ${newest.session.folder}:`
      return { target: { kind: 'session', id: newest.session.id }, said, list: false }
    }
    case 'resume': {
      if (open.words === '') return { target: NEW, said: '', list: true }
      const [first, ...others] = await findSession(place.root, open.words)
      if (!first) {
        const problem = problemOf(
          `No session has "${open.words}" in it; /resume, or limn --resume, lists them.`,
        )
        return { target: NEW, said: 'This is a new session.', list: false, problem }
      }
      const more =
        others.length === 0
          ? ''
          : `${others.length + 1} sessions fit; this is the newest. /resume ${open.words} lists them.`
      return { target: { kind: 'session', id: first.id }, said: more, list: false }
    }
  }
}
