// What is seen through transparent pixels.
import type { Terminal } from '../which/probe.ts'
import type { OpenPicture } from './driver.ts'
import type { Background, Size } from './scale.ts'

/** `square`: how large one of a checkerboard is; `sees`: the protocol leaves the terminal's background where it was. */
export function behind(
  { terminal, transparency }: OpenPicture,
  { square = squareOf(terminal), sees }: { readonly square?: Size; readonly sees: boolean },
): Background {
  if (transparency === 'checkerboard') return { kind: 'squares', ...square }
  return sees ? { kind: 'terminal' } : { kind: 'colour', colour: terminal.background ?? [0, 0, 0] }
}

/** Half a cell is about as high as wide. */
function squareOf({ cell }: Terminal): Size {
  return { width: cell.width, height: Math.max(1, Math.round(cell.height / 2)) }
}
