import terminalImage from 'terminal-image'
import { openImage } from '../../image/open-image.ts'

/** Columns of the test picture for each of its rows: it is twice as wide as high, and so is a row of a cell. */
const CARD_SHAPE = 4

/**
 * The same picture as a well-known library draws it, in half blocks and in the colours that it finds by itself: the
 * doctor shows it beside ours, so that a report tells whether limn or the terminal is at fault.
 */
export async function secondOpinion(
  bytes: Uint8Array,
  room: { readonly columns: number; readonly rows: number },
): Promise<{ readonly text: string; readonly rows: number }> {
  const columns = Math.min(room.columns, room.rows * CARD_SHAPE)
  const rows = Math.max(1, Math.round(columns / CARD_SHAPE))
  // It drops its last odd row, and decodes slowly what is larger than it is drawn.
  const small = await (await openImage(bytes))
    .resize(columns, rows * 2, { fit: 'fill' })
    .png()
    .toBuffer()
  const text = await terminalImage.buffer(small, { width: columns, height: rows, preferNativeRender: false })
  return { text: `${text.trimEnd()}\n`, rows: text.trimEnd().split('\n').length }
}
