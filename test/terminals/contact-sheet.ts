// All screenshots in one picture: a row for each terminal, a column for each step.
import sharp, { type OverlayOptions } from 'sharp'

export type Seen = { readonly terminal: string; readonly step: string; readonly png: Buffer }

const WIDTH = 300
const HEIGHT = 270
const LABEL = 22
const GAP = 8

export async function sheetOf(seen: readonly Seen[]): Promise<Buffer> {
  const rows = [...Map.groupBy(seen, ({ terminal }) => terminal).values()]
  const columns = Math.max(...rows.map((row) => row.length))
  const placed: OverlayOptions[] = []
  for (const [y, row] of rows.entries()) {
    for (const [x, { terminal, step, png }] of row.entries()) {
      const left = GAP + x * (WIDTH + GAP)
      const top = GAP + y * (LABEL + HEIGHT + GAP)
      placed.push({ input: label(`${terminal}: ${step}`), left, top })
      const small = await sharp(png).resize(WIDTH, HEIGHT, { fit: 'inside' }).png().toBuffer()
      placed.push({ input: small, left, top: top + LABEL })
    }
  }
  return sharp({
    create: {
      width: GAP + columns * (WIDTH + GAP),
      height: GAP + rows.length * (LABEL + HEIGHT + GAP),
      channels: 3,
      background: '#505050',
    },
  })
    .composite(placed)
    .png({ palette: true, colours: 48, dither: 0, effort: 10 })
    .toBuffer()
}

function label(text: string): Buffer {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${LABEL}">` +
      `<text x="1" y="15" font-family="DejaVu Sans, sans-serif" font-size="13" fill="white">${escaped}</text></svg>`,
  )
}
