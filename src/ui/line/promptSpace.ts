import { displayWidth } from '../../text/graphemes.ts'
import { cut, type Space } from '../../text/wrap.ts'

const SIGN = ' › '
// Below this a label would leave no room to type in.
const NARROW = 12

/** What stands before the text, and the columns that are left for it: one measure for drawing and for Up and Down. */
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
