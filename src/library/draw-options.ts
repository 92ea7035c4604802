/** Options for one drawing; what is left out is as the session has it. */
export type DrawOptions = {
  /** A model's id, or a name such as `pro`. */
  readonly model?: string | undefined
  /** `16:9`; `auto` follows the current image. */
  readonly aspect?: string | undefined
  /** `512`, `1K`, `2K` or `4K`. */
  readonly size?: string | undefined
  /** The number of images, made in parallel; at most 16. */
  readonly n?: number | undefined
  /** Images to send with this prompt: paths, or version numbers. */
  readonly references?: readonly (string | number)[] | undefined
  /** Starts a new image: nothing from before is sent. */
  readonly fresh?: boolean | undefined
  /** The number of the version to edit; the current one if left out. */
  readonly from?: number | undefined
  /** The name of a style, or `off`. */
  readonly style?: string | undefined
  readonly thinking?: string | undefined
  readonly thoughts?: 'on' | 'off' | undefined
  readonly search?: string | undefined
  readonly temperature?: number | undefined
  readonly safety?: string | undefined
  readonly person?: string | undefined
  readonly tier?: string | undefined
  readonly system?: string | undefined
  readonly history?: number | undefined
  readonly seed?: number | undefined
}
