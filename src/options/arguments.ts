import { parseArgs } from 'node:util'
import type { CliOptions } from './command.ts'

/** Parses every flag of limn and of its subcommands. */
export function parseArguments(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      model: { type: 'string', short: 'm' },
      graphics: { type: 'string' },
      practice: { type: 'boolean', default: false },
      'practice-faults': { type: 'string' },
      continue: { type: 'boolean', short: 'c', default: false },
      resume: { type: 'boolean', short: 'r', default: false },
      prompt: { type: 'string', short: 'p' },
      output: { type: 'string', short: 'o' },
      force: { type: 'boolean', default: false },
      out: { type: 'string' },
      session: { type: 'string' },
      live: { type: 'boolean', default: false },
      'keep-going': { type: 'boolean', short: 'k', default: false },
      yes: { type: 'boolean', short: 'y', default: false },
      'dry-run': { type: 'boolean', default: false },
      cells: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      version: { type: 'boolean', short: 'v', default: false },
    },
  })
}

export type OptionValues = ReturnType<typeof parseArguments>['values']

/** The options that limn and all its subcommands share. */
export function common(values: OptionValues, graphics: CliOptions['graphics']): Omit<CliOptions, 'open'> {
  return {
    files: [],
    line: '',
    first: '',
    model: values.model ?? null,
    graphics,
    yes: values.yes,
    practice: values.practice || values['practice-faults'] !== undefined,
    faults: values['practice-faults'] ?? null,
  }
}
