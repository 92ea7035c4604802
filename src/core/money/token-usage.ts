/** Tokens, by modality; the field names are ours, the numbers are the server's. */
export type Usage = {
  readonly input: number
  readonly outputText: number
  readonly outputImage: number
  readonly thoughts: number
  readonly total: number
  /** The service tier that the server reports: `standard`, `flex`, `priority`. */
  readonly tier?: string
}
