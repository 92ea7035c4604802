/** The version that a tool starts from. */
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
      /** `did` says what was done, to be shown after the source's name: `v2, mirrored`. */
      readonly images: readonly { readonly bytes: Uint8Array; readonly did: string }[]
    }
  /** Why nothing can be made, and what to do instead. */
  | { readonly ok: false; readonly sentence: string }

/** Makes images from an image on this machine, without a model and at no cost. It does not scale. */
export type Tool<Options> = {
  /** The command's arguments that would ask for the same again. */
  arguments(options: Options): readonly string[]
  make(input: ToolInput, options: Options): Promise<ToolResult>
}
