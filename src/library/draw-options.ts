/** What one drawing is made with; what is left out is as the session has it. */
export type DrawOptions = {
  /** An id, or a name such as `pro`. */
  readonly model?: string | undefined
  /** `16:9`; `auto` follows the current image. */
  readonly aspect?: string | undefined
  /** `512`, `1K`, `2K` or `4K`. */
  readonly size?: string | undefined
  /** Images of this prompt, side by side; at most 16. */
  readonly n?: number | undefined
  /** Images that go along for this one: paths, or numbers of versions. */
  readonly references?: readonly (string | number)[] | undefined
  /** A new image, that is told nothing of what came before. */
  readonly fresh?: boolean | undefined
  /** The version that it goes on from; where the session stands when it is left out. */
  readonly from?: number | undefined
  /** A style by its name, or `off`. */
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
