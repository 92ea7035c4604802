/** Keys as Google makes them: `AIza…`, and `AQ.…` since 2026. Also one that is glued to a word. */
const KEY = /(?:AIza|AQ\.)[\w-]{20,}/

/** A line with an API key in it: it is not to be shown, kept, recorded or sent. */
export function holdsKey(line: string): boolean {
  return KEY.test(line)
}

/** Said in the place of such a line; nothing of the line is in it. */
export const KEY_REFUSED =
  'There is an API key in that line: it was not sent and nothing of it is kept. Type /key alone; it asks for the key without showing it.'
