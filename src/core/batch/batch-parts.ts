/**
 * The length of an answer as a line of the results, in characters: the largest images seen, as base64, and a signature
 * of 600,000 characters. An unknown size counts as the largest.
 */
const ANSWER: Readonly<Record<string, number>> = {
  '512': 1_200_000,
  '1K': 3_500_000,
  '2K': 9_000_000,
  '4K': 22_000_000,
}
const LARGEST = 22_000_000

/** Results above about 1 GB have been reported as impossible to fetch; half of that is a margin. */
const MOST_RESULTS = 500_000_000

/** A file of requests may have up to 2 GB, by Google's page on batches. */
const MOST_REQUESTS = 2_000_000_000

type Weighed = {
  readonly settings: { readonly model: string; readonly size: string }
  /** The size of its line in the file of requests. */
  readonly bytes: number
}

/** Rows, divided into jobs: of one model each, since a job is sent to one model, and no larger than can be fetched. */
export function partsOf<R extends Weighed>(
  rows: readonly R[],
  limits = { results: MOST_RESULTS, requests: MOST_REQUESTS },
): readonly (readonly R[])[] {
  const byModel = Map.groupBy(rows, ({ settings }) => settings.model)
  return [...byModel.values()].flatMap((sameModel) => cut(sameModel, limits))
}

function cut<R extends Weighed>(
  rows: readonly R[],
  limits: { readonly results: number; readonly requests: number },
): readonly (readonly R[])[] {
  const parts: R[][] = []
  let part: R[] = []
  let results = 0
  let requests = 0
  for (const row of rows) {
    const answer = ANSWER[row.settings.size] ?? LARGEST
    if (part.length > 0 && (results + answer > limits.results || requests + row.bytes > limits.requests)) {
      parts.push(part)
      part = []
      results = 0
      requests = 0
    }
    part.push(row)
    results += answer
    requests += row.bytes
  }
  return part.length > 0 ? [...parts, part] : parts
}

/** The most bytes that a row's line in the file of requests takes: a letter takes up to three; images are only named. */
export function requestBytes(row: {
  readonly prompt: string
  readonly refs: readonly unknown[]
  readonly settings: { readonly system?: string }
}): number {
  const { prompt, refs, settings } = row
  return 2_000 + refs.length * 1_000 + 3 * JSON.stringify(`${prompt}${settings.system ?? ''}`).length
}
