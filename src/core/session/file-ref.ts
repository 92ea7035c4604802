/** A file of the session's folder; `file` is its path inside that folder, with `/` between the parts. */
export type FileRef = {
  readonly file: string
  readonly mime: string
  /** In pixels. */
  readonly width: number
  /** In pixels. */
  readonly height: number
  /** Size of the file in bytes. */
  readonly bytes: number
  /** The hash of the file's bytes, in hexadecimal: with it, no image is sent twice in a request. */
  readonly sha256: string
}
