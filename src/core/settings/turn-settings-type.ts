/** The settings that a turn is made with. Every one is a fact of the session. */
export type TurnSettings = {
  readonly model: string
  /** `auto` follows the current image. */
  readonly aspect: string
  readonly size: string
} & Extras

/** What is not there is as the model has it by itself. What each may be is in `TURN_SETTINGS`. */
export type Extras = {
  readonly thinking?: string
  readonly thoughts?: string
  readonly search?: string
  readonly temperature?: number
  readonly safety?: string
  readonly person?: string
  readonly tier?: string
  readonly system?: string
  readonly history?: number
  readonly seed?: number
}

/** What is set anew; null takes a setting away. */
export type SettingsChange = Partial<Pick<TurnSettings, 'model' | 'aspect' | 'size'>> & {
  readonly [Name in keyof Extras]?: Extras[Name] | null
}
