// Each of these characters is a grapheme by itself and takes one column. So most lines need neither Intl.Segmenter
// (8 to 10 ms when it is first made) nor string-width's emoji pattern (20 ms).
const PLAIN = /^[\n -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2039\u203a\u2190-\u2193]*$/

export function isPlain(text: string): boolean {
  return PLAIN.test(text)
}
