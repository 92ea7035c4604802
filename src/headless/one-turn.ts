import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { saveVersion } from '../commands/save.ts'
import type { Task } from '../core/event.ts'
import { EXIT, exitCodeOf } from '../core/exit-codes.ts'
import type { Version } from '../core/session/session.ts'
import { versionOf } from '../core/session/tree.ts'
import type { Place } from '../host/place.ts'
import { openRepl, type ReplOptions } from '../repl/open-repl.ts'
import type { Repl } from '../repl/repl.ts'
import type { TranscriptItem } from '../repl/screen.ts'
import { loadSettings } from '../store/settings/load-settings.ts'
import type { WrittenUserFile } from '../store/user-file.ts'
import { sanitize } from '../text/sanitize.ts'
import { absolute } from '../turn/read-image.ts'
import { outputProblem } from './output-path.ts'
import { plainText } from './plain-text.ts'
import { hand, type Streams } from './streams.ts'

type Output = { readonly output: string | null; readonly force: boolean }

type OneTurnRequest = Output & { readonly dryRun: boolean }

type Kept = { readonly saved: WrittenUserFile; readonly kept: string }

/**
 * The same road without a screen, for one line: the image's path on stdout, all else on stderr; 0, 1 for a failure, 2
 * for what was asked wrongly, 4 for a line that was not sent for its price.
 */
export async function oneTurn(
  parts: Omit<ReplOptions, 'print' | 'terminal' | 'settings' | 'asks'>,
  wanted: OneTurnRequest,
  { out, err }: Streams,
): Promise<number> {
  const tell = (words: string) => {
    if (words !== '') err(`${sanitize(words)}\n`)
  }
  const { files, line } = parts.options
  let missing = files.length
  const requests: string[] = []
  const print = (item: TranscriptItem) => {
    if (item.kind === 'fact' && item.fact.type === 'brought') missing -= 1
    const words = plainText(item)
    if (wanted.dryRun && item.kind === 'notice' && item.notice.type === 'list') requests.push(words)
    else tell(words)
  }
  const settings = await loadSettings(parts.place.root)
  const repl = await openRepl({ ...parts, print, settings, terminal: () => null, asks: false })
  await repl.settled()
  const problem = missing > 0 ? UNSENT : await problemOf(line, wanted, parts.place, repl)
  if (problem) tell(problem.sentence)
  if (!problem && wanted.dryRun) {
    await repl.submit(`${line} --dry-run`)
    await repl.settled()
    await repl.close()
    return requests.length > 0 && (await hand('', { out, err }, requests.join('\n\n'))) ? 0 : 1
  }
  const { images, code } = problem
    ? { images: [], code: problem.code }
    : await send(line, wanted, parts.place, repl, tell)
  await repl.close()
  let handed = true
  for (const { saved, kept } of images) {
    if (!saved.ok) tell(`${saved.sentence}\nThe image is kept in ${kept}`)
    handed = saved.ok && handed && (await hand(saved.path, { out, err }))
  }
  return handed ? code : code || EXIT.failed.code
}

const UNSENT = { sentence: 'Nothing was sent: not every image could be brought in.', code: 1 }

function problemOf(line: string, { output, force }: Output, place: Place, repl: Repl) {
  if (output === null) return undefined
  return outputProblem(output, { line, force }, { session: repl.live.value.session, place })
}

type Came = { readonly images: readonly Kept[]; readonly code: number }

/** The image of each turn of a line, saved; where none came that has been said. */
async function send(
  line: string,
  wanted: Output,
  place: Place,
  repl: Repl,
  tell: (words: string) => void,
): Promise<Came> {
  const { engine, session: before } = repl.live.value
  if (engine.kind === 'practice') tell(engine.label)
  const outcome = await repl.submit(line)
  const { session } = repl.live.value
  const turns = session.turns.slice(before.turns.length)
  // A line can also be a command that makes images here, and sends nothing.
  const made = session.versions.slice(before.versions.length).filter((version) => version.made)
  if (turns.length + made.length === 0) tell('Nothing was sent.')
  const images: Kept[] = []
  const drawn = turns.map(({ outcome }) =>
    versionOf(session, outcome.kind === 'answered' ? outcome.main : null),
  )
  for (const version of [...drawn, ...made]) {
    const output = wanted.output === null ? null : await numbered(wanted.output, images.length + 1, place)
    const kept = version && (await save(repl, version, { ...wanted, output }))
    if (kept) images.push(kept)
  }
  return { images, code: exitCodeOf([outcome]) }
}

/** `fox.png`, `fox-2.png`, …: a line can make several. Into a folder they go under names of their own. */
async function numbered(path: string, number: number, place: Place): Promise<string> {
  const there = await stat(absolute(path, place)).catch(() => undefined)
  if (number === 1 || there?.isDirectory() || /[/\\]$/.test(path)) return path
  const ending = extname(path)
  return `${path.slice(0, path.length - ending.length)}-${number}${ending}`
}

/** Without -o the image stays where the session keeps it. */
async function save(repl: Repl, version: Version, { output, force }: Output): Promise<Kept | undefined> {
  let image: Kept | undefined
  await repl.perform((context) => {
    return (async function* (): Task {
      const kept = context.store.path(version.file.file)
      // What goes wrong in an unforeseen way is said by the road, behind this.
      image = { saved: { ok: false, sentence: `v${version.number} could not be saved.` }, kept }
      const saved: WrittenUserFile =
        output === null ? { ok: true, path: kept } : await saveVersion(version, output, force, context)
      image = { saved, kept }
      yield* []
    })()
  })
  return image
}
