import { existsSync } from 'node:fs'
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newHome, open, run } from './driver.ts'

test("compiled code is kept in the user's cache folder, not with the sessions, and that of old builds is removed", async () => {
  const home = await newHome()
  const folder = join(home.home, 'cache/limn/code')
  const env = { XDG_CACHE_HOME: join(home.home, 'cache'), NODE_COMPILE_CACHE: undefined }
  await mkdir(join(folder, 'of-an-old-limn'), { recursive: true })
  await mkdir(join(folder, 'of-another-limn'))
  const lastWeek = Date.now() / 1000 - 7 * 24 * 60 * 60
  await utimes(join(folder, 'of-an-old-limn'), lastWeek, lastWeek)

  const user = await open({ home, env })
  await expect.poll(() => existsSync(join(folder, 'of-an-old-limn'))).toBe(false)
  await user.quits()
  const kept = await readdir(folder)
  expect(kept).toHaveLength(2)
  expect(kept).toContain('of-another-limn')
  const [own = ''] = kept.filter((name) => name !== 'of-another-limn')
  expect((await readdir(join(folder, own), { recursive: true })).length).toBeGreaterThan(20)
  expect(await readdir(home.root).catch(() => [])).toEqual([])
})

test('limn starts without a folder for compiled code', async () => {
  const home = await newHome()
  const env = { HOME: undefined, NODE_COMPILE_CACHE: undefined }
  expect(await run(['--version'], home, env)).toMatchObject({ code: 0, stderr: '' })
  const file = join(home.cwd, 'file')
  await writeFile(file, 'no folder')
  // Node itself would try for ever to create a folder in /proc.
  for (const cache of [file, '/proc/nowhere'])
    expect(
      await run(['--version'], home, { XDG_CACHE_HOME: cache, NODE_COMPILE_CACHE: undefined }),
    ).toMatchObject({ code: 0, stderr: '' })
})
