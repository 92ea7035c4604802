import type { TurnSettingName } from '../settings/turn-settings-type.ts'

export type FlagName =
  | TurnSettingName
  | 'fresh'
  /** How many images of one line. */
  | 'n'
  | 'style'
  /** What to leave out of the image. */
  | 'no'
  /** Shows what would be sent, and sends nothing. */
  | 'dry-run'
  | 'style-reference'
  | 'character-reference'
  /** Of another program: reported, and not sent. */
  | 'foreign'

export type Given = { readonly flag: FlagName; readonly name: string; readonly value: string }
