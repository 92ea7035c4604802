import type { OptionValues } from './arguments.ts'
import { BATCH_VERBS, type BatchCommand, type CliCommand, type CliOptions, wrong } from './command.ts'

/** Reads the arguments of `limn batch`. */
export function readBatch(
  [typed, word, ...more]: readonly string[],
  values: OptionValues,
  common: Omit<CliOptions, 'open'>,
  exists: (path: string) => boolean,
): CliCommand {
  const verb = BATCH_VERBS.find((one) => one === typed)
  if (!verb) {
    const none = typed === undefined ? '' : `; "${typed}" is none of them`
    // A prompt that is sent by mistake costs money.
    return wrong(`limn batch has ${BATCH_VERBS.join(', ')}${none}. Put a prompt in quotes.`)
  }
  const problem = problemOf(verb, word, more, values)
  if (problem !== undefined) return wrong(problem)
  if (verb === 'submit' && word !== undefined && !exists(word)) return wrong(`There is no file ${word}.`)
  const { session } = values
  const open: CliOptions['open'] =
    session === undefined ? { kind: 'new' } : { kind: 'resume', words: session }
  return {
    kind: 'batch',
    verb,
    word: word ?? null,
    yes: values.yes,
    dryRun: values['dry-run'],
    json: values.json,
    options: { ...common, open },
  }
}

function problemOf(
  verb: BatchCommand['verb'],
  word: string | undefined,
  more: readonly string[],
  values: OptionValues,
): string | undefined {
  if (more[0] !== undefined) return `"${more[0]}" is one word too many.`
  if (values.continue) return '--continue cannot be used with limn batch; --session names a session.'
  switch (verb) {
    case 'submit':
      if (word === undefined) return 'limn batch submit needs a file: limn batch submit posters.csv'
      if (values.session?.trim() === '') return '--session needs an id, or words of a session.'
      return undefined
    case 'retry':
    case 'cancel':
      if (word === undefined) return `limn batch ${verb} needs a job: limn batch status lists them.`
      return onlySubmit(values) ?? (verb === 'cancel' && values.yes ? YES_IS_FOR_PRICES : undefined)
    case 'status':
    case 'fetch':
      return onlySubmit(values) ?? (values.yes ? YES_IS_FOR_PRICES : undefined)
  }
}

const YES_IS_FOR_PRICES = '--yes is only for commands that cost money.'

function onlySubmit(values: OptionValues): string | undefined {
  if (values.session !== undefined) return '--session belongs to limn batch submit: a job keeps its session.'
  return values['dry-run'] ? '--dry-run belongs to limn batch submit.' : undefined
}
