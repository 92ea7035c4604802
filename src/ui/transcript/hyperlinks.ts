import type { Terminal } from '../../terminal/which/probe.ts'
import { displayWidth } from '../../text/graphemes.ts'
import { sanitizeLine } from '../../text/sanitize.ts'

type LinkSupport = Pick<Terminal, 'links'>

/** A file's path as the user knows it, as a link where the terminal has them. */
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
 * Words that lead to a page of the web, and only there: as a link, or with the address under them. An address that is
 * parsed and written again has no control characters in it.
 */
export function pageLink(words: string, uri: string, { links }: LinkSupport): string {
  if (!/^https?:/i.test(uri) || !URL.canParse(uri)) return words
  const { href } = new URL(uri)
  return links ? `\x1b]8;;${href}\x1b\\${words}\x1b]8;;\x1b\\` : `${words}\n    ${href}`
}
