import { link, readFile, unlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { OwnPrices } from '../../core/models/model-catalogue.ts'
import { codeOf, DiskError } from '../disk-error.ts'
import { makeFolder } from '../files.ts'
import { DEFAULTS, isValueOf, rightValue, SETTINGS, type SettingName, type Settings } from './all-settings.ts'
import { readPrices } from './own-prices.ts'

export type LoadedSettings = {
  /** The values in force, after every `set`. */
  readonly values: Settings
  /** The user's own prices; only the file sets them. */
  readonly prices: OwnPrices
  /** A sentence for everything that was wrong with the file. */
  readonly warnings: readonly string[]
  /** Sets a value at once. Gives a sentence when it could not be saved. */
  set<Name extends SettingName>(name: Name, value: Settings[Name]): Promise<string | undefined>
}

/**
 * Never fails: without a readable file the defaults are in force, and a sentence says so. `forThisRun` overrides the
 * saved values until the user sets them again.
 */
export async function loadSettings(
  root: string,
  forThisRun: Partial<Settings> = {},
): Promise<LoadedSettings> {
  const warnings: string[] = []
  const path = join(root, 'settings.json')
  const stored = await readStored(path, warnings)
  let settings = DEFAULTS
  for (const { name } of SETTINGS) {
    const value = stored[name]
    if (value === undefined) continue
    if (isValueOf(name, value)) settings = { ...settings, [name]: value }
    else warnings.push(`In ${path}, ${rightValue(name)}; ${DEFAULTS[name]} is used.`)
  }
  settings = { ...settings, ...forThisRun }
  const own = readPrices(stored.prices, path)
  return {
    warnings: [...warnings, ...own.warnings],
    prices: own.prices,
    get values() {
      return settings
    },
    async set(name, value) {
      settings = { ...settings, [name]: value }
      try {
        await storeSetting(root, name, value)
        return undefined
      } catch (error) {
        const why = error instanceof DiskError ? error.message : new DiskError(path, error).message
        return `${name} applies until limn ends; it could not be saved. ${why}`
      }
    },
  }
}

/** conf is loaded only to write, so that the first frame does not wait for it. It keeps names that limn does not know. */
async function storeSetting(root: string, name: SettingName, value: string | number): Promise<void> {
  await makeFolder(root, 0o700)
  const { default: Conf } = await import('conf')
  const options = { cwd: root, configName: 'settings', accessPropertiesByDotNotation: false }
  new Conf<Record<string, unknown>>(options).set(name, value)
}

async function readStored(path: string, warnings: string[]): Promise<Readonly<Record<string, unknown>>> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    const missing = ['ENOENT', 'ENOTDIR'].includes(codeOf(error))
    if (!missing) warnings.push(`${new DiskError(path, error).message} The default settings are used.`)
    return {}
  }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch {
    // Renamed below, as anything else that is not a settings file.
  }
  warnings.push(await keepAside(path))
  return {}
}

async function keepAside(path: string): Promise<string> {
  const broken = `${path} is not a settings file that limn can read; the default settings are used.`
  for (let number = 1; number < 100; number++) {
    const aside = `${path}.bad${number === 1 ? '' : `-${number}`}`
    try {
      // A link, since a rename would overwrite the file that was kept before.
      await link(path, aside)
      await unlink(path)
      return `${broken} It is now called ${basename(aside)}.`
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') return broken
    }
  }
  return broken
}
