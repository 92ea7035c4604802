import { settingNamed, wrongForUser } from '../commands/set.ts'
import { findModel, fitSettings } from '../core/models/catalogue.ts'
import { readSetting, turnSetting, withChange } from '../core/settings/turn-settings.ts'
import type { TurnSettings } from '../core/settings/turn-settings-type.ts'

type SettingsAfter =
  | { readonly ok: true; readonly settings: TurnSettings | undefined }
  | { readonly ok: false; readonly sentence: string }

/** What is in force behind a command, as far as its words tell; undefined where that is not known. */
export function settingsBehind(
  command: string,
  values: Record<string, unknown>,
  settings: TurnSettings | undefined,
  engine: string,
): SettingsAfter {
  const [name, value] = setBy(command, values)
  if (name === undefined) return { ok: true, settings }
  const row = settingNamed(name)
  if (!row) return { ok: false, sentence: `There is no setting ${name}; /set lists them.` }
  const setting = turnSetting(row.name)
  if (value === undefined) return { ok: true, settings }
  if (!setting) {
    const sentence = wrongForUser(row.name, value)
    return sentence === undefined ? { ok: true, settings } : { ok: false, sentence }
  }
  if (!settings) return { ok: true, settings }
  const read = readSetting(setting, value, settings, engine)
  if (!read.ok) return read
  const changed = withChange(settings, read.change)
  return {
    ok: true,
    settings: withChange(changed, fitSettings(findModel(changed.model).model, changed).change),
  }
}

/** The name of a setting and its new value, as they were typed. */
function setBy(
  command: string,
  { name, value, model }: Record<string, unknown>,
): readonly (string | undefined)[] {
  const word = (typed: unknown) => (typeof typed === 'string' ? typed : undefined)
  switch (command) {
    case 'set':
      return [word(name), word(value)]
    case 'ar':
      return ['aspect', word(value)]
    case 'size':
      return ['size', word(value)]
    case 'model':
      return ['model', word(model)]
    default:
      return []
  }
}
