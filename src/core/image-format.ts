export type SaveFormat = 'png' | 'jpeg' | 'webp' | 'avif'

/** The formats that an image can be saved in, by the endings that ask for them. */
const FORMATS: ReadonlyMap<string, SaveFormat> = new Map([
  ['.png', 'png'],
  ['.jpg', 'jpeg'],
  ['.jpeg', 'jpeg'],
  ['.webp', 'webp'],
  ['.avif', 'avif'],
])

type WantedFormat =
  /** Null keeps the image's own format: none was asked for. */
  | { readonly ok: true; readonly format: SaveFormat | null }
  | { readonly ok: false; readonly sentence: string }

/** The format that the ending of a file's name asks for, in upper or lower case: `.PNG`, or an empty ending. */
export function saveFormat(ending: string): WantedFormat {
  if (ending === '') return { ok: true, format: null }
  const format = FORMATS.get(ending.toLowerCase())
  if (format) return { ok: true, format }
  const sentence = `limn cannot write ${ending.toLowerCase()} files; it can write .png, .jpg, .webp and .avif.`
  return { ok: false, sentence }
}
