const WIDTH = 480
const HEIGHT = 240
const BARS = ['#ffffff', '#f2d600', '#00c8c8', '#00b400', '#c800c8', '#d21e1e', '#1e3cd2', '#000000']

/** A test picture: colour bars, a grey ramp, a circle that must be round, and lines one and two pixels apart. */
export async function testCard(): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp')
  return sharp(Buffer.from(svg())).png().toBuffer()
}

function svg(): string {
  const bar = WIDTH / BARS.length
  const bars = BARS.map(
    (colour, index) => `<rect x="${index * bar}" width="${bar}" height="140" fill="${colour}"/>`,
  )
  const lines = Array.from({ length: 20 }, (_, index) => {
    const x = 12 + index * (index < 10 ? 4 : 8) - (index < 10 ? 0 : 40)
    return `<rect x="${x}" y="196" width="${index < 10 ? 2 : 4}" height="36" fill="#ffffff"/>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
    <defs><linearGradient id="ramp"><stop offset="0" stop-color="#000"/><stop offset="1" stop-color="#fff"/></linearGradient></defs>
    <rect width="${WIDTH}" height="${HEIGHT}" fill="#202020"/>
    ${bars.join('')}
    <rect y="140" width="${WIDTH}" height="48" fill="url(#ramp)"/>
    ${lines.join('')}
    <circle cx="${WIDTH / 2}" cy="120" r="96" fill="none" stroke="#ff7a00" stroke-width="6"/>
  </svg>`
}
