import type { TurnSettingName } from '../settings/turn-settings-type.ts'

export type FlagName =
  | TurnSettingName
  | 'fresh'
  /** So many images of one line. */
  | 'n'
  | 'style'
  /** What is not to be in the image. */
  | 'no'
  /** Tells what would be sent, and sends nothing. */
  | 'dry-run'
  | 'style-reference'
  | 'character-reference'
  /** Of another program: named, and not sent. */
  | 'foreign'

export type Given = { readonly flag: FlagName; readonly name: string; readonly value: string }
