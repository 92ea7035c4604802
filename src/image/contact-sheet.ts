/** The longest side of a picture in a sheet, in pixels. */
const SIDE = 320
/** Pixels between pictures and around them. */
const GAP = 8
/** Height of a name, in pixels; a digit is 3 by 5 dots of a fifth of it. */
const NAME = 30

/** The dots of each character, row by row, so that no font is needed. */
const DOTS: Readonly<Record<string, string>> = {
  v: '000 000 101 101 010',
  0: '111 101 101 101 111',
  1: '010 110 010 010 111',
  2: '111 001 111 100 111',
  3: '111 001 111 001 111',
  4: '101 101 111 001 001',
  5: '111 100 111 001 111',
  6: '111 100 111 101 111',
  7: '111 001 010 010 010',
  8: '111 101 111 101 111',
  9: '111 101 111 001 111',
}

export type SheetPicture = { readonly bytes: Uint8Array; readonly version: number }

/** Small pictures in rows of about the same length, each with its version's name under it, as a PNG. */
export async function contactSheet(images: readonly SheetPicture[]): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp')
  const small = await Promise.all(
    images.map(async ({ bytes, version }) => {
      const resized = sharp(bytes).rotate().resize(SIDE, SIDE, { fit: 'inside' }).png()
      const { data, info } = await resized.toBuffer({ resolveWithObject: true })
      return { data, width: info.width, height: info.height, version }
    }),
  )
  const across = columnsFor(small.length)
  const [cellWidth, cellHeight] = [
    Math.max(...small.map(({ width }) => width)) + GAP,
    Math.max(...small.map(({ height }) => height)) + NAME + GAP,
  ]
  const placed = small.flatMap(({ data, width, height, version }, index) => {
    const left = GAP + (index % across) * cellWidth
    const top = GAP + Math.floor(index / across) * cellHeight
    const indent = Math.floor((cellWidth - GAP - width) / 2)
    const label = Buffer.from(nameSvg(`v${version}`))
    return [
      { input: data, left: left + indent, top },
      { input: label, left: left + indent, top: top + height + 4 },
    ]
  })
  const size = {
    width: GAP + Math.min(across, small.length) * cellWidth,
    height: GAP + Math.ceil(small.length / across) * cellHeight,
  }
  return sharp({ create: { ...size, channels: 3, background: '#1c1c1c' } })
    .composite(placed)
    .png({ compressionLevel: 3 })
    .toBuffer()
}

/** At most four in a row, since terminals are wide, in rows that are as even as possible. */
function columnsFor(count: number): number {
  const rows = Math.ceil(count / 4)
  return Math.ceil(count / rows)
}

function nameSvg(name: string): string {
  const dot = (NAME - 8) / 5
  const rects = [...name].flatMap((sign, place) =>
    (DOTS[sign] ?? '').split(' ').flatMap((row, y) =>
      [...row].flatMap((on, x) => {
        const left = (place * 4 + x) * dot
        return on === '1' ? `<rect x="${left}" y="${y * dot}" width="${dot}" height="${dot}"/>` : []
      }),
    ),
  )
  const width = name.length * 4 * dot
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${NAME - 8}" fill="#f0f0f0">${rects.join('')}</svg>`
}
