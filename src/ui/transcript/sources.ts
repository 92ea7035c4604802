import { type Grounding, searchedFor } from '../../core/session/grounding.ts'
import { displayWidth } from '../../text/graphemes.ts'
import { sanitizeLine } from '../../text/sanitize.ts'
import { cut, flow } from '../../text/wrap.ts'
import type { Paint } from './paint.ts'

type SourcesContext = {
  readonly columns: number
  readonly paint: Paint
  /** Text that leads to a web page. */
  page(words: string, uri: string): string
}

/** The search queries, the pages found, and the searches that Google requires to be shown with them, as links. */
export function sourcesText(
  grounding: Grounding,
  most: number,
  { columns, paint, page }: SourcesContext,
): string {
  const { sources, suggestions } = grounding
  const shown = sources.slice(0, most)
  const more = sources.length - shown.length
  const row = (lead: string, words: string, uri: string) =>
    paint('dim', lead) + page(cut(sanitizeLine(words), Math.max(8, columns - displayWidth(lead))), uri)
  return [
    paint('dim', flow(sanitizeLine(searchedFor(grounding)), columns)),
    ...shown.map(({ kind, title, uri }, index) =>
      row(`${String(index + 1).padStart(3)} ${kind === 'image' ? 'image on ' : ''}`, title, uri),
    ),
    ...(more > 0 ? [paint('dim', `    and ${more} more: /show --sources lists all`)] : []),
    ...suggestions.map(({ text, uri }) => row('    search Google: ', text, uri)),
  ].join('\n')
}
