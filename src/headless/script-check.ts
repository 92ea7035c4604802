import { missingFile } from '../commands/checks.ts'
import type { BeforeLine, Command } from '../commands/define.ts'
import { resolveCommand, spelledOut } from '../commands/usage.ts'
import type { Given } from '../core/line/given-flag.ts'
import { type Line, parseLine } from '../core/line/line.ts'
import { withFlags } from '../core/line/line-settings.ts'
import { holdsKey, KEY_REFUSED } from '../core/line/secret.ts'
import { knownIn } from '../core/session/label.ts'
import type { Session } from '../core/session/session.ts'
import type { Place } from '../host/place.ts'
import { styleOf } from '../turn/line-style.ts'
import { formOf, spreadOf } from '../turn/prepare.ts'
import type { ScriptLine } from './script.ts'

/** What a script begins with. */
type ScriptStart = {
  readonly session: Session
  readonly engine: string
  readonly place: Place
  readonly commands: readonly Command[]
  /** Images are saved to a folder as they come. */
  readonly saves: boolean
}

type Wrong = { readonly line: ScriptLine; readonly sentence: string }

/** What is known in front of a line, whatever comes of those before it. */
type KnownBefore = Omit<BeforeLine, 'problemOf'> & {
  /** The lines behind it are not run. */
  readonly ended: boolean
}

/** What is surely wrong with the lines of a script: one that cannot be run is found before any other is paid for. */
export async function problemsOf(
  lines: readonly ScriptLine[],
  { session, engine, place, commands, saves }: ScriptStart,
): Promise<readonly Wrong[]> {
  const { settings } = session
  let known: KnownBefore = {
    ...{ session, engine, place, settings },
    ...{ newFiles: saves, newStyles: false, ended: false },
  }
  const wrong: Wrong[] = []
  for (const line of lines) {
    if (known.ended) break
    const { problem, behind } = await look(line.text, known, commands)
    if (problem !== undefined) wrong.push({ line, sentence: problem })
    known = behind
  }
  return wrong
}

type Looked = { readonly problem: string | undefined; readonly behind: KnownBefore }

async function look(typed: string, known: KnownBefore, commands: readonly Command[]): Promise<Looked> {
  if (holdsKey(typed)) return { problem: KEY_REFUSED, behind: known }
  const text = spelledOut(typed, commands)
  const parsed = parseLine(text, knownIn(known.session))
  switch (parsed.kind) {
    case 'nothing':
    case 'goto':
      return { problem: undefined, behind: known }
    case 'prompt':
      return { problem: await promptProblem(text, parsed, known), behind: known }
    case 'command':
      return lookAtCommand(parsed, known, commands)
  }
}

async function promptProblem(
  text: string,
  parsed: Line & { kind: 'prompt' },
  { settings, newFiles, newStyles, engine, place }: KnownBefore,
): Promise<string | undefined> {
  const form = formOf(parsed)
  if (!form.ok) return form.sentence
  const { flags } = parsed
  const flagged = settings && withFlags(flags, settings, engine)
  if (flagged?.ok === false) return flagged.sentence
  const spread = await spreadOf(text, form.count, place)
  if (typeof spread === 'string') return spread
  const files = await missingFile(spread.flatMap(filesIn), { newFiles, place })
  return files ?? (newStyles ? undefined : styleProblem(flags, place))
}

async function lookAtCommand(
  { name, rest }: Line & { kind: 'command' },
  known: KnownBefore,
  commands: readonly Command[],
): Promise<Looked> {
  const found = resolveCommand(name, rest, commands)
  if (found.kind === 'unknown') return { problem: found.sentence, behind: known }
  const { command } = found
  const problemOf = async (line: string) => (await look(line, known, commands)).problem
  const checked = await command.check(found.rest, { ...known, problemOf })
  if (checked && 'problem' in checked) return { problem: checked.problem, behind: known }
  return { problem: undefined, behind: behind(known, command, checked?.settings) }
}

/** What is known behind a command that is as it should be. */
function behind(known: KnownBefore, { changes }: Command, settings: KnownBefore['settings']): KnownBefore {
  return {
    ...known,
    settings: changes.includes('session') || changes.includes('settings') ? settings : known.settings,
    newFiles: known.newFiles || changes.includes('files'),
    newStyles: known.newStyles || changes.includes('styles'),
    ended: changes.includes('end'),
  }
}

/** The files that a line names; of a name without a dot or a slash nobody knows yet whether it is one. */
function filesIn(line: string): readonly string[] {
  const parsed = parseLine(line, NOTHING)
  if (parsed.kind !== 'prompt') return []
  return parsed.named.flatMap((one) => (one.kind === 'file' && /[./\\]/.test(one.path) ? [one.path] : []))
}

const NOTHING = { versions: new Set<number>(), references: [] }

async function styleProblem(flags: readonly Given[], { root }: Place): Promise<string | undefined> {
  const styled = await styleOf(flags, root)
  return styled.ok ? undefined : styled.sentence
}
