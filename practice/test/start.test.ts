import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { startPractice } from '../start.ts'

test('the practice engine does not keep a process alive', async () => {
  const file = fileURLToPath(new URL('../start.ts', import.meta.url))
  const script = `const { startPractice } = await import(${JSON.stringify(file)}); console.log((await startPractice({})).url)`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
  expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/)
})

test('close, called once or twice, resolves when the engine no longer answers', async () => {
  const engine = await startPractice({})
  await Promise.all([engine.close(), engine.close()])
  await engine.close()
  await expect(fetch(`${engine.url}/v1beta/models`)).rejects.toThrow('fetch failed')
})
