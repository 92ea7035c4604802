/** Common systems allow 255 bytes in a folder's name; the date, the time and `-12` are added to these. */
const MOST_BYTES = 120
const MOST_CHARACTERS = 40
const SEGMENTER = new Intl.Segmenter()

/** The readable part of a session's folder: letters, marks and numbers of any script, words joined by `-`. */
export function slugOf(text: string): string {
  // NFC, since other systems would not find a name that a Mac has decomposed.
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  let slug = ''
  for (const word of words) {
    const longer = slug === '' ? word : `${slug}-${word}`
    if (!fits(longer)) {
      // A text without spaces is one long word, which is cut; otherwise whole words are kept.
      if (slug === '') slug = cut(word)
      break
    }
    slug = longer
  }
  return slug === '' ? 'session' : slug
}

/** `2026-11-22-2048-a-red-fox`, in the user's own time. */
export function folderName(at: Date, text: string): string {
  const two = (number: number) => String(number).padStart(2, '0')
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${date}-${two(at.getHours())}${two(at.getMinutes())}-${slugOf(text)}`
}

function fits(slug: string): boolean {
  return graphemes(slug).length <= MOST_CHARACTERS && Buffer.byteLength(slug) <= MOST_BYTES
}

function cut(word: string): string {
  let kept = ''
  for (const grapheme of graphemes(word)) {
    if (!fits(kept + grapheme)) break
    kept += grapheme
  }
  return kept
}

function graphemes(text: string): string[] {
  return Array.from(SEGMENTER.segment(text), ({ segment }) => segment)
}
