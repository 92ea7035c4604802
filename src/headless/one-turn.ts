import { stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { saveVersion } from '../commands/save.ts'
import { EXIT, exitCodeOf } from '../core/exit-codes.ts'
import type { LineOutcome } from '../core/line/line-outcome.ts'
import { isProblem, problemOf, type TaskProblem, whyText } from '../core/line/part-outcome.ts'
import type { Session, Version } from '../core/session/session.ts'
import { turnOf, versionOf } from '../core/session/tree.ts'
import type { Place } from '../host/place.ts'
import { openRepl, type ReplOptions } from '../repl/open-repl.ts'
import type { Repl } from '../repl/repl.ts'
import type { TranscriptItem } from '../repl/screen.ts'
import { loadSettings } from '../store/settings/load-settings.ts'
import { sanitize } from '../text/sanitize.ts'
import { absolute } from '../turn/read-image.ts'
import { outputProblem } from './output-path.ts'
import { plainText } from './plain-text.ts'
import { hand, type Streams } from './streams.ts'

type Output = { readonly output: string | null; readonly force: boolean }

type OneTurnRequest = Output & { readonly dryRun: boolean }

type OneTurnParts = Omit<ReplOptions, 'print' | 'terminal' | 'settings' | 'asks'>

/** The same road without a screen, for one line: the image's path on stdout, all else on stderr. Gives the exit code. */
export async function oneTurn(
  parts: OneTurnParts,
  wanted: OneTurnRequest,
  streams: Streams,
): Promise<number> {
  const requests: string[] = []
  const tell = (words: string) => {
    if (words !== '') streams.err(`${sanitize(words)}\n`)
  }
  const print = (item: TranscriptItem) => {
    const isRequest = wanted.dryRun && item.kind === 'notice' && item.notice.type === 'list'
    if (isRequest) requests.push(plainText(item))
    else tell(plainText(item))
  }
  const settings = await loadSettings(parts.place.root)
  const { repl, opened } = await openRepl({ ...parts, print, settings, terminal: () => null, asks: false })
  const unopened = await opened
  const unwritable = unopened ? undefined : await pathProblem(wanted, parts, repl)
  if (unopened || unwritable) {
    tell(unwritable ? whyText(unwritable.why) : 'Nothing was sent.')
    await repl.close()
    return exitCodeOf([unopened ?? unwritable])
  }
  const { line } = parts.options
  if (wanted.dryRun) {
    const outcome = await repl.submit(`${line} --dry-run`)
    await repl.close()
    const told = requests.length > 0 && (await hand('', streams, requests.join('\n\n')))
    return exitCodeOf([outcome]) || (told ? EXIT.done.code : EXIT.failed.code)
  }
  const { engine } = repl.live.value
  if (engine.kind === 'practice') tell(engine.label)
  const outcome = await repl.submit(line)
  if (outcome.versions.length + outcome.turns.length === 0) tell('Nothing was sent.')
  const told = await handImages(outcome, wanted, parts.place, repl, streams)
  await repl.close()
  return exitCodeOf([outcome]) || (told ? EXIT.done.code : EXIT.failed.code)
}

async function pathProblem(
  { output, force }: Output,
  { options: { line }, place }: OneTurnParts,
  repl: Repl,
): Promise<TaskProblem | undefined> {
  if (output === null) return undefined
  return outputProblem(output, { line, force }, { session: repl.live.value.session, place })
}

/** Saves the images of a line and tells their paths; false when one of them could not be, which is then said. */
async function handImages(
  { versions }: LineOutcome,
  wanted: Output,
  place: Place,
  repl: Repl,
  streams: Streams,
): Promise<boolean> {
  const { session } = repl.live.value
  const images = versions
    .filter((number) => isWanted(number, session))
    .flatMap((one) => versionOf(session, one) ?? [])
  let all = true
  for (const [index, version] of images.entries()) {
    const output = wanted.output === null ? null : await numbered(wanted.output, index + 1, place)
    const kept = join(repl.folder ?? '', version.file.file)
    const saved = output === null ? { path: kept } : await save(version, output, wanted.force, repl)
    if (isProblem(saved)) {
      streams.err(sanitize(`${whyText(saved.why)}\nThe image is kept in ${kept}\n`))
    }
    all = !isProblem(saved) && (await hand(saved.path, streams)) && all
  }
  return all
}

/** An answer can bring more pictures than the one that it is about. */
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

function save(
  version: Version,
  path: string,
  force: boolean,
  repl: Repl,
): Promise<{ readonly path: string } | TaskProblem> {
  return repl.result(async function* (context) {
    const saved = await saveVersion(version, path, force, context)
    // It is said with the place where the image is kept, in one go.
    yield* []
    return saved.ok ? { path: saved.path } : problemOf(saved.sentence)
  })
}
