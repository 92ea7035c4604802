import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findKey, saveKey } from '../../../src/store/settings/api-key.ts'
import { temporaryHome } from '../temporary-home.ts'

const windows = process.platform === 'win32'

describe('the key', () => {
  test('GEMINI_API_KEY goes before GOOGLE_API_KEY, and both before the file', async () => {
    const root = await temporaryHome()
    await saveKey(root, 'of-the-file')
    const both = { GEMINI_API_KEY: ' one\n', GOOGLE_API_KEY: 'two' }
    expect(await findKey(both, root)).toEqual({ key: 'one', source: 'GEMINI_API_KEY' })
    expect(await findKey({ ...both, GEMINI_API_KEY: ' ' }, root)).toEqual({
      key: 'two',
      source: 'GOOGLE_API_KEY',
    })
    expect(await findKey({}, root)).toEqual({ key: 'of-the-file', source: 'file' })
  })

  test('without any of them it is undefined', async () => {
    const root = join(await temporaryHome(), 'not-there')
    expect(await findKey({}, root)).toBeUndefined()
  })

  test.skipIf(windows)('only the user can read its file and folder', async () => {
    const root = join(await temporaryHome(), 'limn')
    await saveKey(root, 'AIza-one')
    await saveKey(root, 'AIza-two')
    expect((await stat(join(root, 'key'))).mode & 0o777).toBe(0o600)
    expect((await stat(root)).mode & 0o777).toBe(0o700)
    expect(await readFile(join(root, 'key'), 'utf8')).toBe('AIza-two\n')
  })

  test.skipIf(windows)(
    'a file that others can read is closed to them, with a warning that does not contain the key',
    async () => {
      const root = await temporaryHome()
      await writeFile(join(root, 'key'), 'AIza-secret\n')
      await chmod(join(root, 'key'), 0o644)
      const found = await findKey({}, root)
      expect(found).toMatchObject({ key: 'AIza-secret', warning: expect.stringContaining('0600') })
      expect(found?.warning).not.toContain('AIza')
      expect((await stat(join(root, 'key'))).mode & 0o777).toBe(0o600)
      expect(await findKey({}, root)).not.toHaveProperty('warning')
    },
  )

  test('no error contains it', async () => {
    const root = await temporaryHome()
    await mkdir(join(root, 'key'))
    const attempts = [
      () => saveKey(root, 'AIza secret'),
      () => saveKey(root, 'AIza-secret'),
      () => findKey({}, root),
    ]
    for (const attempt of attempts) {
      const error: unknown = await attempt().catch((caught: unknown) => caught)
      expect(error).toBeInstanceOf(Error)
      expect(`${error} ${error instanceof Error ? error.stack : ''}`).not.toContain('AIza')
    }
  })
})
