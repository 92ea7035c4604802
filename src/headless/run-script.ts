import { join } from 'node:path'
import { COMMANDS } from '../commands/index.ts'
import { saveVersion } from '../commands/save.ts'
import { fail, type Task } from '../core/event.ts'
import { EXIT, exitCodeOf } from '../core/exit-codes.ts'
import { type LineOutcome, whyOf } from '../core/line/line-outcome.ts'
import { problemOf, type TaskProblem, whyText } from '../core/line/part-outcome.ts'
import { imagesOf } from '../core/session/fact-images.ts'
import { versionOf } from '../core/session/tree.ts'
import { openRepl, type ReplOptions } from '../repl/open-repl.ts'
import type { Repl } from '../repl/repl.ts'
import type { TranscriptItem } from '../repl/screen.ts'
import { findSession } from '../store/session/list-sessions.ts'
import { sessionFolder } from '../store/session/session-store.ts'
import { loadSettings } from '../store/settings/load-settings.ts'
import { outputProblem } from './output-path.ts'
import { plainText } from './plain-text.ts'
import { type ScriptLine, type ScriptWanted, scriptLines } from './script.ts'
import { problemsOf } from './script-check.ts'
import { reportTo, type ScriptReport } from './script-report.ts'
import type { Streams } from './streams.ts'

type ScriptInput = Omit<ReplOptions, 'print' | 'terminal' | 'settings' | 'asks'>

/**
 * The same road without a screen, for the lines of a script: each is run when the one before it has come to its end,
 * up to the first that fails or, with `keepGoing`, to the last; of a file all are read before the first is run. Gives
 * the exit code; early when `stop` is aborted.
 */
export async function runScript(
  parts: ScriptInput,
  wanted: ScriptWanted,
  rows: AsyncIterable<string>,
  streams: Streams,
  stop: AbortSignal,
): Promise<number> {
  const report = reportTo(streams, wanted)
  const unknown = await sessionProblem(parts)
  if (unknown) {
    report.failed(whyText(unknown.why))
    return exitCodeOf([unknown])
  }
  const heard = new ScriptTranscript(parts.place.root, report)
  const settings = await loadSettings(parts.place.root)
  const print = (item: TranscriptItem) => heard.print(item)
  const { repl, opened } = await openRepl({ ...parts, print, settings, terminal: () => null, asks: false })
  const problem = (await opened) ?? (await openingProblem(repl, parts, wanted))
  if (problem) {
    report.failed(whyText(problem.why))
    await repl.close()
    return exitCodeOf([problem])
  }
  const lines = wanted.file === '-' ? scriptLines(rows) : await Array.fromAsync(scriptLines(rows))
  if (Array.isArray(lines) && (await areWrong(lines, repl, parts, wanted, report))) {
    await repl.close()
    return EXIT.usage.code
  }
  const { engine } = repl.live.value
  // Of a session that was opened again it has been said.
  if (engine.kind === 'practice' && repl.folder === undefined) report.said(engine.label)
  const code = await Promise.race([play(repl, report, wanted, lines, stop), aborted(stop)])
  if (stop.aborted) report.stopped(repl.live.value.lane.kind === 'turn' && engine.kind !== 'practice')
  await repl.close()
  return (await report.written()) ? code : EXIT.failed.code
}

/** At the prompt a session that is not there is a new one; what a script was to go on with has to be there. */
async function sessionProblem({ options: { open }, place }: ScriptInput): Promise<TaskProblem | undefined> {
  if (open.kind !== 'resume') return undefined
  const [found] = await findSession(place.root, open.words)
  return found ? undefined : problemOf(`No session has "${open.words}" in it; limn --resume lists them.`)
}

/** Why not even the first line is run, as far as that is known before it. */
async function openingProblem(
  repl: Repl,
  { place }: ScriptInput,
  { out }: ScriptWanted,
): Promise<TaskProblem | undefined> {
  const { readOnly, session } = repl.live.value
  if (readOnly !== null) return { kind: 'not-sent', why: { reason: 'read-only', says: readOnly } }
  if (out === null) return undefined
  const where = { line: '', force: false }
  return outputProblem(`${out}/`, where, { session, place })
}

