// Block characters, for a terminal without a graphics protocol.
import { drawBlocks, samplesOf } from '../blocks/draw-blocks.ts'
import type { ProtocolDriver } from './driver.ts'
import { fitCells } from './fit.ts'
import { scaleTo } from './scale.ts'
import { backgroundOf } from './see-through.ts'

export const blocks: ProtocolDriver = {
  protocol: 'blocks',

  fits: (size, { terminal: { cell }, maxColumns, maxRows }) =>
    fitCells(size, cell, maxColumns, maxRows, cell.width),

  async draw(picture, { columns, rows }) {
    const { terminal, bytes, hasAlpha } = picture
    const samples = samplesOf(terminal)
    const size = { width: columns * samples.width, height: rows * samples.height }
    const square = { width: samples.width, height: Math.ceil(samples.height / 2) }
    const background = backgroundOf(picture, { square, sees: false })
    const image = await scaleTo(bytes, size, { background, hasAlpha, samples: true })
    const lines = await drawBlocks(image, columns, rows, terminal)
    return { kind: 'text', rows, columns, transmit: '', lines }
  },
}
