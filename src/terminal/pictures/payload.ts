// The data that kitty gets for an image: a file of pixels where it reads our files, else whatever takes the fewest
// bytes.
import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import type { Sharp } from 'sharp'
import type { Payload } from './kitty-commands.ts'
import { rgbaOf, rgbOf, type Size } from './scale.ts'

const deflated = promisify(deflate)

/** A PNG smaller than this share of its raw pixels has flat colours, which zlib alone may make even smaller. */
const flatShare = 0.25

/** `opaque`: pixels have three bytes, else four. */
export async function payloadOf(
  image: Sharp,
  size: Size,
  { opaque, filesReadable }: { opaque: boolean; filesReadable: boolean },
): Promise<Payload> {
  const raw = () => (opaque ? rgbOf(image.clone()) : rgbaOf(image.clone()))
  const pixels = { channels: opaque ? 3 : 4, ...size } as const
  if (filesReadable) {
    // The terminal removes only files with this kind of name in a temporary folder. Mode 600: only this user can read
    // it.
    const path = join(tmpdir(), `tty-graphics-protocol-limn-${randomUUID()}`)
    const bytes = await raw()
    const written = await writeFile(path, bytes, { mode: 0o600, flag: 'wx' }).then(
      () => true,
      () => false,
    )
    if (written) return { kind: 'file', path, ...pixels }
  }
  const png = await image.clone().png().toBuffer()
  if (png.byteLength < size.width * size.height * pixels.channels * flatShare) {
    const bytes = await deflated(await raw(), { level: 9 })
    if (bytes.byteLength < png.byteLength) return { kind: 'deflated', bytes, ...pixels }
  }
  return { kind: 'png', bytes: png }
}
