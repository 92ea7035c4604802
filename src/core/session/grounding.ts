/** A page that an answer is based on. For an image it is the page that contains it, which has to be linked. */
export type Source = { readonly kind: 'web' | 'image'; readonly uri: string; readonly title: string }

/** A search that Google's terms require to be shown with the answer, as a link. */
type Suggestion = { readonly text: string; readonly uri: string }

/** What the model searched for before it drew, and what it found. Addresses are `http` or `https`. */
export type Grounding = {
  readonly queries: readonly string[]
  readonly imageQueries: readonly string[]
  readonly sources: readonly Source[]
  readonly suggestions: readonly Suggestion[]
}

/** `Searched for "red foxes"; for images of "red foxes in snow".` */
export function searchedFor({ queries, imageQueries }: Grounding): string {
  const list = (all: readonly string[]) => all.map((query) => `"${query}"`).join(', ')
  const searches = [
    ...(queries.length > 0 ? [`for ${list(queries)}`] : []),
    ...(imageQueries.length > 0 ? [`for images of ${list(imageQueries)}`] : []),
  ]
  return searches.length === 0 ? 'Searched with Google.' : `Searched with Google ${searches.join('; ')}.`
}

/** All of it as plain text. */
export function groundingWords(grounding: Grounding): string {
  return [
    searchedFor(grounding),
    ...grounding.sources.map(({ title, uri }, index) => `${index + 1}. ${title} ${uri}`),
    ...grounding.suggestions.map(({ text, uri }) => `Google: ${text} ${uri}`),
  ].join('\n')
}
