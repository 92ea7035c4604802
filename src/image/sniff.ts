// Recognizes an image format by its first bytes, which are right even when a name or a server says something else.

export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'avif' | 'heic' | 'tiff' | 'bmp' | 'svg'

const ascii = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.subarray(from, to))

// ISO base media files name their kind in the brands of the box "ftyp".
function isoFormat(bytes: Uint8Array): 'avif' | 'heic' | undefined {
  const length = ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0)
  const brands = ascii(bytes, 8, Math.min(bytes.length, Math.max(12, length), 256)).match(/.{4}/gs) ?? []
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return 'avif'
  if (brands.some((brand) => /^(hei[cmsx]|hev[cmsx]|mif1|msf1)$/.test(brand))) return 'heic'
  return undefined
}

function isSvg(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes.subarray(0, 1024)).trimStart()
  return (
    text.startsWith('<') && /^(<\?xml[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE svg[^>]*>|\s)*<svg[\s>]/i.test(text)
  )
}

export function sniff(bytes: Uint8Array): ImageFormat | undefined {
  const start = ascii(bytes, 0, 12)
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (start.startsWith('RIFF') && start.slice(8) === 'WEBP') return 'webp'
  if (/^GIF8[79]a/.test(start)) return 'gif'
  if (/^(II\*\0|MM\0\*|II\+\0|MM\0\+)/.test(start)) return 'tiff'
  // Many texts begin with "BM", so check the two reserved words of zero after the size too.
  if (/^BM[\s\S]{4}\0\0\0\0/.test(start)) return 'bmp'
  if (start.slice(4, 8) === 'ftyp') return isoFormat(bytes)
  return isSvg(bytes) ? 'svg' : undefined
}

export function mimeOf(format: ImageFormat): string {
  return format === 'svg' ? 'image/svg+xml' : `image/${format}`
}

/** Without the dot. */
export function extensionOf(format: ImageFormat): string {
  return format === 'jpeg' ? 'jpg' : format
}
