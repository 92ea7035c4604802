import { displayWidth } from '../../text/graphemes.ts'
import { cut, type Space } from '../../text/wrap.ts'

const SIGN = ' › '
// In fewer columns, a label would leave no room to type.
const NARROW = 12

/** The label before the text, and the columns left for the text: drawing and Up and Down both use this. */
export function promptSpace(
  label: string,
  columns: number,
): { readonly lead: string; readonly space: Space } {
  if (columns < NARROW || label === '') {
    const lead = SIGN.trimStart()
    return { lead, space: { columns, first: columns > 3 ? lead.length : 0, rest: 0 } }
  }
  const lead = cut(label, Math.floor(columns / 2) - SIGN.length + 1) + SIGN
  const first = displayWidth(lead)
  return { lead, space: { columns, first, rest: columns - first >= 30 ? first : 2 } }
}
