import { stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { saveVersion } from '../commands/save.ts'
import { exitCodeOf } from '../core/exit-codes.ts'
import type { LineOutcome } from '../core/line/line-outcome.ts'
import { isProblem, problemOf, type TaskProblem } from '../core/line/part-outcome.ts'
import type { Session, Version } from '../core/session/session.ts'
import { turnOf, versionOf } from '../core/session/tree.ts'
import type { Place } from '../host/place.ts'
import type { LimnEvent } from '../library/limn-event.ts'
import { openLimn } from '../library/open-limn.ts'
import type { Repl } from '../repl/repl.ts'
import { sanitize } from '../text/sanitize.ts'
import { absolute } from '../turn/read-image.ts'
import { EventReport } from './event-report.ts'
import { eventWords } from './event-words.ts'
import type { HeadlessInput } from './headless-input.ts'
import { outputProblem } from './output-path.ts'
import type { Streams } from './streams.ts'

type Output = { readonly output: string | null; readonly force: boolean }

type OneTurnRequest = Output & { readonly dryRun: boolean; readonly json: boolean }

/** Runs one line without a screen: the image's path on stdout, everything else on stderr. Returns the exit code. */
export async function oneTurn(
  input: HeadlessInput,
  wanted: OneTurnRequest,
  streams: Streams,
): Promise<number> {
  const { options, ...environment } = input
  const report = reportOf(input, wanted, streams)
  const { repl, opened } = await openLimn({ ...options, ...environment, print: report.print })
  const unopened = await opened
  report.opened(repl)
  const problem = unopened ?? (await pathProblem(wanted, input, repl))
  if (problem) {
    report.problem(problem)
    report.event(NOTHING_SENT)
    await repl.close()
    return report.result(exitCodeOf([problem]))
  }
  const { engine } = repl.live.value
  if (engine.kind === 'practice' && !wanted.dryRun) {
    report.event({ type: 'message', text: engine.label, tone: 'plain' })
  }
  report.begin()
  const outcome = await repl.submit(wanted.dryRun ? `${options.line} --dry-run` : options.line)
  report.ended(outcome)
  if (outcome.turns.length + outcome.versions.length === 0 && !wanted.dryRun) report.event(NOTHING_SENT)
  const unsaved = await handImages(outcome, wanted, input.place, repl, report)
  await repl.close()
  return report.result(exitCodeOf([outcome, unsaved]))
}

const NOTHING_SENT: LimnEvent = { type: 'message', text: 'Nothing was sent.', tone: 'plain' }

/** Paths on stdout and everything else on stderr, or everything on stdout as lines of JSON. */
function reportOf({ place, clock }: HeadlessInput, { dryRun, json }: OneTurnRequest, streams: Streams) {
  const say = (event: LimnEvent) => {
    const words = eventWords(event)
    if (words !== '') streams.err(`${sanitize(words)}\n`)
  }
  const report: EventReport = new EventReport({
    ...{ streams, place, clock, json },
    problem: say,
    tell(event) {
      if (event.type === 'saved') report.write(event.path, event.path)
      // With --dry-run, the list is the result.
      else if (event.type === 'list' && dryRun) report.write(eventWords(event))
      else say(event)
    },
  })
  return report
}

async function pathProblem(
  { output, force }: Output,
  { options: { line }, place }: HeadlessInput,
  repl: Repl,
): Promise<TaskProblem | undefined> {
  if (output === null) return undefined
  return outputProblem(output, { line, force }, { session: repl.live.value.session, place })
}

/** Saves the images of a line and reports their paths. Returns why one of them could not be saved. */
async function handImages(
  { versions }: LineOutcome,
  wanted: OneTurnRequest,
  place: Place,
  repl: Repl,
  report: EventReport,
): Promise<TaskProblem | undefined> {
  const { session } = repl.live.value
  const images = versions
    .filter((number) => isWanted(number, session))
    .flatMap((number) => versionOf(session, number) ?? [])
  let problem: TaskProblem | undefined
  for (const [index, version] of images.entries()) {
    const kept = join(repl.folder ?? '', version.file.file)
    if (wanted.output === null) {
      // The event of the image already has the path.
      if (!wanted.json) report.write(kept, kept)
      continue
    }
    const output = await numbered(wanted.output, index + 1, place)
    const saved = await save(version, output, wanted.force, repl, kept)
    if (isProblem(saved)) {
      report.problem(saved)
      problem ??= saved
    } else report.event({ type: 'saved', path: saved.path })
  }
  return problem
}

/** An answer can contain more images than its main one. */
function isWanted(number: number, session: Session): boolean {
  const outcome = turnOf(session, versionOf(session, number)?.turn ?? null)?.outcome
  return outcome?.kind !== 'answered' || outcome.main === number || !outcome.versions.includes(number)
}

/** `fox.png`, `fox-2.png`, …: a line can make several. Into a folder they go under names of their own. */
async function numbered(path: string, number: number, place: Place): Promise<string> {
  const there = await stat(absolute(path, place)).catch(() => undefined)
  if (number === 1 || there?.isDirectory() || /[/\\]$/.test(path)) return path
  const ending = extname(path)
  return `${path.slice(0, path.length - ending.length)}-${number}${ending}`
}

/** `kept`: the session's own copy of the image. */
function save(
  version: Version,
  path: string,
  force: boolean,
  repl: Repl,
  kept: string,
): Promise<{ readonly path: string } | TaskProblem> {
  return repl.result(async function* (context) {
    yield* []
    const saved = await saveVersion(version, path, force, context)
    return saved.ok ? { path: saved.path } : problemOf(`${saved.sentence}\nThe image is kept in ${kept}`)
  })
}
