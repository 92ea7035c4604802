import { useCursor } from 'ink'

type Props = {
  readonly x: number
  /** From the first row of the live area. */
  readonly y: number
}

/**
 * The terminal's own cursor, and not a painted cell: input methods show what is being composed where it stands.
 * Ink has one cursor and obeys whoever spoke last, so only the part that is being typed into draws this.
 */
export function Cursor({ x, y }: Props) {
  useCursor().setCursorPosition({ x, y })
  return null
}
