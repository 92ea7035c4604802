import { expect, test } from 'vitest'
import { open, run, sessionsOf } from './driver.ts'
import { startEngine } from './engine.ts'

test('the price of the next line is shown, and the spending is known even if limn is killed', async () => {
  const engine = await startEngine()
  const user = await open({ env: engine.env, columns: 120 })
  await user.sees(/3\.1-flash-image · ratio auto · 512 · next \$0\.04\d$/m)
  await user.draws('a red fox', 'v1 ← v0')
  await user.sees(/next \$0\.04\d · spent about \$0\.04\d/)
  user.submits('/cost')
  await user.sees(/20\d\d-\d\d-\d\d {2}3\.1-flash-image +1 +about \$0\.04\d/)
  await user.sees(/This session: about \$0\.04\d for 1 call\./)
  user.submits('/model someone-elses')
  await user.sees(/^someone-elses · .* next \$\? ·/m)
  user.submits('/model nano')
  await user.sees(/^nano-banana-2\.1 · .* next \$0\.03/m)

  const gate = engine.holdNext()
  user.submits('at night')
  await gate.come
  expect(await told(user.home, 'today')).toMatchObject({ calls: 1, out: { calls: 1 } })
  await user.kill('SIGKILL')
  gate.release()
  const after = await told(user.home, 'session')
  expect(after).toMatchObject({ session: (await sessionsOf(user.home))[0]?.split('/').at(-1), calls: 1 })
  expect(await told(user.home, 'all')).toMatchObject({ calls: 2, mayHaveBeenBilled: 1, out: { calls: 0 } })
})

test('practice is free, and in no sum', async () => {
  const user = await open({ args: ['--practice'], columns: 120 })
  await user.draws('a red fox', 'v1 ← v0')
  await user.sees(/512 · practice · free/)
  await user.quits()
  const { stdout, code } = await run(['cost', 'all'], user.home)
  expect([stdout, code]).toEqual(['In all: nothing spent.\n', 0])
})

async function told(home: Parameters<typeof run>[1], period: string): Promise<unknown> {
  return JSON.parse((await run(['cost', period, '--json'], home)).stdout)
}
