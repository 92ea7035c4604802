import { type Grounding, searchedFor } from '../../core/session/grounding.ts'
import { displayWidth } from '../../text/graphemes.ts'
import { sanitizeLine } from '../../text/sanitize.ts'
import { cut, flow } from '../../text/wrap.ts'
import type { Paint } from './paint.ts'

type SourcesContext = {
  readonly columns: number
  readonly paint: Paint
  /** Words that lead to a page of the web. */
  page(words: string, uri: string): string
}

/** What was searched for, where it was found, and the searches that have to be shown beside it, as links. */
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
    ...(more > 0 ? [paint('dim', `    and ${more} more: /show with --sources lists all`)] : []),
    ...suggestions.map(({ text, uri }) => row('    search Google: ', text, uri)),
  ].join('\n')
}
