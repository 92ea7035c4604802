import { Text } from 'ink'
import { displayWidth } from '../../text/graphemes.ts'
import { cut } from '../../text/wrap.ts'
import { statusItems } from '../status.ts'
import { lookOf, theme } from '../theme.ts'
import type { Layer, StatusNotice } from './layer.ts'

/** The last row: the settings of the next line, and its price. It takes no keys. */
export const status: Layer<null> = {
  title: 'The status row',
  about: 'It takes no keys.',
  initial: null,
  bindings: [],
  view: {
    slot: 'status',
    rows: () => ({ least: 1, most: 1 }),
    draw: (_, { screen, editor, priceOf }, { columns, notice }) => {
      const price = priceOf(editor.text)
      return (
        <Status
          items={screen && price ? statusItems(screen, price) : ['opening…']}
          columns={columns}
          notice={notice}
        />
      )
    },
  },
}

type Props = {
  /** The most important first: items that do not fit are left out from the end. */
  readonly items: readonly string[]
  /** On the right; it gets its columns first. */
  readonly notice?: StatusNotice | null
  readonly columns: number
}

const BETWEEN = ' · '

/** Always one row. */
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
