import { Box, Text } from 'ink'
import type { ReactNode } from 'react'
import { cut, inSight, padded, placeOf, type TextRow, wrap } from '../../text/wrap.ts'
import { chipTheme, theme } from '../theme.ts'
import { Cursor } from './Cursor.tsx'
import type { Chip } from './editor.ts'
import { promptSpace } from './promptSpace.ts'

type Props = {
  /** What the next line edits, without the `›`: `v9`, or `from v3 · + v6`. */
  readonly label: string
  readonly text: string
  readonly cursor: number
  readonly chips: readonly Chip[]
  /** limn has put the text here and the user has not touched it yet: it is dim. */
  readonly offered?: boolean
  readonly columns: number
  /** The most rows to draw, including the hint. */
  readonly rows: number
  /** Rows of the live area above the prompt, to place the terminal's cursor. */
  readonly top: number
  /** Keys go here; otherwise there is no cursor. */
  readonly active: boolean
  /** Shown dim while there is no text. */
  readonly placeholder?: string
  /** A row under the text, where there is room. */
  readonly hint?: string
}

export function Prompt(props: Props) {
  const { label, text, cursor, chips, offered, columns, rows, top, active, placeholder, hint } = props
  const { lead, space } = promptSpace(label, columns)
  const all = wrap(text, space)
  const place = placeOf(text, all, cursor, columns)
  const hinted = hint !== undefined && hint !== '' && rows > 1
  const seen = inSight(all.length, place.row, hinted ? rows - 1 : rows)
  const shown = all.slice(seen.start, seen.end)
  return (
    <Box flexDirection="column">
      {shown.map((row, index) => (
        <Text key={row.start} wrap="truncate-end">
          <Margin row={row} lead={lead} scrolled={index === 0 && seen.start > 0} opens={row === all[0]} />
          {text === '' && placeholder ? (
            <Text {...theme.dim}>{cut(placeholder, columns - space.first - 1)}</Text>
          ) : offered ? (
            <Text {...theme.dim}>{text.slice(row.start, row.end)}</Text>
          ) : (
            painted(text, row, chips)
          )}
        </Text>
      ))}
      {hinted && <Text {...theme.dim}>{cut(hint, columns)}</Text>}
      {active && shown.length > 0 && <Cursor x={place.column} y={top + place.row - seen.start} />}
    </Box>
  )
}

type MarginProps = {
  readonly row: TextRow
  readonly lead: string
  readonly scrolled: boolean
  readonly opens: boolean
}

function Margin({ row, lead, scrolled, opens }: MarginProps) {
  if (opens && row.indent > 0) return <Text {...theme.accent}>{lead}</Text>
  if (scrolled && row.indent > 0) return <Text {...theme.dim}>{padded('…', row.indent)}</Text>
  // Ink gives empty text no row.
  return <Text>{row.start === row.end && row.indent === 0 ? ' ' : ' '.repeat(row.indent)}</Text>
}

function painted(text: string, row: TextRow, chips: readonly Chip[]): ReactNode[] {
  const pieces: ReactNode[] = []
  let at = row.start
  for (const chip of chips) {
    const start = Math.max(chip.start, at)
    const end = Math.min(chip.end, row.end)
    if (start >= end) continue
    pieces.push(text.slice(at, start))
    pieces.push(
      <Text key={start} {...chipTheme[chip.kind]}>
        {text.slice(start, end)}
      </Text>,
    )
    at = end
  }
  pieces.push(text.slice(at, row.end))
  return pieces
}
