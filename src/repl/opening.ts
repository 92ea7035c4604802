import { clip } from '../core/clip-text.ts'
import { change, fail, say, type Task } from '../core/event.ts'
import { fileName } from '../core/line/line.ts'
import { problemOf, type TaskProblem } from '../core/line/part-outcome.ts'
import { modelOf } from '../core/models/model-catalogue.ts'
import { emptySession, type Session, type Turn } from '../core/session/session.ts'
import { currentVersion, nextVersion, path } from '../core/session/tree.ts'
import { fitSettings, withChange } from '../core/settings/turn-settings.ts'
import type { TurnSettings } from '../core/settings/turn-settings-type.ts'
import { type Connected, connect, type EngineSources } from '../gemini/connect.ts'
import type { Place } from '../host/place.ts'
import { inspect } from '../image/inspect.ts'
import { extensionOf, sniff } from '../image/sniff.ts'
import { openSession } from '../store/session/open-session.ts'
import { SessionStore } from '../store/session/session-store.ts'
import type { Context } from '../turn/context.ts'
import { readInput } from '../turn/mentions.ts'
import { absolute } from '../turn/read-image.ts'
import type { ActiveSession, Target } from './active-session.ts'

export type OpeningParts = {
  readonly place: Place
  readonly doors: EngineSources
  /** The settings of a session that has set none itself. */
  readonly settings: TurnSettings
  now(): Date
}

/** Opens a session. Nothing is written for a new one until something happens in it. */
export async function openTarget(
  to: Target,
  { place, doors, settings, now }: OpeningParts,
): Promise<ActiveSession | TaskProblem> {
  if (to.kind === 'new') {
    const { change: fitting } = fitSettings(modelOf(settings.model), settings)
    const session = emptySession('', withChange(settings, fitting))
    const { chat, warnings } = await connect(session, doors)
    const store = new SessionStore(place.root, place.folder, now)
    return { session, store, chat, welcome: () => greet(warnings) }
  }
  const options = {
    settings,
    now,
    inspect: async (bytes: Uint8Array) => {
      const seen = await inspect(bytes)
      return seen.ok ? seen.image : undefined
    },
  }
  const opened = await openSession(place.root, to.id, options)
  if (opened.kind === 'refused') return problemOf(opened.says)
  const connected = await connect(opened.session, doors)
  const { session, store, repairs } = opened
  return { session, store, chat: connected.chat, welcome: (context) => welcome(context, repairs, connected) }
}

async function* greet(warnings: readonly string[]): Task {
  for (const warning of warnings) yield say(warning, 'warning')
}

/** What is printed when a session is opened again: its state, and what was left unfinished. */
async function* welcome(context: Context, repairs: readonly string[], { chat, warnings }: Connected): Task {
  const { session, store } = context
  const name = session.title || clip(session.turns[0]?.text ?? session.versions[0]?.name ?? '', 60)
  yield say(`Session ${session.id}${name === '' ? '' : `: ${name}`}`)
  yield say(chat.engine.label)
  for (const warning of [...repairs, ...warnings]) yield say(warning, 'warning')
  if (store.readOnly !== undefined) yield say(store.readOnly, 'warning')
  yield* lastTurns(session)
  const current = currentVersion(session)
  if (current) yield { type: 'show', version: current.number, size: 'usual' }
  yield* unanswered(context)
  const { waiting } = context.session
  for (const { line } of waiting) yield say(`queued: ${line}`)
}

async function* lastTurns(session: Session): Task {
  const steps = path(session, session.head)
  const earlier = steps.length - 2
  if (earlier > 0) yield say(`${earlier} earlier: /log`)
  for (const { turn } of steps.slice(-2)) {
    yield say(`› ${turn.text}`)
    if (turn.outcome.kind === 'answered' && turn.outcome.words !== '') yield say(turn.outcome.words)
  }
}

/** Closes the turns whose answers never came, in the background or not, and offers the line of the newest again. */
async function* unanswered({ session, store }: Context): Task {
  if (store.readOnly !== undefined) return
  const open = session.turns.filter(({ outcome }) => outcome.kind === 'open')
  for (const turns of Map.groupBy(open, ({ group, id }) => group ?? id).values()) {
    const [first] = turns
    if (first) yield say(`› ${lineOf(first)}`)
    for (const { id } of turns) yield change({ type: 'failed', turn: id, failure: { kind: 'no-answer' } })
  }
  const last: Turn | undefined = open.at(-1)
  if (last) yield { type: 'go', to: 'offer', line: lineOf(last) }
}

/** As it was typed. */
function lineOf({ whole, line, text }: Turn): string {
  return whole ?? line ?? text
}

/** Makes versions of the images that the command line names, in order; the last becomes current. */
export async function* bring(paths: readonly string[], { place }: Context): Task {
  let problem: TaskProblem | undefined
  for (const path of paths) {
    const input = await readInput(path, place)
    if (!input.ok) {
      const missing = yield* fail(input.sentence)
      problem ??= missing
      continue
    }
    const [copy] = input.files
    if (!copy) continue
    const format = sniff(copy.bytes)
    const ending = format === undefined ? 'png' : extensionOf(format)
    yield {
      type: 'change',
      make: (session) => {
        const version = nextVersion(session)
        const name = `images/v${version}.${ending}`
        const file = { ...input.file, file: name }
        return {
          fact: { type: 'brought', version, file, name: fileName(path), source: absolute(path, place) },
          files: [{ name, bytes: copy.bytes }],
        }
      },
    }
  }
  return problem
}
