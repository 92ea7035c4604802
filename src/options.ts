import { extname } from 'node:path'
import { parseArgs } from 'node:util'
import { type BatchCommand, readBatch } from './batch-options.ts'
import { saveFormat } from './core/save-format.ts'
import { PERIODS, type Period } from './core/spending.ts'

export type Options = {
  readonly files: readonly string[]
  /** Sent by who builds the road, whatever becomes of the files. */
  readonly line: string
  /** Sent by the road itself when every file has been brought in, else put on the prompt. */
  readonly first: string
  readonly model: string | null
  readonly graphics: (typeof GRAPHICS)[number] | null
  readonly practice: boolean
  /** Sends also what is dearer than `askAbove`. */
  readonly yes: boolean
  readonly faults: string | null
  readonly open:
    | { readonly kind: 'new' }
    | { readonly kind: 'continue' }
    | { readonly kind: 'resume'; readonly words: string }
}

export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly sentence: string }
  | { readonly kind: 'session'; readonly options: Options }
  /** One line without a screen. */
  | {
      readonly kind: 'one-turn'
      readonly options: Options
      readonly output: string | null
      /** Write over a file that is there. */
      readonly force: boolean
      /** Tell what would be sent, and send nothing. */
      readonly dryRun: boolean
    }
  /** The lines of a file, without a screen. */
  | {
      readonly kind: 'run'
      readonly options: Options
      /** `-` is stdin. */
      readonly file: string
      /** A folder that every image is saved to as well. */
      readonly out: string | null
      readonly json: boolean
    }
  /** Images as limn draws them, for scripts and for comparing. */
  | {
      readonly kind: 'show'
      readonly files: readonly string[]
      readonly graphics: Options['graphics']
      readonly cells: { readonly columns: number; readonly rows: number } | null
    }
  | {
      readonly kind: 'doctor'
      readonly json: boolean
      /** Check the live service. */
      readonly live: boolean
      readonly options: Options
    }
  | BatchCommand
  | { readonly kind: 'cost'; readonly period: Period; readonly json: boolean }

const GRAPHICS = ['auto', 'kitty', 'iterm2', 'sixel', 'blocks', 'none'] as const

/** What the arguments ask for. `exists` tells whether a word names a file. */
export function readOptions(argv: readonly string[], exists: (path: string) => boolean): Command {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(argv)
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
    return show(named, graphics, values.cells, exists)
  }
  if (verb === 'run' && named.length === 1 && named[0]) return run(named[0], values, graphics, exists)
  if (verb === 'batch' && values.prompt === undefined && !values.resume) {
    return readBatch(named, values, common(values, graphics))
  }
  if (values.out !== undefined || values.session !== undefined)
    return wrong('--out and --session belong to limn run: limn run moods.limn --out moods')
  if (verb === 'doctor' && named.length === 0 && !values.resume && !exists(verb))
    return doctor(values, graphics)
  if (values.live) return wrong('--live belongs to limn doctor: limn doctor --live')
  if (verb === 'cost' && !values.resume) return cost(named, values.json)
  if (values.cells !== undefined)
    return wrong('--cells belongs to limn show: limn show fox.png --cells 80x40')
  if (values.continue && values.resume) return wrong('--continue and --resume exclude each other.')
  const resumed = values.resume === true
  const words = resumed ? positionals : positionals.filter((word) => !exists(word))
  const files = resumed ? [] : positionals.filter((word) => exists(word))
  const missing = resumed ? undefined : words.find(looksLikeFile)
  if (missing !== undefined) return wrong(`There is no file ${missing}.`)
  const options: Options = {
    ...common(values, graphics),
    files,
    first: resumed ? '' : words.join(' '),
    open: resumed
      ? { kind: 'resume', words: words.join(' ') }
      : { kind: values.continue ? 'continue' : 'new' },
  }
  if (values.json) return wrong('--json belongs to limn doctor, limn run, limn batch and limn cost.')
  if (values.prompt !== undefined) return oneTurn(values.prompt, values, options, exists)
  if (values.output !== undefined) return wrong('-o belongs to -p: limn -p "a red fox" -o fox.png')
  if (values['dry-run'])
    return wrong('--dry-run belongs to -p and limn batch submit: limn -p "a red fox" --dry-run')
  return { kind: 'session', options }
}

type Values = ReturnType<typeof parse>['values']

