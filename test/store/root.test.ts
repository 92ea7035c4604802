import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rootFolder } from '../../src/store/root.ts'

test('LIMN_HOME is the root, also as a relative path', async () => {
  expect(await rootFolder({ LIMN_HOME: '/srv/limn' }, '/work')).toBe('/srv/limn')
  expect(await rootFolder({ LIMN_HOME: 'here' }, '/anywhere')).toBe('/anywhere/here')
})

test("else it is the platform's data folder", async () => {
  expect(await rootFolder({}, '/work')).toMatch(/limn/)
})

test.skipIf(process.platform === 'win32').each([[{}], [{ HOME: '' }]])(
  'with %j as its whole environment, limn still finds a folder or says what to set',
  (env) => {
    const file = join(import.meta.dirname, '../../src/store/root.ts')
    const code = `import { rootFolder } from ${JSON.stringify(file)}
      console.log(await rootFolder(process.env, '/').catch((error) => error.message))`
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
      env,
      encoding: 'utf8',
    })
    expect(said).toMatch(/^\/.*limn|LIMN_HOME/)
  },
)
