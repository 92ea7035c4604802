import { join } from 'node:path'
import { COMMANDS } from '../commands/index.ts'
import { saveVersion } from '../commands/save.ts'
import { fail, type Task } from '../core/event.ts'
import { exitCodeOf } from '../core/exit-codes.ts'
import { type LineOutcome, whyOf } from '../core/line/line-outcome.ts'
import type { TaskProblem } from '../core/line/part-outcome.ts'
import { imagesOf } from '../core/session/fact-images.ts'
import { versionOf } from '../core/session/tree.ts'
import { openRepl, type ReplOptions } from '../repl/open-repl.ts'
import type { Repl } from '../repl/repl.ts'
import type { TranscriptItem } from '../repl/screen.ts'
import { findSession } from '../store/session/list-sessions.ts'
import { sessionFolder } from '../store/session/session-store.ts'
import { loadSettings } from '../store/settings/load-settings.ts'
import { outputProblem } from './output-path.ts'
import { isFailure, plainText } from './plain-text.ts'
import { type ScriptLine, type ScriptWanted, scriptLines } from './script.ts'
import { problemsOf } from './script-check.ts'
import { reportTo, type ScriptReport } from './script-report.ts'
import type { Streams } from './streams.ts'

type ScriptInput = Omit<ReplOptions, 'print' | 'terminal' | 'settings' | 'asks'>

/**
 * The same road without a screen, for the lines of a script: each is run when the one before it has come to its end,
 * up to the first that fails; of a file all are read before the first is run. 0, 1 for a failure, 2 for what was asked
 * wrongly, 4 for a price. Returns early when `stop` is aborted.
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
  if (unknown !== undefined) {
    report.failed(unknown)
    return 1
  }
  const heard = new ScriptTranscript(parts.place.root, report)
  const settings = await loadSettings(parts.place.root)
  const print = (item: TranscriptItem) => heard.print(item)
  const repl = await openRepl({ ...parts, print, settings, terminal: () => null, asks: false })
  await repl.settled()
  const problem = (await openingProblem(repl, parts, wanted)) ?? heard.failure
  if (problem !== undefined) {
    report.failed(problem)
    await repl.close()
    return 1
  }
  const lines = wanted.file === '-' ? scriptLines(rows) : await Array.fromAsync(scriptLines(rows))
  if (Array.isArray(lines) && (await areWrong(lines, repl, parts, wanted, report))) {
    await repl.close()
    return 2
  }
  const { engine } = repl.live.value
  // Of a session that was opened again it has been said.
  if (engine.kind === 'practice' && repl.folder === undefined) report.said(engine.label)
  const code = await Promise.race([play(repl, heard, report, wanted, lines, stop), aborted(stop)])
  if (stop.aborted) report.stopped(repl.live.value.lane.kind === 'turn' && engine.kind !== 'practice')
  await repl.close()
  return (await report.written()) ? code : 1
}

/** At the prompt a session that is not there is a new one; what a script was to go on with has to be there. */
async function sessionProblem({ options: { open }, place }: ScriptInput): Promise<string | undefined> {
  if (open.kind !== 'resume') return undefined
  const [found] = await findSession(place.root, open.words)
  return found ? undefined : `No session has "${open.words}" in it; limn --resume lists them.`
}

/** Why not even the first line is run, as far as that is known before it. */
async function openingProblem(
  repl: Repl,
  { place }: ScriptInput,
  { out }: ScriptWanted,
): Promise<string | undefined> {
  const { readOnly, session } = repl.live.value
  if (readOnly !== null) return readOnly
  if (out === null) return undefined
  const where = { line: '', force: false }
  return (await outputProblem(`${out}/`, where, { session, place }))?.sentence
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
  heard: ScriptTranscript,
  report: ScriptReport,
  { out }: ScriptWanted,
  lines: Iterable<ScriptLine> | AsyncIterable<ScriptLine>,
  stop: AbortSignal,
): Promise<number> {
  for await (const line of lines) {
    if (stop.aborted || repl.live.value.ended) break
    const outcome = await playLine(line, repl, heard, report, out)
    if (outcome.kind !== 'done') {
      report.failed(whyOf(outcome))
      return exitCodeOf([outcome])
    }
    // Nobody reads the paths any more: the next image would be paid for in vain.
    if (!(await report.written())) return 1
  }
  return 0
}

/** Runs a line to its end. An image that came is saved also when another one of the line did not. */
async function playLine(
  line: ScriptLine,
  repl: Repl,
  heard: ScriptTranscript,
  report: ScriptReport,
  out: string | null,
): Promise<LineOutcome> {
  heard.begin()
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

/** What the road says while one line is run. */
class ScriptTranscript {
  readonly #root: string
  readonly #report: ScriptReport
  /** Until the first line is run, a turn that failed is one of those that a killed limn has left. */
  #begun = false
  #failures: string[] = []

  constructor(root: string, report: ScriptReport) {
    this.#root = root
    this.#report = report
  }

  begin(): void {
    this.#begun = true
    this.#failures = []
  }

  get failure(): string | undefined {
    return this.#failures.length === 0 ? undefined : this.#failures.join('\n')
  }

  print(item: TranscriptItem): void {
    if (item.kind === 'line') {
      this.#report.line(item.label, item.text)
      return
    }
    const words = plainText(item)
    // Told once, with the number of its line, when that has come to its end.
    const isNews = !this.#begun && item.kind === 'fact'
    if (isFailure(item) && !isNews) this.#failures.push(...(words === '' ? [] : [words]))
    else if (item.kind === 'notice' && item.notice.type === 'saved') this.#report.saved(item.notice.path)
    else if (words !== '') this.#report.said(words)
    if (item.kind !== 'fact' || item.fact.type === 'brought') return
    for (const { version, file } of imagesOf(item.fact)) {
      this.#report.image(version, join(sessionFolder(this.#root, item.session.id), file.file))
    }
  }
}

function aborted(stop: AbortSignal): Promise<number> {
  return new Promise((done) => {
    if (stop.aborted) done(1)
    stop.addEventListener('abort', () => done(1), { once: true })
  })
}
