import { wordsOf } from './paint/colours.ts'
import type { Grounding, Part, Search } from './protocol.ts'

const STOP_WORDS = new Set(
  'a an and as at for from in into is it make of on or the then this to very with'.split(' '),
)

/** The result of a search with these words. There is no network: the pages are examples that do not exist. */
export function groundingOf(prompt: string, parts: readonly Part[], search: Search): Grounding {
  const words = wordsOf(prompt).filter((word) => !STOP_WORDS.has(word) && /[\p{L}\p{N}]/u.test(word))
  const query = words.slice(0, 6).join(' ') || 'picture'
  const slug = encodeURIComponent(query.replaceAll(' ', '-'))
  const groundingChunks: Grounding['groundingChunks'] = []
  if (search.web) {
    groundingChunks.push({ web: { uri: `https://example.com/wiki/${slug}`, title: 'example.com' } })
    groundingChunks.push({ web: { uri: `https://example.org/${slug}?about`, title: 'example.org' } })
  }
  if (search.image) {
    const sourceUri = `https://example.net/gallery/${slug}`
    const image = {
      sourceUri,
      imageUri: `${sourceUri}/1.jpg`,
      domain: 'example.net',
      title: `${query} — a gallery`,
    }
    groundingChunks.push({ image })
  }
  const webQueries = search.web ? [query, `${query} what it looks like`] : []
  const imageQueries = search.image ? [query] : []
  return {
    searchEntryPoint: { renderedContent: chips([...webQueries, ...imageQueries]) },
    ...(search.web && { webSearchQueries: webQueries }),
    ...(search.image && { imageSearchQueries: imageQueries }),
    groundingChunks,
    groundingSupports: supports(parts, groundingChunks.length),
  }
}

/** Offsets are UTF-8 bytes within the part; zero is left out, as protocol buffers do. */
function supports(parts: readonly Part[], chunks: number): Grounding['groundingSupports'] {
  const partIndex = parts.findIndex(({ text, thought }) => text !== undefined && !thought)
  const text = parts[partIndex]?.text
  if (!text) return []
  const groundingChunkIndices = Array.from({ length: chunks }, (_, i) => i)
  const segment = { ...(partIndex > 0 && { partIndex }), endIndex: Buffer.byteLength(text), text }
  return [{ segment, groundingChunkIndices }]
}

/** The HTML snippet that Google's terms require clients to show: a chip with a link for each query. */
function chips(queries: readonly string[]): string {
  const links = queries.map((query) => {
    const text = query.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    return `<a class="chip" href="https://www.google.com/search?q=${encodeURIComponent(query)}">${text}</a>`
  })
  const style = '.container { display: flex; gap: 8px } .chip { border: solid 1px; border-radius: 16px }'
  return `<style>\n${style}\n</style>\n<div class="container">\n${links.join('\n')}\n</div>\n`
}
