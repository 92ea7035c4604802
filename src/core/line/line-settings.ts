import { fitSettings, modelOf } from '../models/catalogue.ts'
import { readSetting, TURN_SETTINGS, withChange } from '../settings/turn-settings.ts'
import type { TurnSettings } from '../settings/turn-settings-type.ts'
import type { Given } from './given-flag.ts'

export type Flagged =
  | { readonly ok: true; readonly settings: TurnSettings; readonly words: readonly string[] }
  | { readonly ok: false; readonly sentence: string }

/** The settings of one line: those in force, with its flags. The model is read first, since the others depend on it. */
export function withFlags(flags: readonly Given[], inForce: TurnSettings, engine: string): Flagged {
  let settings = inForce
  const words: string[] = []
  const given = flags.flatMap(({ flag, value }) => {
    const setting = TURN_SETTINGS.find(({ name }) => name === flag)
    return setting ? [{ setting, typed: value === '' ? 'on' : value }] : []
  })
  const isModel = ({ setting }: (typeof given)[number]) => setting.name === 'model'
  for (const { setting, typed } of [...given.filter(isModel), ...given.filter((one) => !isModel(one))]) {
    const read = readSetting(setting, typed, settings, engine)
    if (!read.ok) return read
    settings = withChange(settings, read.change)
  }
  const fitted = fitSettings(modelOf(settings.model), settings)
  const foreign = flags.filter(({ flag }) => flag === 'foreign').map(({ name }) => name)
  if (foreign.length > 0) words.push(`Not sent: ${foreign.join(', ')}; Gemini has no such flag.`)
  return { ok: true, settings: withChange(settings, fitted.change), words: [...words, ...fitted.words] }
}
