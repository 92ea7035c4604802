import { link, readFile, unlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { OwnPrices } from '../../core/models/catalogue.ts'
import { codeOf, DiskError } from '../disk-error.ts'
import { makeFolder } from '../files.ts'
import { readPrices } from './own-prices.ts'
import {
  DEFAULTS,
  isValueOf,
  rightValue,
  SETTINGS,
  type SettingName,
  type Settings,
} from './settings-table.ts'

export type LoadedSettings = {
  /** As they are now, after every `set`. */
  readonly values: Settings
  /** The user's own; only the file sets them. */
  readonly prices: OwnPrices
  /** What was wrong with the file. */
  readonly words: readonly string[]
  /** In force at once. Gives a word when it could not be kept for the next time. */
  set<Name extends SettingName>(name: Name, value: Settings[Name]): Promise<string | undefined>
}

/**
 * Never fails: without a file that can be read, the defaults are in force, and that is said. `forThisRun` goes before
 * what is kept, until the user sets it anew.
 */
export async function loadSettings(
  root: string,
  forThisRun: Partial<Settings> = {},
): Promise<LoadedSettings> {
  const words: string[] = []
  const path = join(root, 'settings.json')
  const stored = await readStored(path, words)
  let settings = DEFAULTS
  for (const { name } of SETTINGS) {
    const value = stored[name]
    if (value === undefined) continue
    if (isValueOf(name, value)) settings = { ...settings, [name]: value }
    else words.push(`In ${path}, ${rightValue(name)}; ${DEFAULTS[name]} is used.`)
  }
  settings = { ...settings, ...forThisRun }
  const own = readPrices(stored.prices, path)
  return {
    words: [...words, ...own.words],
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
        return `${name} holds until limn ends, and could not be kept. ${why}`
      }
    },
  }
}

/** conf is loaded when something is to be written, not before the first frame; it keeps what it does not know. */
async function storeSetting(root: string, name: SettingName, value: string | number): Promise<void> {
  await makeFolder(root, 0o700)
  const { default: Conf } = await import('conf')
  const options = { cwd: root, configName: 'settings', accessPropertiesByDotNotation: false }
  new Conf<Record<string, unknown>>(options).set(name, value)
}

async function readStored(path: string, words: string[]): Promise<Readonly<Record<string, unknown>>> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    const missing = ['ENOENT', 'ENOTDIR'].includes(codeOf(error))
    if (!missing) words.push(`${new DiskError(path, error).message} The default settings are used.`)
    return {}
  }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch {
    // Kept aside, as anything else that is no settings file.
  }
  words.push(await keepAside(path))
  return {}
}

async function keepAside(path: string): Promise<string> {
  const broken = `${path} is no settings file that limn can read; the default settings are used.`
  for (let number = 1; number < 100; number++) {
    const aside = `${path}.bad${number === 1 ? '' : `-${number}`}`
    try {
      // A link, since a rename would write over the one that was kept before.
      await link(path, aside)
      await unlink(path)
      return `${broken} What it said is kept in ${basename(aside)}.`
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') return broken
    }
  }
  return broken
}
