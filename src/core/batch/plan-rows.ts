import { clip } from '../clip-text.ts'
import { holdsKey } from '../line/secret.ts'
import { CATALOGUE, findModel, type Model } from '../models/model-catalogue.ts'
import { fitSettings, withChange } from '../settings/turn-settings.ts'
import type { TurnSettings } from '../settings/turn-settings-type.ts'
import type { RowCells, RowProblem } from './columns.ts'

/** A row that can be sent. Its name is unique in the file, since answers are identified by it. */
export type PromptRow = {
  readonly line: number
  readonly name: string
  readonly prompt: string
  readonly settings: TurnSettings
  /** Paths as they are written. */
  readonly refs: readonly string[]
}

export type Planned = {
  readonly rows: readonly PromptRow[]
  readonly problems: readonly RowProblem[]
  /** What was read differently from how it is written. */
  readonly notes: readonly string[]
}

/** In characters. */
const LONGEST_NAME = 80

/** Every row of a file, and everything that is wrong with any: nothing is sent while something is wrong. */
export function planRows(all: readonly RowCells[], usual: TurnSettings): Planned {
  const problems: RowProblem[] = all.length === 0 ? [{ line: 0, sentence: 'The file has no rows.' }] : []
  const notes: string[] = []
  const names = namesOf(all, notes)
  const rows = all.flatMap(({ line, cells }, index): PromptRow[] => {
    const prompt = cells.prompt?.trim() ?? ''
    const { model, replaced } = findModel(given(cells.model) ?? usual.model)
    const refs = refsOf(cells.refs)
    const wrong = [
      ...(prompt === '' ? ['The prompt is missing.'] : []),
      ...(holdsKey(prompt) ? ['There is an API key in the prompt.'] : []),
      ...modelProblems(given(cells.model), model),
      ...settingProblems(cells, model),
      ...refsProblems(refs.length, model),
    ]
    problems.push(...wrong.map((sentence) => ({ line, sentence })))
    if (replaced !== undefined) {
      notes.push(`Line ${line}: ${replaced} is switched off; ${model.id} has taken its place.`)
    }
    const settings = settingsOf(cells, model, usual)
    return wrong.length > 0 ? [] : [{ line, name: names[index] ?? '', prompt, settings, refs }]
  })
  return { rows, problems, notes }
}

function given(cell: string | undefined): string | undefined {
  return cell?.trim() || undefined
}

function refsOf(cell: string | undefined): readonly string[] {
  return (cell ?? '').split(';').flatMap((path) => given(path) ?? [])
}

function modelProblems(word: string | undefined, model: Model): readonly string[] {
  if (word === undefined || model.known || word.startsWith('models/')) return []
  const aliases = CATALOGUE.flatMap(({ alias }) => alias ?? []).join(', ')
  return [
    `limn does not know the model "${word}"; it knows ${aliases} and their ids. models/ID sends an id as it is.`,
  ]
}

/** What the row asks for that its model does not take. */
function settingProblems({ ar, size }: RowCells['cells'], model: Model): readonly string[] {
  const [ratio, wanted] = [given(ar)?.toLowerCase(), given(size)?.toUpperCase()]
  const problems: string[] = []
  if (ratio !== undefined && ratio !== 'auto' && !model.ratios.includes(ratio)) {
    problems.push(`${model.name} has no ratio "${ratio}"; it has auto, ${model.ratios.join(', ')}.`)
  }
  if (wanted !== undefined && !sizesOf(model).includes(wanted)) {
    problems.push(`${model.name} has no size "${wanted}"; it has ${sizesOf(model).join(', ')}.`)
  }
  return problems
}

function refsProblems(count: number, { name, images }: Model): readonly string[] {
  if (count <= images.most) return []
  return [`${name} takes ${images.most} images (${images.note}), and this row has ${count}.`]
}

/** A model that takes no size still makes images of one size. */
function sizesOf({ sizes }: Model): readonly string[] {
  return sizes.length > 0 ? sizes : ['1K']
}

/** What the row leaves open is taken from the session, as far as its model takes that. */
function settingsOf({ ar, size }: RowCells['cells'], model: Model, usual: TurnSettings): TurnSettings {
  const [ratio, wanted] = [given(ar)?.toLowerCase(), given(size)?.toUpperCase()]
  const fitting = withChange({ ...usual, model: model.id }, fitSettings(model, usual).change)
  return {
    // A job has a tier of its own, at half the price.
    ...withChange(fitting, { tier: null }),
    ...(ratio === undefined ? {} : { aspect: ratio }),
    ...(wanted === undefined ? {} : { size: wanted }),
  }
}

/** A name for each row. A name that appears twice gets a number; one from the file goes before one that is made. */
function namesOf(all: readonly RowCells[], notes: string[]): readonly string[] {
  const taken = new Set(
    all.flatMap(({ cells }) => (given(cells.name) ? [keyOf(tidy(cells.name ?? ''))] : [])),
  )
  const met = new Set<string>()
  return all.map(({ line, cells }) => {
    const written = tidy(cells.name ?? '')
    const name = written || madeFrom(cells.prompt ?? '')
    const first = written === '' ? !taken.has(keyOf(name)) : !met.has(keyOf(name))
    const unique = first ? name : numbered(name, taken)
    taken.add(keyOf(unique))
    met.add(keyOf(unique))
    if (written !== '' && unique !== name)
      notes.push(`Line ${line}: "${name}" is taken, so the row is named "${unique}".`)
    return unique
  })
}

function numbered(name: string, taken: ReadonlySet<string>): string {
  for (let number = 2; ; number++) {
    const other = `${name}-${number}`
    if (!taken.has(keyOf(other))) return other
  }
}

/** Names have to differ in more than case, as those of files do on many disks. */
function keyOf(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

function tidy(name: string): string {
  return clip(name.replace(/\p{Cc}+/gu, ' '), LONGEST_NAME)
}

/** `a-red-fox-in-snow`: the first words of the prompt. */
function madeFrom(prompt: string): string {
  const words = prompt.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  return tidy(words.slice(0, 5).join('-')) || 'row'
}
