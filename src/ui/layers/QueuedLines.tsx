import { Box, Text } from 'ink'
import { labelFor } from '../../core/session/label.ts'
import { cut, paragraph } from '../../text/wrap.ts'
import { type QueuedLine, queueLines } from '../status.ts'
import { theme } from '../theme.ts'
import type { Layer, Scene } from './layer.ts'

/** The queued lines. Held lines need a key before they run. */
export const queuedLines: Layer<null> = {
  title: 'Queued lines',
  about:
    'While queued lines are held (after a failure, or after you went to another version) and the prompt is empty.',
  initial: null,
  bindings: [
    {
      keys: ['enter'],
      does: 'run the held lines',
      bound: isHeld,
      press: () => ({ effects: [{ kind: 'submit', line: '' }] }),
    },
    {
      keys: ['escape'],
      does: 'drop the held lines',
      bound: isHeld,
      press: () => ({ effects: [{ kind: 'drop-held' }] }),
    },
  ],
  view: {
    slot: 'list',
    rows: (_, scene) => ({ least: 0, most: textsOf(scene, MOST_ROWS).length }),
    draw: (_, scene, { columns, rows }) => <QueuedLines {...queueOf(scene)} columns={columns} rows={rows} />,
  },
}

const MOST_ROWS = 8

function isHeld(_: null, { screen, editor }: Scene): boolean {
  return screen?.held === true && editor.text === ''
}

function queueOf({ screen, editor }: Scene): Pick<Props, 'lines' | 'heldOn' | 'typing'> {
  if (!screen) return { lines: [], heldOn: null }
  const held = screen.held && screen.session.waiting.length > 0
  return {
    lines: queueLines(screen),
    heldOn: held ? labelFor(screen.session, '') : null,
    typing: editor.text !== '',
  }
}

function textsOf(scene: Scene, rows: number): readonly string[] {
  return queueTexts({ ...queueOf(scene), columns: scene.columns, rows })
}

type Props = {
  readonly lines: readonly QueuedLine[]
  /** For held lines, the version that they would run on: `v4`. Null while they are not held. */
  readonly heldOn: string | null
  /** There is a line on the prompt, so Enter and Esc apply to that one first. */
  readonly typing?: boolean
  readonly columns: number
  readonly rows: number
}

const MOST = 3
// In fewer columns, a line is not readable.
const LEAST_LINE = 20

export function QueuedLines(props: Props) {
  const texts = queueTexts(props)
  if (texts.length === 0) return null
  return (
    <Box flexDirection="column">
      {texts.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two queued lines may be the same; the position is the key
        <Text key={index} {...(props.heldOn === null ? theme.dim : theme.warning)} wrap="truncate-end">
          {text}
        </Text>
      ))}
    </Box>
  )
}

function queueTexts({ lines, heldOn, typing = false, columns, rows }: Props): readonly string[] {
  if (lines.length === 0 || rows < 1) return []
  if (heldOn === null) return queuedTexts(lines, columns, rows)
  return paragraph(heldText(lines.length, heldOn, typing), columns, rows)
}

function heldText(count: number, on: string, typing: boolean): string {
  const held = `${count} line${count === 1 ? '' : 's'} held`
  if (typing) return `${held} · first send this line (Enter) or clear it (Esc)`
  return `${held} · Enter: run on ${on} · Esc: drop`
}

function queuedTexts(lines: readonly QueuedLine[], columns: number, rows: number): readonly string[] {
  if (rows === 1 && lines.length > 1) {
    const more = ` and ${lines.length - 1} more`
    const room = columns - more.length
    if (room < LEAST_LINE) return [cut(`${lines.length} lines queued`, columns)]
    return [cut(labelled(lines[0]), room) + more]
  }
  // The row that counts the rest takes one of the rows.
  const most = lines.length > Math.min(MOST, rows) ? Math.min(MOST, rows - 1) : lines.length
  const shown = lines.slice(0, most).map((line) => cut(labelled(line), columns))
  return lines.length > most ? [...shown, cut(`and ${lines.length - most} more`, columns)] : shown
}

function labelled(line: QueuedLine | undefined): string {
  return line?.base === undefined ? `queued: ${line?.text ?? ''}` : `queued: ${line.base} › ${line.text}`
}
