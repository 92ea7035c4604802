import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DiskError } from '../../src/store/disk-error.ts'
import { isInside, removeTemporary, sha256, writeNew, writeOnce } from '../../src/store/files.ts'
import { picture } from './session/session-facts.ts'
import { temporaryHome } from './temporary-home.ts'

describe('files of a session are written once', () => {
  test('a new file is written whole, and nothing else', async () => {
    const home = await temporaryHome()
    await writeNew(home, 'images/v1.jpg', picture('fox'))
    expect(await readFile(join(home, 'images/v1.jpg'))).toEqual(picture('fox'))
    expect(await readdir(join(home, 'images'))).toEqual(['v1.jpg'])
  })

  test('an existing file is never overwritten', async () => {
    const home = await temporaryHome()
    await writeNew(home, 'images/v1.jpg', picture('fox'))
    await expect(writeNew(home, 'images/v1.jpg', picture('wolf'))).rejects.toMatchObject({ code: 'EEXIST' })
    expect(await readFile(join(home, 'images/v1.jpg'))).toEqual(picture('fox'))
    expect(await readdir(join(home, 'images'))).toEqual(['v1.jpg'])
  })

  test('the same reference, added twice, is stored once', async () => {
    const home = await temporaryHome()
    const name = `inputs/${sha256(picture('hero'))}.jpg`
    await writeOnce(home, name, picture('hero'))
    await writeOnce(home, name, picture('hero'))
    expect(await readdir(join(home, 'inputs'))).toHaveLength(1)
  })

  test('a damaged copy of a reference is repaired', async () => {
    const home = await temporaryHome()
    const name = `inputs/${sha256(picture('hero'))}.jpg`
    await writeOnce(home, name, picture('hero'))
    await writeFile(join(home, name), '')
    await writeOnce(home, name, picture('hero'))
    expect(await readFile(join(home, name))).toEqual(picture('hero'))
  })

  test('only the half-written files of a killed process are removed', async () => {
    const home = await temporaryHome()
    await writeFile(join(home, '.01234567-89ab-cdef-0123-456789abcdef.tmp'), 'half')
    await writeFile(join(home, '.notes.tmp'), 'of the user')
    await removeTemporary(home)
    expect(await readdir(home)).toEqual(['.notes.tmp'])
  })

  test('a file in the place of a folder gives a sentence, with the system error as its cause', async () => {
    const home = await temporaryHome()
    await writeFile(join(home, 'images'), '')
    const error: unknown = await writeNew(home, 'images/v1.jpg', picture('fox')).catch((caught) => caught)
    expect(error).toBeInstanceOf(DiskError)
    expect(error).toMatchObject({
      message: expect.stringMatching(/a part of its path is a file|already exists/),
    })
    expect(error).toMatchObject({ cause: expect.any(Error) })
  })

  test('a folder in the place of the file is an error', async () => {
    const home = await temporaryHome()
    await mkdir(join(home, 'images/v1.jpg'), { recursive: true })
    await expect(writeNew(home, 'images/v1.jpg', picture('fox'))).rejects.toBeInstanceOf(DiskError)
    expect(await readdir(join(home, 'images'))).toEqual(['v1.jpg'])
  })

  test.each([
    '../key',
    '/etc/passwd',
    'images/../../key',
    'C:\\x',
    'a\\b',
    '',
    '.',
    '..',
    'a//b',
    './a',
    'a\0',
  ])('a session cannot name the file %j outside its folder', async (name) => {
    expect(isInside(name)).toBe(false)
    await expect(writeNew(await temporaryHome(), name, picture('fox'))).rejects.toThrow(/not a name inside/)
  })
})
