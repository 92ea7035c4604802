/** Keys as Google makes them: `AIza…`, and `AQ.…` since 2026. A key that is joined to a word matches too. */
const KEY = /(?:AIza|AQ\.)[\w-]{20,}/

/** True for a line with an API key in it, which must not be shown, kept, recorded or sent. */
export function holdsKey(line: string): boolean {
  return KEY.test(line)
}

/** Shown instead of such a line; it contains nothing of the line. */
export const KEY_REFUSED =
  'That line contains an API key: it was not sent, and nothing of it is kept. Type /key alone; it asks for the key without showing it.'
