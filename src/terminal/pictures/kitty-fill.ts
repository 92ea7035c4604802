import { openImage } from '../../image/open-image.ts'
import { withinLimit } from './byte-limit.ts'
import type { OpenPicture } from './driver.ts'
import type { PicturePlace } from './fit.ts'
import type { Payload } from './kitty-commands.ts'
import { type Size, scaleTo } from './scale.ts'
import { backgroundOf } from './see-through.ts'

/**
 * kitty stretches an image over all of its cells. So the rest of the last column and row is filled with transparent
 * pixels, and an image smaller than its cells keeps its shape.
 */
export function fillPlace(picture: OpenPicture, { columns, rows, pixels }: PicturePlace): Promise<Payload> {
  const { terminal, bytes, hasAlpha } = picture
  const { cell, filesReadable } = terminal
  const background = backgroundOf(picture, { sees: true })
  const draw = async (size: Size) => {
    const scale = size.width / pixels.width
    const right = Math.max(0, Math.round(columns * cell.width * scale) - size.width)
    const bottom = Math.max(0, Math.round(rows * cell.height * scale) - size.height)
    const scaled = await scaleTo(bytes, size, { background, hasAlpha })
    const filled = right > 0 || bottom > 0
    // Rendered first: otherwise sharp would extend the image before compositing it with its background, and then centre
    // it; and each payload would be made from a copy of the whole file.
    const whole = await openImage(await scaled.png({ compressionLevel: 0 }).toBuffer())
    const image = filled ? whole.ensureAlpha().extend({ right, bottom, background: '#0000' }) : whole
    const opaque = !filled && !(hasAlpha && background.kind === 'terminal')
    const { payloadOf } = await import('./payload.ts')
    return payloadOf(
      image,
      { width: size.width + right, height: size.height + bottom },
      { opaque, filesReadable },
    )
  }
  return withinLimit(pixels, draw, (it) => (it.kind === 'file' ? 0 : (it.bytes.byteLength * 4) / 3))
}
