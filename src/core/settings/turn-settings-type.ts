import type { TURN_SETTING_LIST } from './turn-setting-list.ts'

type Listed = (typeof TURN_SETTING_LIST)[number]

/** A word may be one that a newer limn has set, so it is any. */
type Recorded<S extends Listed> = S['rule']['kind'] extends 'number' | 'choice-or-number' ? number : string

type Always = Extract<Listed, { readonly line: { readonly recorded: 'always' } }>

type WhenSet = Exclude<Listed, Always>

export type TurnSettingName = Listed['name']

/** The settings that a turn is made with. Every one is a fact of the session; what is not there is as the model has it. */
export type TurnSettings = { readonly [S in Always as S['name']]: Recorded<S> } & {
  readonly [S in WhenSet as S['name']]?: Recorded<S>
}

/** What is set anew; null takes a setting away. */
export type SettingsChange = { readonly [S in Always as S['name']]?: Recorded<S> } & {
  readonly [S in WhenSet as S['name']]?: Recorded<S> | null
}

/** What each may hold in the settings of a user, its default among it. */
export type TurnDefaults = {
  readonly [S in Listed as S['name']]: S['rule']['kind'] extends 'number'
    ? number
    : S['rule']['kind'] extends 'choice-or-number'
      ? string | number
      : string
}
