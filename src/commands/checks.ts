import { stat } from 'node:fs/promises'
import { findModel } from '../core/models/model-catalogue.ts'
import { fitSettings, readSetting, turnSetting, withChange } from '../core/settings/turn-settings.ts'
import { absolute } from '../turn/read-image.ts'
import type { BeforeLine, Checked } from './define.ts'

/** A sentence about the first file that is missing; undefined if an earlier line may still make it. */
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

/** The finding of a check, from its sentence if it has one. */
export function checked(problem: string | undefined): Checked {
  return problem === undefined ? undefined : { problem }
}

/** Checks a typed value of a turn setting, and gives the settings after it if those before it are known. */
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
