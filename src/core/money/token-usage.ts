/** Tokens, by modality; the field names are ours, the numbers are the server's. */
export type Usage = {
  readonly input: number
  readonly outputText: number
  readonly outputImage: number
  readonly thoughts: number
  readonly total: number
  /** How the server says that it has served it: `standard`, `flex`, `priority`. */
  readonly tier?: string
}
