import { useCursor } from 'ink'

type Props = {
  readonly x: number
  /** Rows from the top of the live area. */
  readonly y: number
}

/**
 * The terminal's own cursor, not a painted cell: input methods show the text being composed there. Ink has one cursor
 * and uses the last position it was given, so only the component that the user types into renders this.
 */
export function Cursor({ x, y }: Props) {
  useCursor().setCursorPosition({ x, y })
  return null
}
