import { expect, test } from 'vitest'
import { CHECKED } from '../../src/core/models/unverified.ts'
import { run, smallHome } from './driver.ts'
import { startEngine } from './engine.ts'

const names = Object.keys(CHECKED)

test('limn doctor --live prints its findings, and without a screen spends nothing unless --yes is given', async () => {
  const home = await smallHome()
  const practice = await run(['doctor', '--live', '--practice'], home)
  expect(practice).toMatchObject({ code: 0, stderr: '' })
  expect([...practice.stdout.matchAll(/^✓ ([\w-]+): /gm)].map(([, name]) => name)).toEqual(names)

  const engine = await startEngine()
  const unasked = await run(['doctor', '--live'], home, engine.env)
  expect(unasked).toMatchObject({ code: 4, stderr: expect.stringMatching(/about \$0\.\d+.*\n.*--yes/) })
  expect(engine.asked).toEqual([])

  const agreed = await run(['doctor', '--live', '--yes', '--json'], home, engine.env)
  const findings: Record<string, { is: string }> = JSON.parse(agreed.stdout)
  expect(Object.keys(findings)).toEqual(names)
  expect(findings['image-config']?.is).toBe('as-believed')
  expect(agreed.stderr).toMatch(/This cost (?:about )?\$0\.\d+/)
  expect(engine.asked.length).toBeGreaterThan(5)
})
