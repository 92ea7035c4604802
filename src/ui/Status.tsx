import { Text } from 'ink'
import type { Tone } from '../core/event.ts'
import { displayWidth } from '../text/graphemes.ts'
import { cut } from '../text/wrap.ts'
import { lookOf, theme } from './theme.ts'

type Props = {
  /** The most important first: what has no room is left out from the end. */
  readonly items: readonly string[]
  /** On the right; it has the first claim on the row. */
  readonly notice?: { readonly text: string; readonly tone: Tone }
  readonly columns: number
}

const BETWEEN = ' · '

/** One row, always. */
export function Status({ items, notice, columns }: Props) {
  const right = cut(notice?.text ?? '', columns)
  const room = columns - displayWidth(right) - (right === '' ? 0 : 2)
  const left = fitting(
    items.filter((item) => item !== ''),
    room,
  )
  const gap = ' '.repeat(Math.max(0, columns - displayWidth(left) - displayWidth(right)))
  return (
    <Text wrap="truncate-end">
      <Text {...theme.dim}>{left}</Text>
      {right === '' && left !== '' ? '' : gap}
      {notice && <Text {...lookOf(notice.tone)}>{right}</Text>}
    </Text>
  )
}

function fitting(items: readonly string[], columns: number): string {
  let left = cut(items[0] ?? '', columns)
  for (const item of items.slice(1)) {
    const longer = left + BETWEEN + cut(item, Infinity)
    if (displayWidth(longer) > columns) return left
    left = longer
  }
  return left
}
