import type { TURN_SETTING_LIST } from './turn-setting-list.ts'

type Listed = (typeof TURN_SETTING_LIST)[number]

/** Any word, since a newer limn may have set one that is not known here. */
type Recorded<S extends Listed> = S['rule']['kind'] extends 'number' | 'choice-or-number' ? number : string

type Always = Extract<Listed, { readonly line: { readonly recorded: 'always' } }>

type WhenSet = Exclude<Listed, Always>

export type TurnSettingName = Listed['name']

/** The settings that a turn is made with. The session records each of them; what is missing is left to the model. */
export type TurnSettings = { readonly [S in Always as S['name']]: Recorded<S> } & {
  readonly [S in WhenSet as S['name']]?: Recorded<S>
}

/** The settings to change; null removes one. */
export type SettingsChange = { readonly [S in Always as S['name']]?: Recorded<S> } & {
  readonly [S in WhenSet as S['name']]?: Recorded<S> | null
}

/** What each may be in the settings of a user, its default included. */
export type TurnDefaults = {
  readonly [S in Listed as S['name']]: S['rule']['kind'] extends 'number'
    ? number
    : S['rule']['kind'] extends 'choice-or-number'
      ? string | number
      : string
}
