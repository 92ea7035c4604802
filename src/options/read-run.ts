import { common, type OptionValues } from './arguments.ts'
import { type CliCommand, type CliOptions, wrong } from './command.ts'

/** Reads the arguments of `limn run FILE`. */
export function readRun(
  file: string,
  values: OptionValues,
  graphics: CliOptions['graphics'],
  exists: (path: string) => boolean,
): CliCommand {
  if (file !== '-' && !exists(file)) return wrong(`There is no file ${file}.`)
  const alone = (['prompt', 'output', 'cells', 'resume'] as const).find((name) => values[name])
  if (alone !== undefined) return wrong(`--${alone} cannot be used with limn run.`)
  const { session, out } = values
  if (session !== undefined && values.continue)
    return wrong('--continue and --session cannot be used together.')
  if (session?.trim() === '')
    return wrong('--session needs an id, or words of a session: --session "red fox"')
  if (out === '') return wrong('--out needs a folder: limn run moods.limn --out moods')
  const open: CliOptions['open'] =
    session === undefined
      ? { kind: values.continue ? 'continue' : 'new' }
      : { kind: 'resume', words: session }
  return {
    kind: 'run',
    options: { ...common(values, graphics), open },
    file,
    out: out ?? null,
    json: values.json,
    keepGoing: values['keep-going'],
  }
}
