import type { OptionValues } from './arguments.ts'
import { type CliCommand, type CliOptions, wrong } from './command.ts'
import { endingProblem } from './extension-problem.ts'

/** Reads the arguments of `limn -p LINE`. */
export function readOneTurn(
  line: string,
  { output, force, json, 'dry-run': dryRun }: OptionValues,
  options: CliOptions,
  exists: (path: string) => boolean,
): CliCommand {
  if (line.trim() === '') return wrong('-p needs a prompt: limn -p "a red fox" -o fox.png')
  // Half of a line, or a line without its image, would make another picture than the one that was meant.
  if (options.first !== '')
    return wrong(`"${options.first}" is not a file; put the whole line of -p in quotes.`)
  if (output === '') return wrong('-o needs a path: limn -p "a red fox" -o fox.png')
  // A folder may have any name.
  const ending = output === undefined || exists(output) ? undefined : endingProblem(output)
  if (ending !== undefined) return wrong(ending)
  const flag = /\s(?:--|—)dry-run\s*$/.exec(line)
  return {
    kind: 'one-turn',
    options: { ...options, line: flag ? line.slice(0, flag.index) : line, first: '' },
    output: output ?? null,
    force,
    dryRun: dryRun || flag !== null,
    json,
  }
}
