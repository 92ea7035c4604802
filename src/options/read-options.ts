import { GRAPHICS } from '../core/graphics.ts'
import { PERIODS } from '../core/money/spending.ts'
import { common, type OptionValues, parseArguments } from './arguments.ts'
import { type CliCommand, type CliOptions, wrong } from './command.ts'
import { readBatch } from './read-batch.ts'
import { readOneTurn } from './read-one-turn.ts'
import { readRun } from './read-run.ts'
import { readShow } from './read-show.ts'

/** Reads the arguments of limn. `exists` says whether a word names a file. */
export function readOptions(argv: readonly string[], exists: (path: string) => boolean): CliCommand {
  let parsed: ReturnType<typeof parseArguments>
  try {
    parsed = parseArguments(argv)
  } catch (error) {
    return wrong(firstSentence(error))
  }
  const { values, positionals } = parsed
  if (values.help) return { kind: 'help' }
  if (values.version) return { kind: 'version' }
  const graphics = GRAPHICS.find((one) => one === values.graphics) ?? null
  if (values.graphics !== undefined && graphics === null) {
    return wrong(`--graphics is one of ${GRAPHICS.join(', ')}; "${values.graphics}" is not.`)
  }
  const [verb, ...named] = positionals
  if (verb === 'show' && named.length > 0 && named.every((word) => exists(word) || looksLikeFile(word))) {
    return readShow(named, graphics, values.cells, exists)
  }
  if (verb === 'run' && named.length === 1 && named[0]) return readRun(named[0], values, graphics, exists)
  if (verb === 'batch' && values.prompt === undefined && !values.resume) {
    return readBatch(named, values, common(values, graphics), exists)
  }
  if (values.out !== undefined || values.session !== undefined)
    return wrong('--out and --session belong to limn run: limn run moods.limn --out moods')
  if (values['keep-going']) return wrong('--keep-going belongs to limn run: limn run moods.limn --keep-going')
  if (verb === 'doctor' && named.length === 0 && !values.resume && !exists(verb))
    return doctor(values, graphics)
  if (values.live) return wrong('--live belongs to limn doctor: limn doctor --live')
  if (verb === 'cost' && !values.resume) return cost(named, values.json)
  if (values.cells !== undefined)
    return wrong('--cells belongs to limn show: limn show fox.png --cells 80x40')
  if (values.continue && values.resume) return wrong('--continue and --resume cannot be used together.')
  const resumed = values.resume === true
  const words = resumed ? positionals : positionals.filter((word) => !exists(word))
  const files = resumed ? [] : positionals.filter((word) => exists(word))
  const missing = resumed ? undefined : words.find(looksLikeFile)
  if (missing !== undefined) return wrong(`There is no file ${missing}.`)
  const options: CliOptions = {
    ...common(values, graphics),
    files,
    first: resumed ? '' : words.join(' '),
    open: resumed
      ? { kind: 'resume', words: words.join(' ') }
      : { kind: values.continue ? 'continue' : 'new' },
  }
  if (values.prompt !== undefined) return readOneTurn(values.prompt, values, options, exists)
  if (values.json) return wrong('--json belongs to limn -p, limn run, limn batch, limn cost and limn doctor.')
  if (values.output !== undefined) return wrong('-o belongs to -p: limn -p "a red fox" -o fox.png')
  if (values['dry-run'])
    return wrong('--dry-run belongs to -p and limn batch submit: limn -p "a red fox" --dry-run')
  return { kind: 'session', options }
}

function doctor(values: OptionValues, graphics: CliOptions['graphics']): CliCommand {
  const { json, live } = values
  const options: CliOptions = { ...common(values, graphics), open: { kind: 'new' } }
  return { kind: 'doctor', json, live, options }
}

function cost(words: readonly string[], json: boolean): CliCommand {
  const typed = words.join(' ').toLowerCase()
  const period = typed === '' ? 'today' : PERIODS.find((one) => one === typed)
  return period === undefined
    ? wrong(`limn cost takes ${PERIODS.join(', ')}; put a prompt that begins with cost in quotes.`)
    : { kind: 'cost', period, json }
}

/** Whether a word has the ending of an image or is a path, so that it is a missing file and not a prompt. */
function looksLikeFile(word: string): boolean {
  return (
    !/\s/.test(word) &&
    (/\.(?:png|jpe?g|webp|gif|avif|heic|heif|tiff?|bmp|svg)$/i.test(word) || /^[~.]{0,2}\//.test(word))
  )
}

function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const [first = message] = message.split(/\. /)
  return `${first.replace(/\.$/, '')}.`
}
