import { COMMANDS } from '../commands/command-list.ts'
import { saveVersion } from '../commands/save.ts'
import { fail } from '../core/event.ts'
import { EXIT, exitCodeOf } from '../core/exit-codes.ts'
import type { LineOutcome } from '../core/line/line-outcome.ts'
import { problemOf, type TaskProblem } from '../core/line/part-outcome.ts'
import { versionOf } from '../core/session/tree.ts'
import { openLimn } from '../library/open-limn.ts'
import type { Repl } from '../repl/repl.ts'
import { sanitize } from '../text/sanitize.ts'
import { EventReport } from './event-report.ts'
import { eventWords } from './event-words.ts'
import type { HeadlessInput } from './headless-input.ts'
import { outputProblem } from './output-path.ts'
import { type ScriptLine, type ScriptRows, type ScriptWanted, scriptLines } from './script.ts'
import { problemsOf } from './script-check.ts'
import type { Streams } from './streams.ts'

/**
 * Runs the lines of a script without a screen, one after another, up to the first that fails or, with `keepGoing`, to
 * the last. All lines of a file are checked before the first one runs. Returns the exit code, early if `stop` is
 * aborted.
 */
export async function runScript(
  input: HeadlessInput,
  wanted: ScriptWanted,
  read: ScriptRows,
  streams: Streams,
  stop: AbortSignal,
): Promise<number> {
  const { options, ...environment } = input
  const report = reportOf(input, wanted, streams)
  if (!read.ok) return unopened(report, problemOf(read.sentence))
  const { repl, opened } = await openLimn({ ...options, ...environment, print: report.print })
  const problem = (await opened) ?? (await openingProblem(repl, input, wanted))
  if (problem) {
    await repl.close()
    return unopened(report, problem)
  }
  const fresh = repl.folder === undefined
  report.opened(repl)
  const { engine } = repl.live.value
  // Of a session that was opened again it has been said.
  if (engine.kind === 'practice' && fresh) {
    report.event({ type: 'message', text: engine.label, tone: 'plain' })
  }
  const lines = wanted.file === '-' ? scriptLines(read.rows) : await Array.fromAsync(scriptLines(read.rows))
  if (Array.isArray(lines) && (await areWrong(lines, repl, input, wanted, report))) {
    await repl.close()
    return report.result(EXIT.usage.code)
  }
  const code = await Promise.race([play(repl, report, wanted, lines, stop), stopped(stop)])
  if (stop.aborted) {
    const isOut = repl.live.value.lane.kind === 'turn' && engine.kind !== 'practice'
    report.problem({ kind: 'not-sent', why: { reason: 'stopped', says: isOut ? STOPPED_OUT : 'Stopped.' } })
  }
  await repl.close()
  return report.result(code)
}

const STOPPED_OUT = 'Stopped. The answer that was out may be billed all the same.'

/** Paths on stdout and everything else on stderr, or everything on stdout as lines of JSON. */
function reportOf(
  { place, clock }: HeadlessInput,
  { file, out, json }: ScriptWanted,
  streams: Streams,
): EventReport {
  const name = file === '-' ? 'stdin' : file
  const say = (words: string) => {
    if (words !== '') streams.err(`${sanitize(words)}\n`)
  }
  const at = (row: number | undefined) => `limn: ${name}${row === undefined ? '' : `:${row}`}:`
  const report: EventReport = new EventReport({
    ...{ streams, place, clock, json },
    problem: (event, row) => say(`${at(row)} ${event.text}`),
    tell(event, row) {
      switch (event.type) {
        case 'image':
          // An image that was brought in has a path already; with --out, the paths in its folder are printed.
          if (out === null && event.origin !== 'imported') report.write(event.path, event.path)
          return
        case 'saved':
          return report.write(event.path, event.path)
        case 'line':
          return say(`${event.from} › ${event.text}`)
        case 'problem':
          return say(`${at(row)} ${event.text}`)
        case 'answer':
        case 'sources':
        case 'message':
        case 'progress':
        case 'list':
        case 'session':
        case 'turn':
        case 'line_result':
        case 'result':
          return say(eventWords(event))
      }
    },
  })
  return report
}