/** What every way to start limn takes. */
function common(values: Values, graphics: Options['graphics']): Omit<Options, 'open'> {
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

function run(
  file: string,
  values: Values,
  graphics: Options['graphics'],
  exists: (path: string) => boolean,
): Command {
  if (file !== '-' && !exists(file)) return wrong(`There is no file ${file}.`)
  const alone = (['prompt', 'output', 'cells', 'resume'] as const).find((name) => values[name])
  if (alone !== undefined) return wrong(`--${alone} does not go with limn run.`)
  const { session, out } = values
  if (session !== undefined && values.continue) return wrong('--continue and --session exclude each other.')
  if (session?.trim() === '')
    return wrong('--session wants an id, or words of a session: --session "red fox"')
  if (out === '') return wrong('--out wants a folder: limn run moods.limn --out moods')
  const open: Options['open'] =
    session === undefined
      ? { kind: values.continue ? 'continue' : 'new' }
      : { kind: 'resume', words: session }
  return {
    kind: 'run',
    options: { ...common(values, graphics), open },
    file,
    out: out ?? null,
    json: values.json,
  }
}

function doctor(values: Values, graphics: Options['graphics']): Command {
  const { json, live } = values
  const options: Options = { ...common(values, graphics), open: { kind: 'new' } }
  return { kind: 'doctor', json, live, options }
}

function cost(words: readonly string[], json: boolean): Command {
  const typed = words.join(' ').toLowerCase()
  const period = typed === '' ? 'today' : PERIODS.find((one) => one === typed)
  return period === undefined
    ? wrong(`limn cost takes ${PERIODS.join(', ')}; a prompt that begins with cost goes in quotes.`)
    : { kind: 'cost', period, json }
}

function oneTurn(
  line: string,
  { output, force, 'dry-run': dryRun }: Values,
  options: Options,
  exists: (path: string) => boolean,
): Command {
  if (line.trim() === '') return wrong('-p wants a prompt: limn -p "a red fox" -o fox.png')
  // Half of a line, or a line without its image, is another picture than the one that was meant.
  if (options.first !== '')
    return wrong(`"${options.first}" is no file; the whole line of -p goes in quotes.`)
  if (output === '') return wrong('-o wants a path: limn -p "a red fox" -o fox.png')
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
  }
}

/** Why no image can be saved under this name. */
export function endingProblem(path: string): string | undefined {
  const wanted = saveFormat(/[/\\]$/.test(path) ? '' : extname(path))
  return wanted.ok ? undefined : wanted.sentence
}

function show(
  files: readonly string[],
  graphics: Options['graphics'],
  typed: string | undefined,
  exists: (path: string) => boolean,
): Command {
  const missing = files.find((file) => !exists(file))
  if (missing !== undefined) return wrong(`There is no file ${missing}.`)
  if (typed === undefined) return { kind: 'show', files, graphics, cells: null }
  const [, columns, rows] = /^(\d{1,4})x(\d{1,4})$/i.exec(typed) ?? []
  if (!Number(columns) || !Number(rows))
    return wrong(`--cells is columns x rows, such as 80x40; "${typed}" is not.`)
  return { kind: 'show', files, graphics, cells: { columns: Number(columns), rows: Number(rows) } }
}

function parse(argv: readonly string[]) {
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
      yes: { type: 'boolean', short: 'y', default: false },
      'dry-run': { type: 'boolean', default: false },
      cells: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      version: { type: 'boolean', short: 'v', default: false },
    },
  })
}

/** A word with the ending of an image, or a path: not a prompt that happens to have no such file. */
function looksLikeFile(word: string): boolean {
  return (
    !/\s/.test(word) &&
    (/\.(?:png|jpe?g|webp|gif|avif|heic|heif|tiff?|bmp|svg)$/i.test(word) || /^[~.]{0,2}\//.test(word))
  )
}

function wrong(sentence: string): Command {
  return { kind: 'wrong', sentence }
}

function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const [first = message] = message.split(/\. /)
  return `${first.replace(/\.$/, '')}.`
}

export const HELP = `limn: type a line, the picture changes, the picture appears under the line.

  limn [image...]             open, with these images as the first versions
  limn "a red fox"            open, with this as the first line
  limn --continue             go on where this folder's newest session stopped
  limn --resume [words]       go on with another session, by id or by words of it
  limn -p "a red fox" -o fox.png
                              one turn without a screen: the image's path on stdout
  limn run moods.limn [--out DIR] [--session WORDS] [--json]
                              the lines of a file, one after another (docs/scripts.md)
  limn batch submit rows.csv [--session WORDS] [--dry-run] [--yes] [--json]
                              hundreds of images at half the price, within a day (docs/batch.md)
  limn batch status|fetch|retry|cancel [JOB] [--yes] [--json]
                              what became of them; their images as versions of a session
  limn show fox.png [--cells 80x40]
                              draw images as limn draws them
  limn cost [session|today|month|all] [--json]
                              what was spent, by day and model
  limn doctor [--json]        what this terminal can show, and what else a bug report needs
  limn doctor --live [--yes] [--json]
                              check what was never tried on the live service, for a price
                              that it says and asks for first (docs/unverified.md)

  -m, --model MODEL           nano (default), pro, lite, nb2, nb1, or a model's id
      --graphics HOW          auto, kitty, iterm2, sixel, blocks or none
      --practice              the practice engine: not AI, no key, free
      --practice-faults LIST  make the practice engine fail, to try it (docs/practice.md)
      --dry-run               with -p: what would be sent, and what it would cost; sends nothing
  -y, --yes                   send also what limn would ask about for its price
  -c, --continue   -r, --resume   -p, --prompt   -o, --output   --force
  -h, --help       -v, --version

The key is taken from GEMINI_API_KEY or GOOGLE_API_KEY, or set inside with /key.
Without a key limn opens with the practice engine. /help inside lists the commands.
`
