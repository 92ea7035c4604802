import { TURN_SETTINGS } from '../settings/turn-settings.ts'
import type { FlagName, Given } from './given-flag.ts'

/** What follows a flag: nothing, one word, or words up to the next flag. */
type Takes = 'nothing' | 'word' | 'words' | 'maybe-word'

export type FlagRow = {
  readonly flag: FlagName
  /** Without the dashes; the first is what `/help` shows. */
  readonly names: readonly string[]
  readonly takes: Takes
  readonly about: string
}

/** Flags at the end of a line, including those that people paste from Midjourney. */
export const FLAGS: readonly FlagRow[] = [
  ...TURN_SETTINGS.map(
    ({ name, aliases = [], meaning, line: { flag = {} } }): FlagRow => ({
      flag: name,
      names: flag.names ?? [name, ...aliases],
      takes: flag.takes ?? (flag.alone === undefined ? 'word' : 'maybe-word'),
      about: meaning,
    }),
  ),
  {
    flag: 'fresh',
    names: ['fresh'],
    takes: 'nothing',
    about: 'a new image: nothing of what came before is sent',
  },
  {
    flag: 'n',
    names: ['n', 'repeat', 'r'],
    takes: 'word',
    about: 'how many images to make of this line, side by side',
  },
  { flag: 'style', names: ['style'], takes: 'word', about: 'a style for this line alone, or off' },
  { flag: 'no', names: ['no'], takes: 'words', about: 'what to leave out of the image' },
  {
    flag: 'dry-run',
    names: ['dry-run'],
    takes: 'nothing',
    about: 'shows what would be sent and what it would cost; nothing is sent',
  },
  {
    flag: 'style-reference',
    names: ['sref'],
    takes: 'words',
    about: 'images whose style this line follows: files, versions or references',
  },
  {
    flag: 'character-reference',
    names: ['cref', 'oref'],
    takes: 'words',
    about: 'images whose character this line shows',
  },
  {
    flag: 'foreign',
    names: [
      ...['v', 'version', 's', 'stylize', 'c', 'chaos', 'q', 'quality', 'raw', 'iw', 'sw', 'cw', 'ow'],
      ...['niji', 'weird', 'w', 'tile', 'stop', 'fast', 'relax', 'turbo', 'draft', 'p', 'profile', 'exp'],
    ],
    takes: 'maybe-word',
    about: "Midjourney's own flags, which are not sent",
  },
]

/** `--ar, --ratio, --aspect VALUE` */
export function flagUsage({ flag, names, takes }: FlagRow): string {
  const all = (flag === 'foreign' ? names.slice(0, 9) : names).map((name) => `--${name}`).join(', ')
  switch (takes) {
    case 'nothing':
      return all
    case 'word':
      return `${all} VALUE`
    case 'words':
      return `${all} WORDS`
    case 'maybe-word':
      return `${all} [VALUE]`
  }
}

/** The flags at the end of a line, and where they begin; or what is wrong with them. */
export type Tail =
  | { readonly ok: true; readonly at: number; readonly given: readonly Given[] }
  | { readonly ok: false; readonly sentence: string }

/** Some keyboards turn two hyphens into one long dash; a single hyphen makes a flag only of `n`. */
const DASHED = /(?<=^|\s)(?:--|—|–)(?<name>[a-z][\w-]*)(?:=(?=\S))?|(?<=^|\s)-(?<short>n)(?=[\s=]|$)=?/giu

type Spot = { readonly start: number; readonly end: number; readonly typed: string; readonly row?: FlagRow }

/** `quoted` says whether a place in the line is inside quotation marks, where everything is text. */
export function tailOf(line: string, quoted: (at: number) => boolean): Tail {
  const spots = [...line.matchAll(DASHED)].flatMap((match): readonly Spot[] => {
    const { name, short = name ?? '' } = match.groups ?? {}
    const typed = short.toLowerCase()
    const row = FLAGS.find(({ names }) => names.includes(typed))
    // A long dash before a word may be just a dash: only two hyphens make a flag of any word.
    if (quoted(match.index) || (!row && !match[0].startsWith('--'))) return []
    const spot = { start: match.index, end: match.index + match[0].length, typed: match[0] }
    return [row ? { ...spot, row } : spot]
  })
  const given: Given[] = []
  for (const [index, spot] of spots.entries()) {
    const next = spots[index + 1]
    const behind = line.slice(spot.end, next?.start).trim()
    const problem = problemOf(spot, behind)
    if (problem !== undefined) return { ok: false, sentence: problem }
    if (!spot.row) continue
    const { flag } = spot.row
    // With several files, the quotation marks separate them.
    const list = flag === 'style-reference' || flag === 'character-reference'
    given.push({ flag, name: spot.typed, value: list ? behind : unquoted(behind) })
  }
  return { ok: true, at: spots[0]?.start ?? line.length, given }
}

function problemOf({ row, typed }: Spot, behind: string): string | undefined {
  const name = typed.replace(/=$/, '')
  if (!row) {
    return `There is no flag ${name}; /help flags lists them. To send it as text, put it in quotation marks or type \\${name}.`
  }
  const words = behind === '' ? 0 : /^"[^"]*"$/.test(behind) ? 1 : behind.split(/\s+/).length
  const most = { nothing: 0, word: 1, 'maybe-word': 1, words: Number.POSITIVE_INFINITY }[row.takes]
  if (words > most) {
    const first = behind.split(/\s+/).slice(most).join(' ')
    return `"${first}" comes after ${name}, but flags go at the end of the line. To send ${name} as text, put it in quotation marks or type \\${name}.`
  }
  if (words === 0 && (row.takes === 'word' || row.takes === 'words')) {
    return `${name} needs a value: ${row.about}.`
  }
  return undefined
}

/** Whether only to show what a line would send. */
export function isDry(flags: readonly Given[]): boolean {
  return flags.some(({ flag }) => flag === 'dry-run')
}

/** The most images of one line; more are for a batch. */
export const MOST_IMAGES = 16

/** How many images of each line are asked for, or what is wrong with it. */
export function countOf(flags: readonly Given[]): number | string {
  const given = flags.findLast(({ flag }) => flag === 'n')
  if (!given) return 1
  const count = /^\d+$/.test(given.value) ? Number(given.value) : 0
  if (count >= 1 && count <= MOST_IMAGES) return count
  return `${given.name} takes a whole number of images, 1 to ${MOST_IMAGES}, not "${given.value}".`
}

function unquoted(text: string): string {
  return /^"([^"]*)"$/.exec(text)?.[1] ?? text
}
