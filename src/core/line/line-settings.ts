import { modelOf } from '../models/model-catalogue.ts'
import { fitSettings, readSetting, TURN_SETTINGS, withChange } from '../settings/turn-settings.ts'
import type { TurnSettings } from '../settings/turn-settings-type.ts'
import type { Given } from './given-flag.ts'

export type Flagged =
  | { readonly ok: true; readonly settings: TurnSettings; readonly words: readonly string[] }
  | { readonly ok: false; readonly sentence: string }

/**
 * The settings of one line: those in force, changed by its flags. Flags are read in the order of the list, since the
 * model comes first and decides what the others may be.
 */
export function withFlags(flags: readonly Given[], inForce: TurnSettings, engine: string): Flagged {
  let settings = inForce
  const words: string[] = []
  const given = TURN_SETTINGS.flatMap((setting) =>
    flags
      .filter(({ flag }) => flag === setting.name)
      .map(({ value }) => ({ setting, typed: value === '' ? (setting.line.flag?.alone ?? '') : value })),
  )
  for (const { setting, typed } of given) {
    const read = readSetting(setting, typed, settings, engine)
    if (!read.ok) return read
    settings = withChange(settings, read.change)
  }
  const fitted = fitSettings(modelOf(settings.model), settings)
  const foreign = flags.filter(({ flag }) => flag === 'foreign').map(({ name }) => name)
  if (foreign.length > 0) words.push(`Not sent: ${foreign.join(', ')}; Gemini has no such flag.`)
  return { ok: true, settings: withChange(settings, fitted.change), words: [...words, ...fitted.words] }
}
