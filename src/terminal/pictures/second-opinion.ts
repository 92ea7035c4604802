import terminalImage from 'terminal-image'
import { openImage } from '../../image/open-image.ts'

/** Columns of the test picture per row: the picture is twice as wide as high, and a cell twice as high as wide. */
const CARD_SHAPE = 4

/**
 * The same picture drawn by a well-known library, in half blocks and in the colours that it detects itself. /doctor
 * shows it beside ours, so that a report shows whether limn or the terminal is at fault.
 */
export async function secondOpinion(
  bytes: Uint8Array,
  room: { readonly columns: number; readonly rows: number },
): Promise<{ readonly text: string; readonly rows: number }> {
  const columns = Math.min(room.columns, room.rows * CARD_SHAPE)
  const rows = Math.max(1, Math.round(columns / CARD_SHAPE))
  // The library drops an odd last row, and is slow to decode an image larger than it is drawn.
  const small = await (await openImage(bytes))
    .resize(columns, rows * 2, { fit: 'fill' })
    .png()
    .toBuffer()
  const text = await terminalImage.buffer(small, { width: columns, height: rows, preferNativeRender: false })
  return { text: `${text.trimEnd()}\n`, rows: text.trimEnd().split('\n').length }
}
