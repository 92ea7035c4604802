import * as z from 'zod'
import type { Grounding, Source } from '../core/session/grounding.ts'

const text = z.string().nullish().catch(null)

const Chunk = z.looseObject({
  web: z.looseObject({ uri: text, title: text }).nullish().catch(null),
  image: z.looseObject({ sourceUri: text, title: text, domain: text }).nullish().catch(null),
})

/** Accepts anything: malformed grounding must not lose the image that came with it. */
export const GroundingMetadata = z
  .looseObject({
    webSearchQueries: z.array(z.string()).nullish().catch(null),
    imageSearchQueries: z.array(z.string()).nullish().catch(null),
    groundingChunks: z.array(Chunk.nullish().catch(null)).nullish().catch(null),
    searchEntryPoint: z.looseObject({ renderedContent: text }).nullish().catch(null),
  })
  .nullish()
  .catch(null)

/** Null when the model has not searched. */
export function readGrounding(metadata: z.infer<typeof GroundingMetadata>): Grounding | null {
  const queries = metadata?.webSearchQueries ?? []
  const imageQueries = metadata?.imageSearchQueries ?? []
  const sources = (metadata?.groundingChunks ?? []).flatMap((chunk) => (chunk ? sourceOf(chunk) : []))
  const shown = suggestionsIn(metadata?.searchEntryPoint?.renderedContent ?? '')
  if (queries.length + imageQueries.length + sources.length + shown.length === 0) return null
  const suggestions = shown.length > 0 ? shown : [...queries, ...imageQueries].map(asSearch)
  return { queries, imageQueries, sources: unique(sources), suggestions: unique(suggestions) }
}

function sourceOf({ web, image }: z.infer<typeof Chunk>): readonly Source[] {
  const uri = address(image?.sourceUri ?? web?.uri ?? '')
  if (uri === undefined) return []
  const title = image?.title || web?.title || image?.domain || new URL(uri).hostname
  return [{ kind: image ? 'image' : 'web', uri, title }]
}

/** One page may support several passages, and one search may be for pages and for images. */
function unique<Link extends { readonly uri: string }>(links: readonly Link[]): readonly Link[] {
  return links.filter(({ uri }, index) => links.findIndex((one) => one.uri === uri) === index)
}

/** The links in the HTML snippet that Google sends for display; only those that lead to Google. */
function suggestionsIn(html: string) {
  return [...html.matchAll(/<a\b[^>]*?\bhref\s*=\s*"([^"]*)"[^>]*>([\s\S]*?)<\/a>/gi)].flatMap(
    ([, href = '', inside = '']) => {
      const uri = address(decoded(href))
      const words = decoded(inside.replace(/<[^>]*>/g, ''))
        .replace(/\s+/g, ' ')
        .trim()
      const google = uri !== undefined && /(?:^|\.)google\.[a-z.]{2,6}$/.test(new URL(uri).hostname)
      return google && words !== '' ? [{ text: words, uri }] : []
    },
  )
}

function asSearch(query: string) {
  return { text: query, uri: `https://www.google.com/search?q=${encodeURIComponent(query.toWellFormed())}` }
}

/** A web address, with every character escaped that does not belong in one. */
function address(uri: string): string | undefined {
  if (!/^https?:/i.test(uri) || !URL.canParse(uri)) return undefined
  return new URL(uri).href
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
])

function decoded(html: string): string {
  return html.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,5}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES.get(name.toLowerCase()) ?? whole
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code > 0x10ffff ? whole : String.fromCodePoint(code)
  })
}
