// kitty's graphics protocol with Unicode placeholders: the picture is sent once, and its placeholders show it wherever
// they are printed.
import { throughTmux } from '../which/tmux.ts'
import { diacritics } from './diacritics.ts'
import type { OpenPicture, ProtocolDriver } from './driver.ts'
import { fitCells, type PicturePlace } from './fit.ts'
import { anyImageId, commands, type Payload } from './kitty-commands.ts'
import { fillPlace } from './kitty-fill.ts'

/** A diacritic numbers the row of a placeholder, and another its column. */
const largestSide = diacritics.length

export const kittyPlaceholders: ProtocolDriver = {
  protocol: 'kitty-placeholders',

  fits: (size, { terminal, maxColumns, maxRows }) =>
    fitCells(size, terminal.cell, Math.min(maxColumns, largestSide), Math.min(maxRows, largestSide), 1),

  async draw(picture, place) {
    const { columns, rows } = place
    const { imageId, sent, terminal } = picture
    const key = await keyOf(picture, place)
    const known = imageId === undefined ? sent?.recall(key) : undefined
    const pixels = columns * terminal.cell.width * rows * terminal.cell.height
    const id = known ?? imageId ?? sent?.take(key, pixels) ?? anyImageId()
    const sequences = known === undefined ? transmit(await fillPlace(picture, place), id, columns, rows) : []
    const wrapped = terminal.multiplexer === 'tmux' ? sequences.map(throughTmux) : sequences
    const lines = placeholders(id, columns, rows)
    return { kind: 'text', rows, columns, transmit: wrapped.join(''), lines }
  },
}

/** Equal for the same image at the same size over the same background. */
async function keyOf(picture: OpenPicture, { columns, rows }: PicturePlace): Promise<string> {
  const { bytes, name, transparency } = picture
  const { width, height } = picture.terminal.cell
  // Loaded only here: node:crypto takes longer to load than blocks take to draw.
  const image = name ?? (await import('node:crypto')).hash('sha1', bytes)
  return `${image} ${columns}x${rows} ${width}x${height} ${transparency}`
}

/**
 * Sends the image, and makes a placement of this many cells, which its placeholders then show wherever they are. The
 * sequences are separate so that tmux can wrap each one.
 */
export function transmit(payload: Payload, id: number, columns: number, rows: number): string[] {
  return [...commands(`a=t,q=2,i=${id}`, payload), `\x1b_Ga=p,U=1,q=2,i=${id},c=${columns},r=${rows}\x1b\\`]
}

/**
 * The image as text, one line per row. Each cell contains its row and column, so that the image survives being cut,
 * indented and merged; the 24 bits of the foreground colour are the image's id.
 */
function placeholders(id: number, columns: number, rows: number): string[] {
  const colour = `\x1b[38;2;${(id >> 16) & 255};${(id >> 8) & 255};${id & 255}m`
  return Array.from({ length: rows }, (_, row) => {
    const cells = Array.from(
      { length: columns },
      (_, column) => `\u{10eeee}${diacritics[row]}${diacritics[column]}`,
    )
    return `${colour}${cells.join('')}\x1b[39m`
  })
}
