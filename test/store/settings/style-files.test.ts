import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { STYLES } from '../../../src/core/wording/style-list.ts'
import {
  findStyle,
  listStyles,
  noStyle,
  removeStyle,
  saveStyle,
} from '../../../src/store/settings/style-files.ts'
import { temporaryHome } from '../temporary-home.ts'

const noir = { name: 'noir', template: '{prompt}. Make it black and white.' }

test('a user’s own style is a plain file, hides one that came with limn, and can be removed', async () => {
  const root = await temporaryHome()
  await saveStyle(root, noir)
  await saveStyle(root, { name: 'ink', template: '{prompt} in my ink' })
  expect(await readFile(join(root, 'styles/noir.txt'), 'utf8')).toBe('{prompt}. Make it black and white.\n')
  const all = await listStyles(root)
  expect(all.map(({ name }) => name).slice(0, 2)).toEqual(['ink', 'noir'])
  expect(all).toHaveLength(STYLES.length + 1)
  expect(await findStyle(root, 'INK')).toMatchObject({ own: true, template: '{prompt} in my ink' })
  expect(await removeStyle(root, 'ink')).toBe(true)
  expect(await removeStyle(root, 'ink')).toBe(false)
  expect(await findStyle(root, 'ink')).toMatchObject({ own: false })
})

test('a file that somebody else wrote is a style; one that cannot be used says why', async () => {
  const root = await temporaryHome()
  await mkdir(join(root, 'styles'))
  await writeFile(join(root, 'styles/shared.txt'), '  {prompt}, as a mosaic\n\n')
  await writeFile(join(root, 'styles/broken.txt'), 'as a mosaic')
  await writeFile(join(root, 'styles/notes.md'), 'no style')
  expect(await findStyle(root, 'shared')).toMatchObject({ template: '{prompt}, as a mosaic' })
  expect(await findStyle(root, 'broken')).toMatchObject({ problem: expect.stringContaining('{prompt}') })
  expect((await listStyles(root)).filter(({ own }) => own).map(({ name }) => name)).toEqual([
    'broken',
    'shared',
  ])
})

test('a name never leads out of the folder, and an unknown one gets a suggestion', async () => {
  const root = await temporaryHome()
  await writeFile(join(root, 'outside.txt'), '{prompt}')
  expect(await findStyle(root, '../outside')).toBeUndefined()
  expect(await removeStyle(root, '../outside')).toBe(false)
  expect(await noStyle(root, 'watercolor')).toContain('did you mean watercolour?')
})
