import { stat } from 'node:fs/promises'
import type { Command } from '../commands/define.ts'
import { resolveCommand } from '../commands/usage.ts'
import type { Given } from '../core/line/given-flag.ts'
import { type Line, parseLine } from '../core/line/line.ts'
import { withFlags } from '../core/line/line-settings.ts'
import { holdsKey, KEY_REFUSED } from '../core/line/secret.ts'
import { knownIn } from '../core/session/label.ts'
import type { Session } from '../core/session/session.ts'
import type { TurnSettings } from '../core/settings/turn-settings-type.ts'
import type { Place } from '../host/place.ts'
import { styleOf } from '../turn/line-style.ts'
import { formOf, spreadOf } from '../turn/prepare.ts'
import { absolute } from '../turn/read-image.ts'
import type { ScriptLine } from './script.ts'
import { settingsBehind } from './script-settings.ts'

/** What a script begins with. */
type Start = {
  readonly session: Session
  readonly engine: string
  readonly place: Place
  readonly commands: readonly Command[]
  /** Images are saved to a folder as they come. */
  readonly saves: boolean
}

type Wrong = { readonly line: ScriptLine; readonly sentence: string }

/** What is known in front of a line, whatever comes of those before it. */
type KnownBefore = {
  /** Undefined behind a line that leads to another session or engine. */
  settings: TurnSettings | undefined
  /** A line may have made the file that another names. */
  saves: boolean
  /** A line may have made the style that another names. */
  styles: boolean
  /** The lines behind /quit are not run. */
  ended: boolean
}

/** What is surely wrong with the lines of a script: one that cannot be run is found before any other is paid for. */
export async function problemsOf(lines: readonly ScriptLine[], start: Start): Promise<readonly Wrong[]> {
  const known: KnownBefore = {
    settings: start.session.settings,
    saves: start.saves,
    styles: false,
    ended: false,
  }
  const wrong: Wrong[] = []
  for (const line of lines) {
    if (known.ended) break
    const sentence = holdsKey(line.text) ? KEY_REFUSED : await problemOf(line.text, known, start)
    if (sentence !== undefined) wrong.push({ line, sentence })
  }
  return wrong
}

async function problemOf(text: string, known: KnownBefore, start: Start): Promise<string | undefined> {
  const parsed = parseLine(text, knownIn(start.session))
  switch (parsed.kind) {
    case 'nothing':
    case 'goto':
      return undefined
    case 'prompt':
      return promptProblem(text, parsed, known, start)
    case 'command':
      return commandProblem(parsed, known, start)
  }
}

async function promptProblem(
  text: string,
  parsed: Line & { kind: 'prompt' },
  { settings, saves, styles }: KnownBefore,
  { engine, place }: Start,
): Promise<string | undefined> {
  const form = formOf(parsed)
  if (!form.ok) return form.sentence
  const { flags } = parsed
  const flagged = settings && withFlags(flags, settings, engine)
  if (flagged?.ok === false) return flagged.sentence
  const spread = await spreadOf(text, form.count, place)
  if (typeof spread === 'string') return spread
  return (
    (saves ? undefined : await missing(spread.flatMap(filesIn), place)) ??
    (styles ? undefined : styleProblem(flags, place))
  )
}

async function commandProblem(
  { name, rest }: Line & { kind: 'command' },
  known: KnownBefore,
  start: Start,
): Promise<string | undefined> {
  const found = resolveCommand(name, rest, start.commands)
  if (found.kind === 'unknown') return found.sentence
  const { command } = found
  const read = command.read(found.rest)
  if ('problem' in read) return `${read.problem} For example: ${command.example}`
  const { values } = read
  const { saves, styles } = known
  known.saves ||= command.name === 'save'
  known.styles ||= command.name === 'style save'
  switch (command.name) {
    case 'fresh':
      return problemOf(found.rest, known, start)
    case 'retry': {
      const line = parseLine(found.rest, knownIn(start.session))
      return line.kind === 'prompt' ? line.problem : undefined
    }
    case 'ref add':
    case 'batch submit': {
      const files = [values.files ?? values.file].flat().map(String)
      return saves
        ? undefined
        : missing(
            files.filter((file) => !/[*?[{]/.test(file)),
            start.place,
          )
    }
    case 'style': {
      const value = String(values.name ?? 'off')
      return styles ? undefined : styleProblem([{ flag: 'style', name: '/style', value }], start.place)
    }
    case 'quit':
      known.ended = true
      return undefined
    case 'new':
    case 'resume':
    case 'key':
      known.settings = undefined
      return undefined
  }
  const behind = settingsBehind(command.name, values, known.settings, start.engine)
  if (!behind.ok) return behind.sentence
  known.settings = behind.settings
  return undefined
}

/** The files that a line names; of a name without a dot or a slash nobody knows yet whether it is one. */
function filesIn(line: string): readonly string[] {
  const parsed = parseLine(line, NOTHING)
  if (parsed.kind !== 'prompt') return []
  return parsed.named.flatMap((one) => (one.kind === 'file' && /[./\\]/.test(one.path) ? [one.path] : []))
}

const NOTHING = { versions: new Set<number>(), references: [] }

async function missing(paths: readonly string[], place: Place): Promise<string | undefined> {
  for (const path of paths) {
    const there = await stat(absolute(path, place)).then(
      () => true,
      () => false,
    )
    if (!there) return `There is no file ${path}.`
  }
  return undefined
}

async function styleProblem(flags: readonly Given[], { root }: Place): Promise<string | undefined> {
  const styled = await styleOf(flags, root)
  return styled.ok ? undefined : styled.sentence
}