function unopened(report: EventReport, problem: TaskProblem): Promise<number> {
  report.opened(undefined)
  report.problem(problem)
  return report.result(exitCodeOf([problem]))
}

/** Why not even the first line is run, as far as that is known before it. */
async function openingProblem(
  repl: Repl,
  { place }: HeadlessInput,
  { out }: ScriptWanted,
): Promise<TaskProblem | undefined> {
  const { readOnly, session } = repl.live.value
  if (readOnly !== null) return { kind: 'not-sent', why: { reason: 'read-only', says: readOnly } }
  if (out === null) return undefined
  return outputProblem(`${out}/`, { line: '', force: false }, { session, place })
}

/** Lines that surely cannot be run are said, all of them, before anything is paid for. */
async function areWrong(
  lines: readonly ScriptLine[],
  repl: Repl,
  { place }: HeadlessInput,
  { out }: ScriptWanted,
  report: EventReport,
): Promise<boolean> {
  const { session, engine } = repl.live.value
  const start = { session, engine: engine.id, place, commands: COMMANDS, saves: out !== null }
  const wrong = await problemsOf(lines, start)
  for (const { line, sentence } of wrong) {
    report.begin(line.number)
    report.problem({ kind: 'not-sent', why: { reason: 'usage', says: sentence } })
  }
  report.begin()
  if (wrong.length > 0)
    report.problem({ kind: 'not-sent', why: { reason: 'usage', says: 'Nothing was run.' } })
  return wrong.length > 0
}

async function play(
  repl: Repl,
  report: EventReport,
  { out, keepGoing }: ScriptWanted,
  lines: Iterable<ScriptLine> | AsyncIterable<ScriptLine>,
  stop: AbortSignal,
): Promise<number> {
  const outcomes: LineOutcome[] = []
  for await (const line of lines) {
    if (stop.aborted || repl.live.value.ended) break
    report.begin(line.number)
    const outcome = await playLine(line, repl, out)
    if (stop.aborted) break
    report.ended(outcome)
    outcomes.push(outcome)
    if (outcome.kind !== 'done' && !keepGoing) break
    // Nobody reads the paths any more: the next image would be paid for in vain.
    if (!(await report.written())) return EXIT.failed.code
  }
  return exitCodeOf(outcomes)
}

/** Runs a line to its end. An image that came is saved also when another one of the line did not. */
async function playLine(line: ScriptLine, repl: Repl, out: string | null): Promise<LineOutcome> {
  const outcome = await repl.submit(line.text)
  const problem = out === null ? undefined : await saveAll(repl, outcome.versions, out)
  return problem === undefined ? outcome : { ...outcome, ...problem }
}

async function saveAll(
  repl: Repl,
  versions: readonly number[],
  out: string,
): Promise<TaskProblem | undefined> {
  const folder = `${out}/`
  return repl.perform(async function* (context) {
    for (const number of versions) {
      const version = versionOf(context.session, number)
      if (!version) continue
      const saved = await saveVersion(version, folder, false, context)
      if (!saved.ok) return yield* fail(saved.sentence)
      yield { type: 'saved', path: saved.path }
    }
    return undefined
  })
}

/** Resolves with the exit status for the signal. */
function stopped(stop: AbortSignal): Promise<number> {
  return new Promise((done) => {
    const end = () => done(SIGNAL_CODES[String(stop.reason)] ?? EXIT.terminated.code)
    if (stop.aborted) end()
    stop.addEventListener('abort', end, { once: true })
  })
}

const SIGNAL_CODES: Readonly<Record<string, number>> = {
  SIGINT: EXIT.interrupted.code,
  SIGTERM: EXIT.terminated.code,
  SIGHUP: 129,
}
