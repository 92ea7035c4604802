import { stat } from 'node:fs/promises'
import { findModel } from '../core/models/catalogue.ts'
import { fitSettings, readSetting, turnSetting, withChange } from '../core/settings/turn-settings.ts'
import { absolute } from '../turn/read-image.ts'
import type { BeforeLine, Checked } from './define.ts'

/** The first file that is not there, as a sentence; where a line before may have made it, nobody knows. */
export async function missingFile(
  paths: readonly string[],
  { newFiles, place }: Pick<BeforeLine, 'newFiles' | 'place'>,
): Promise<string | undefined> {
  if (newFiles) return undefined
  for (const path of paths) {
    const there = await stat(absolute(path, place)).then(
      () => true,
      () => false,
    )
    if (!there) return `There is no file ${path}.`
  }
  return undefined
}

/** A sentence, where there is one, as what a check has found. */
export function checked(problem: string | undefined): Checked {
  return problem === undefined ? undefined : { problem }
}

/** A setting of a turn with a new value as it was typed: the settings behind it, as far as those before are known. */
export function checkTurnSetting(
  name: string,
  typed: string | undefined,
  { settings, engine }: BeforeLine,
): Checked {
  const setting = turnSetting(name)
  if (!setting || typed === undefined || settings === undefined) return { settings }
  const read = readSetting(setting, typed, settings, engine)
  if (!read.ok) return { problem: read.sentence }
  const changed = withChange(settings, read.change)
  const fitted = fitSettings(findModel(changed.model).model, changed)
  return { settings: withChange(changed, fitted.change) }
}
