// kitty's graphics protocol, with the picture drawn over the cells at the cursor.
import { brands } from '../which/brands.ts'
import type { ProtocolDriver } from './driver.ts'
import { fitCells } from './fit.ts'
import { anyImageId, commands, deleteImage } from './kitty-commands.ts'
import { fillPlace } from './kitty-fill.ts'

export const kittyDirect: ProtocolDriver = {
  protocol: 'kitty',

  fits: (size, { terminal, maxColumns, maxRows }) => fitCells(size, terminal.cell, maxColumns, maxRows, 1),

  async draw(picture, place) {
    const { columns, rows } = place
    const id = picture.imageId ?? picture.sent?.take('', 0) ?? anyImageId()
    // The cursor stays where it is (C=1).
    const control = `a=T,q=2,C=1,i=${id},c=${columns},r=${rows}`
    const sequence = commands(control, await fillPlace(picture, place)).join('')
    const erase = brands[picture.terminal.brand].picturesMove ? {} : { erase: deleteImage(id) }
    return { kind: 'raw', rows, columns, sequence, ...erase }
  },
}
