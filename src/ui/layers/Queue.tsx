import { Box, Text } from 'ink'
import { cut, paragraph } from '../../text/wrap.ts'
import { theme } from '../theme.ts'

export type QueuedLine = {
  readonly text: string
  /** What it will edit, when that is known already: `v9`. */
  readonly base?: string
}

type Props = {
  readonly lines: readonly QueuedLine[]
  /** Held: the version that they would run on, `v4`. */
  readonly heldOn: string | null
  /** A line stands on the prompt: Enter and Esc are for that one first. */
  readonly typing?: boolean
  readonly columns: number
  readonly rows: number
}

const MOST = 3
// A line in fewer columns says nothing.
const LEAST_LINE = 20

export function Queue({ lines, heldOn, typing = false, columns, rows }: Props) {
  if (lines.length === 0 || rows < 1) return null
  const held = heldOn !== null
  const texts = held
    ? paragraph(heldText(lines.length, heldOn, typing), columns, rows)
    : waiting(lines, columns, rows)
  return (
    <Box flexDirection="column">
      {texts.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two queued lines may be the same; the place is the key
        <Text key={index} {...(held ? theme.warning : theme.dim)} wrap="truncate-end">
          {text}
        </Text>
      ))}
    </Box>
  )
}

function heldText(count: number, on: string, typing: boolean): string {
  const them = count === 1 ? 'it' : 'them'
  const waiting = `${count} line${count === 1 ? '' : 's'} waiting`
  if (typing) return `${waiting}: first send this one (Enter) or clear it (Esc)`
  return `${waiting}: Enter runs ${them} on ${on}, Esc drops ${them}`
}

function waiting(lines: readonly QueuedLine[], columns: number, rows: number): readonly string[] {
  if (rows === 1 && lines.length > 1) {
    const more = ` and ${lines.length - 1} more`
    const room = columns - more.length
    if (room < LEAST_LINE) return [cut(`${lines.length} lines waiting`, columns)]
    return [cut(labelled(lines[0]), room) + more]
  }
  // The row that counts the others is one of the rows.
  const most = lines.length > Math.min(MOST, rows) ? Math.min(MOST, rows - 1) : lines.length
  const shown = lines.slice(0, most).map((line) => cut(labelled(line), columns))
  return lines.length > most ? [...shown, cut(`and ${lines.length - most} more`, columns)] : shown
}

function labelled(line: QueuedLine | undefined): string {
  return line?.base === undefined ? `waiting: ${line?.text ?? ''}` : `waiting: ${line.base} › ${line.text}`
}
