import { Box, Text } from 'ink'
import type { Question } from '../../core/event.ts'
import { displayWidth } from '../../text/graphemes.ts'
import { cut } from '../../text/wrap.ts'
import { theme } from '../theme.ts'
import { GUTTER, type KeyCell, type KeyPages, keyPages } from './help-pages.ts'
import { type Layer, type LayerStep, NO_STEP, type Scene, SMALL_WINDOW } from './layer.ts'

type Help = {
  /** Null while it is closed. */
  readonly page: number | null
  /** The question that was open when the help was opened: a new one closes the help, so that it is seen. */
  readonly question: Question | null
}

const CLOSED: Help = { page: null, question: null }

const isShown = ({ page }: Help) => page !== null
const close = (): LayerStep<Help> => ({ own: CLOSED })

/** The keys of the layers below, as they are bound now. */
export const keyHelp: Layer<Help> = {
  title: 'Key help',
  about:
    'On an empty prompt. It shows the keys that do something at that moment. A key that is not in this table closes the help and does what it usually does. A `?` after other letters is text.',
  initial: CLOSED,
  bindings: [
    {
      keys: ['?'],
      does: 'show these keys; again: next page, or close',
      bound: (_, { editor }) => editor.text === '',
      press: (own, scene) => {
        if (own.page === null) return { own: { page: 0, question: questionIn(scene) } }
        const next = own.page + 1
        return next < pagesIn(scene).pages.length ? { own: { ...own, page: next } } : close()
      },
    },
    { keys: ['escape', 'ctrl-c'], does: 'close the help', bound: isShown, press: close },
    {
      // The same as the line `?`.
      keys: ['enter'],
      does: 'close the help and list the commands; an open question stays open',
      bound: isShown,
      press: (_, scene) =>
        questionIn(scene) ? close() : { own: CLOSED, effects: [{ kind: 'submit', line: '?' }] },
    },
  ],
  elsewhere: (own) => (isShown(own) ? close() : NO_STEP),
  follow: (own, scene) => (isShown(own) && questionIn(scene) !== own.question ? close() : NO_STEP),
  view: {
    slot: 'answer',
    rows: (own, scene) => {
      if (own.page === null) return { least: 0, most: 0 }
      const height = Math.max(0, ...(pagesIn(scene).pages[own.page] ?? []).map((column) => column.length))
      return { least: 1, most: height + ownRows(scene) }
    },
    alone: isShown,
    draw: (own, scene, { columns, rows }) => {
      const { pages } = pagesIn(scene)
      const foot = footOf(own.page ?? 0, pages.length, questionIn(scene) !== null)
      return <KeyPage {...pagesIn(scene)} page={own.page ?? 0} foot={cut(foot, columns)} rows={rows} />
    },
  },
}

function questionIn({ screen }: Scene): Question | null {
  return screen?.question ?? null
}

/** The pages, in the rows that are left beside the other layers and the help's own empty rows and last row. */
function pagesIn(scene: Scene): KeyPages {
  const gap = 1
  const prompt = 1
  const status = 1
  const progress = scene.screen?.lane.kind === 'turn' ? 1 : 0
  const others = isSmall(scene) ? 0 : gap + prompt + status + progress
  return keyPages(scene.keysBelow(), scene.columns, scene.rows - 1 - others - ownRows(scene))
}

function isSmall({ rows }: Scene): boolean {
  return rows < SMALL_WINDOW
}

/** The row under the keys and, where there is room, an empty row above and below them. */
function ownRows(scene: Scene): number {
  return isSmall(scene) ? 1 : 3
}

function footOf(page: number, of: number, asked: boolean): string {
  if (of > 1) return `${page + 1} of ${of} · ?: next page · Esc: close`
  return asked ? 'Any key closes this help.' : 'Enter: list the commands · any other key: close'
}

type Props = KeyPages & { readonly page: number; readonly foot: string; readonly rows: number }

function KeyPage({ columns, keyColumns, pages, page, foot, rows }: Props) {
  const shown = pages[page] ?? []
  const height = Math.max(0, ...shown.map((column) => column.length))
  const airy = rows > height + 2
  const places = Array.from({ length: Math.min(height, rows - 1) }, (_, row) => row)
  return (
    <Box flexDirection="column">
      {airy && <Text> </Text>}
      {places.map((row) => (
        <Text key={row} wrap="truncate-end">
          {shown.map((column, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the columns of one page never move
            <Text key={index}>
              {index > 0 && ' '.repeat(GUTTER)}
              <KeyText cell={column[row]} columns={columns} keyColumns={keyColumns} />
            </Text>
          ))}
        </Text>
      ))}
      {airy && <Text> </Text>}
      <Text {...theme.dim} wrap="truncate-end">
        {foot}
      </Text>
    </Box>
  )
}

type CellProps = { readonly cell: KeyCell | undefined; readonly columns: number; readonly keyColumns: number }

function KeyText({ cell = { kind: 'blank' }, columns, keyColumns }: CellProps) {
  switch (cell.kind) {
    case 'blank':
      return <Text>{' '.repeat(columns)}</Text>
    case 'heading':
      return <Text {...theme.accent}>{padded(cell.text, columns)}</Text>
    case 'key':
      return (
        <Text>
          {padded(cell.keys, keyColumns + GUTTER)}
          <Text {...theme.dim}>{padded(cell.does, columns - keyColumns - GUTTER)}</Text>
        </Text>
      )
  }
}

/** The text in exactly this many columns. */
function padded(text: string, columns: number): string {
  const short = cut(text, columns)
  return short + ' '.repeat(Math.max(0, columns - displayWidth(short)))
}
