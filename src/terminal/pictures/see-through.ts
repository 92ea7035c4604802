// What shows through transparent pixels.
import type { Terminal } from '../which/probe.ts'
import type { OpenPicture } from './driver.ts'
import type { Background, Size } from './scale.ts'

/**
 * `square`: the size of a square of the checkerboard, in pixels; `sees`: the protocol can show the terminal's
 * background.
 */
export function backgroundOf(
  { terminal, transparency }: OpenPicture,
  { square = squareOf(terminal), sees }: { readonly square?: Size; readonly sees: boolean },
): Background {
  if (transparency === 'checkerboard') return { kind: 'squares', ...square }
  return sees ? { kind: 'terminal' } : { kind: 'colour', colour: terminal.background ?? [0, 0, 0] }
}

/** Half of a cell's height is about its width. */
function squareOf({ cell }: Terminal): Size {
  return { width: cell.width, height: Math.max(1, Math.round(cell.height / 2)) }
}