/** Lines that surely cannot be run are said, all of them, before anything is paid for. */
async function areWrong(
  lines: readonly ScriptLine[],
  repl: Repl,
  { place }: ScriptInput,
  { out }: ScriptWanted,
  report: ScriptReport,
): Promise<boolean> {
  const { session, engine } = repl.live.value
  const start = { session, engine: engine.id, place, commands: COMMANDS, saves: out !== null }
  const wrong = await problemsOf(lines, start)
  for (const { line, sentence } of wrong) {
    report.begin(line)
    report.failed(sentence)
  }
  if (wrong.length > 0) report.nothingRun()
  return wrong.length > 0
}

async function play(
  repl: Repl,
  report: ScriptReport,
  { out, keepGoing }: ScriptWanted,
  lines: Iterable<ScriptLine> | AsyncIterable<ScriptLine>,
  stop: AbortSignal,
): Promise<number> {
  const outcomes: LineOutcome[] = []
  for await (const line of lines) {
    if (stop.aborted || repl.live.value.ended) break
    const outcome = await playLine(line, repl, report, out)
    outcomes.push(outcome)
    if (outcome.kind !== 'done') {
      report.failed(whyOf(outcome))
      if (!keepGoing) break
    }
    // Nobody reads the paths any more: the next image would be paid for in vain.
    if (!(await report.written())) return EXIT.failed.code
  }
  return exitCodeOf(outcomes)
}

/** Runs a line to its end. An image that came is saved also when another one of the line did not. */
async function playLine(
  line: ScriptLine,
  repl: Repl,
  report: ScriptReport,
  out: string | null,
): Promise<LineOutcome> {
  report.begin(line)
  const outcome = await repl.submit(line.text)
  const problem = out === null ? undefined : await saveAll(repl, outcome.versions, report, out)
  return problem === undefined ? outcome : { ...outcome, ...problem }
}

async function saveAll(
  repl: Repl,
  versions: readonly number[],
  report: ScriptReport,
  out: string,
): Promise<TaskProblem | undefined> {
  const folder = `${out}/`
  return repl.perform(async function* (context): Task {
    for (const number of versions) {
      const version = versionOf(context.session, number)
      if (!version) continue
      const saved = await saveVersion(version, folder, false, context)
      if (saved.ok) report.saved(saved.path)
      else return yield* fail(saved.sentence)
    }
  })
}

/** What the road says while one line is run. Why a line failed is told when it has come to its end. */
class ScriptTranscript {
  readonly #root: string
  readonly #report: ScriptReport

  constructor(root: string, report: ScriptReport) {
    this.#root = root
    this.#report = report
  }

  print(item: TranscriptItem): void {
    if (item.kind === 'line') {
      this.#report.line(item.label, item.text)
      return
    }
    const words = plainText(item)
    if (isToldAtTheEnd(item, this.#report.hasBegun)) return
    if (item.kind === 'notice' && item.notice.type === 'saved') this.#report.saved(item.notice.path)
    else if (words !== '') this.#report.said(words)
    if (item.kind !== 'fact' || item.fact.type === 'brought') return
    for (const { version, file } of imagesOf(item.fact)) {
      this.#report.image(version, join(sessionFolder(this.#root, item.session.id), file.file))
    }
  }
}

/** A turn that failed before the first line is one of those that a killed limn has left: no line says so. */
function isToldAtTheEnd(item: TranscriptItem, begun: boolean): boolean {
  switch (item.kind) {
    case 'line':
      return false
    case 'fact': {
      const { fact } = item
      return begun && (fact.type === 'failed' || (fact.type === 'answered' && fact.images.length === 0))
    }
    case 'notice':
      return item.notice.type === 'problem'
  }
}

function aborted(stop: AbortSignal): Promise<number> {
  return new Promise((done) => {
    if (stop.aborted) done(EXIT.interrupted.code)
    stop.addEventListener('abort', () => done(EXIT.interrupted.code), { once: true })
  })
}
