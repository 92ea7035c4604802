import type { Terminal } from '../../terminal/which/probe.ts'
import { displayWidth } from '../../text/graphemes.ts'
import { sanitizeLine } from '../../text/sanitize.ts'

type LinkSupport = Pick<Terminal, 'links'>

/** A file's path, with `~` for the home folder; a link where the terminal supports links. `columns` is its width. */
export function fileLink(
  path: string,
  home: string,
  { links }: LinkSupport,
): { text: string; columns: number } {
  const clean = sanitizeLine(path)
  const short = home !== '' && clean.startsWith(`${home}/`) ? `~${clean.slice(home.length)}` : clean
  const columns = displayWidth(short)
  if (!links) return { text: short, columns }
  const url = `file://${path.split('/').map(encodeURIComponent).join('/')}`
  return { text: `\x1b]8;;${url}\x1b\\${short}\x1b]8;;\x1b\\`, columns }
}

/**
 * Text that leads to a web page: a link, or the text with the address under it. Anything but an http or https address
 * gives the text alone. The address is parsed and serialized, so that it contains no control characters.
 */
export function pageLink(words: string, uri: string, { links }: LinkSupport): string {
  if (!/^https?:/i.test(uri) || !URL.canParse(uri)) return words
  const { href } = new URL(uri)
  return links ? `\x1b]8;;${href}\x1b\\${words}\x1b]8;;\x1b\\` : `${words}\n    ${href}`
}
