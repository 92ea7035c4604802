import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  DEFAULTS,
  isSettingName,
  isValueOf,
  rightValue,
  SETTINGS,
  typedValue,
} from '../../../src/store/settings/all-settings.ts'
import { loadSettings } from '../../../src/store/settings/load-settings.ts'
import { temporaryHome } from '../temporary-home.ts'

describe('the settings of a user', () => {
  test('are the defaults at first, and reading them creates no file', async () => {
    const root = await temporaryHome()
    const { values: settings, warnings } = await loadSettings(join(root, 'new'))
    expect(settings).toEqual(DEFAULTS)
    expect(warnings).toEqual([])
    expect(await readdir(root)).toEqual([])
  })

  test('are saved for the next time', async () => {
    const root = join(await temporaryHome(), 'new')
    const first = await loadSettings(root)
    expect(await first.set('history', 4)).toBeUndefined()
    expect(await first.set('graphics', 'blocks')).toBeUndefined()
    expect(first.values).toEqual({ ...DEFAULTS, history: 4, graphics: 'blocks' })
    expect((await loadSettings(root)).values).toEqual(first.values)
  })

  test('a wrong value is replaced by the default, and the others apply', async () => {
    const root = await temporaryHome()
    await writeFile(join(root, 'settings.json'), '{"history":"many","escape":"abort","of":"a newer limn"}')
    const loaded = await loadSettings(root)
    expect(loaded.values).toEqual({ ...DEFAULTS, escape: 'abort' })
    expect(loaded.warnings).toEqual([
      expect.stringMatching(/history is a whole number of turns, 0 to 50; 2 is used/),
    ])
    await loaded.set('timeout', 60)
    expect(JSON.parse(await readFile(join(root, 'settings.json'), 'utf8'))).toMatchObject({
      of: 'a newer limn',
    })
  })

  test.each(['{"history": 3', '[]', 'null', ''])(
    'a file with %j is renamed, with a warning',
    async (text) => {
      const root = await temporaryHome()
      const path = join(root, 'settings.json')
      for (const name of ['settings.json.bad', 'settings.json.bad-2']) {
        await writeFile(path, text)
        const { values: settings, warnings } = await loadSettings(root)
        expect(settings).toEqual(DEFAULTS)
        expect(warnings).toEqual([expect.stringContaining(`now called ${name}.`)])
        expect(await readFile(join(root, name), 'utf8')).toBe(text)
      }
      expect(await (await loadSettings(root)).set('size', '2K')).toBeUndefined()
      expect((await loadSettings(root)).values.size).toBe('2K')
    },
  )

  test('apply until limn ends when they cannot be saved, with a sentence', async () => {
    const file = join(await temporaryHome(), 'file')
    await writeFile(file, '')
    const loaded = await loadSettings(join(file, 'limn'))
    expect(loaded.warnings).toEqual([])
    expect(await loaded.set('escape', 'abort')).toMatch(/applies until limn ends; it could not be saved/)
    expect(loaded.values.escape).toBe('abort')
  })

  test('one for this run overrides the saved one until it is set', async () => {
    const root = await temporaryHome()
    await (await loadSettings(root)).set('graphics', 'kitty')
    const loaded = await loadSettings(root, { graphics: 'sixel' })
    expect(loaded.values.graphics).toBe('sixel')
    expect((await loadSettings(root)).values.graphics).toBe('kitty')
    await loaded.set('graphics', 'blocks')
    expect(loaded.values.graphics).toBe('blocks')
  })

  test('each has a row in the list, with its default and its values', () => {
    expect(SETTINGS.map(({ name }) => name)).toEqual(Object.keys(DEFAULTS))
    for (const { name, default: value } of SETTINGS) expect(isValueOf(name, value)).toBe(true)
    expect(SETTINGS.find(({ name }) => name === 'escape')?.rule).toEqual({
      kind: 'choice',
      choices: ['keep', 'abort'],
    })
  })

  test('a typed value is read as its type', () => {
    expect(typedValue('history', ' 3 ')).toBe(3)
    expect(isValueOf('history', typedValue('history', ''))).toBe(false)
    expect(isValueOf('history', typedValue('history', '2.5'))).toBe(false)
    expect(isValueOf('escape', typedValue('escape', 'keep'))).toBe(true)
    expect(rightValue('escape')).toBe('escape is one of keep, abort')
    expect(isSettingName('toString')).toBe(false)
  })
})
