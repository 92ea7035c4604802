/** A version as a tool sees it. */
export type ToolInput = {
  /** `v3` */
  readonly name: string
  readonly bytes: Uint8Array
  /** In pixels, upright. */
  readonly width: number
  readonly height: number
}

export type ToolResult =
  | {
      readonly ok: true
      /** `did` says what was done, behind the name of what it was done to: `v2, mirrored`. */
      readonly images: readonly { readonly bytes: Uint8Array; readonly did: string }[]
    }
  /** Why nothing can be made, and what to do instead. */
  | { readonly ok: false; readonly sentence: string }

/** Makes images of an image here, without a model and for nothing. It scales nothing. */
export type Tool<Options> = {
  /** The words of its command that ask for the same again. */
  words(options: Options): readonly string[]
  make(input: ToolInput, options: Options): Promise<ToolResult>
}
