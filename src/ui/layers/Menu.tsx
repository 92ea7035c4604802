import { Box, Text } from 'ink'
import { displayWidth } from '../../text/graphemes.ts'
import { cut, inSight } from '../../text/wrap.ts'
import { theme } from '../theme.ts'

export type MenuItem = { readonly name: string; readonly summary: string }

type Props = {
  readonly items: readonly MenuItem[]
  readonly selected: number
  readonly columns: number
  /** At most so many rows are drawn; the selected one is always among them. */
  readonly rows: number
}

// A summary in fewer columns says nothing.
const LEAST_SUMMARY = 10

export function Menu({ items, selected, columns, rows }: Props) {
  const { start, end } = inSight(items.length, selected, rows)
  const longest = Math.max(0, ...items.map((item) => displayWidth(item.name)))
  const nameColumns = Math.min(longest, columns - 2)
  const summaryColumns = columns - nameColumns - 4
  return (
    <Box flexDirection="column">
      {items.slice(start, end).map((item, index) => {
        const at = start + index
        const name = cut(item.name, nameColumns)
        const look = at === selected ? theme.accent : theme.plain
        return (
          <Text key={`${at} ${item.name}`} wrap="truncate-end">
            <Text {...look}>
              {at === selected ? '›' : mark(at, start, end, items.length)} {name}
            </Text>
            {summaryColumns >= LEAST_SUMMARY && (
              <Text {...theme.dim}>
                {' '.repeat(nameColumns - displayWidth(name) + 2)}
                {cut(item.summary, summaryColumns)}
              </Text>
            )}
          </Text>
        )
      })}
    </Box>
  )
}

/** Says that there is more than is seen. */
function mark(at: number, start: number, end: number, count: number): string {
  if (at === start && start > 0) return '↑'
  if (at === end - 1 && end < count) return '↓'
  return ' '
}
