import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Home, onlySession, open, run, sessionsOf, smallHome } from './driver.ts'
import { startEngine } from './engine.ts'

/** A home whose user has set this, with the small images of the tests. */
async function homeWith(settings: object): Promise<Home> {
  const home = await smallHome()
  const path = join(home.root, 'settings.json')
  const there: unknown = JSON.parse(await readFile(path, 'utf8').catch(() => '{}'))
  await writeFile(path, JSON.stringify({ ...Object(there), ...settings }))
  return home
}

test('limn asks before an expensive line, and gives it back if the user does not want to pay for it', async () => {
  const engine = await startEngine()
  const user = await open({ env: engine.env, columns: 120 })
  user.submits('/set ask-above 0.01')
  await user.sees('askAbove is now 0.01.')
  user.submits('a red fox')
  await user.sees(/This line costs about \$0\.04\d, and at most \$0\.0\d\d\. limn asks above \$0\.01/)
  user.submits('n')
  await user.sees('Not sent.')
  await user.waitFor(() => user.prompt()?.text === 'a red fox', 'the line, offered again')
  expect(engine.asked).toHaveLength(0)
  user.press('enter')
  await user.seesTimes('This line costs', 1)
  user.submits('y')
  await user.sees('v1 ← v0 ·')
  expect(engine.asked).toHaveLength(1)
  await user.quits()
})

test('a budget warns, then asks; lines queued after the line are held', async () => {
  const engine = await startEngine()
  const user = await open({ env: engine.env, columns: 120 })
  user.submits('/budget 0.10')
  await user.sees('The budget of $0.10 for this session: $0.000 spent, $0.100 left.')
  await user.draws('a red fox', 'v1 ← v0')
  const gate = engine.holdNext()
  user.submits('at night')
  await gate.come
  await user.sees('The budget of $0.10 for this session is nearly used up')
  user.submits('in snow')
  user.submits('in rain')
  gate.release()
  await user.sees(
    /The budget of \$0\.10 for this session would be exceeded: \$0\.0\d\d spent, and this can cost \$0\.0\d\d/,
  )
  user.submits('n')
  await user.sees('Not sent because of the budget.')
  await user.waitFor(() => user.prompt()?.text === 'in snow', 'the line, offered again')
  expect(engine.asked).toHaveLength(2)
  await user.sees('1 line held · first send this line (Enter) or clear it (Esc)')
  user.press('escape')
  await user.waitFor(() => user.prompt()?.text === '', 'an empty prompt')
  user.submits('/budget off')
  await user.sees('There is no budget')
  await user.quits()
})

describe('without a screen', () => {
  test('a line over the budget ends with status 4 and a sentence', async () => {
    const engine = await startEngine()
    const home = await homeWith({ budgetDay: 0.06 })
    expect(await run(['-p', 'a red fox'], home, engine.env)).toMatchObject({ code: 0 })
    const { code, stdout, stderr } = await run(['-p', 'a blue fox', '--yes'], home, engine.env)
    expect([code, stdout]).toEqual([4, ''])
    expect(stderr).toMatch(
      /^Not sent: the budget of \$0\.06 for today would be exceeded: \$0\.0\d\d spent, and this can cost \$0\.0\d\d\./m,
    )
    expect(engine.asked).toHaveLength(1)
  })

  test('so does an expensive line, and --yes sends it', async () => {
    const engine = await startEngine()
    const home = await homeWith({ askAbove: 0.01 })
    const { code, stderr } = await run(['-p', 'a red fox'], home, engine.env)
    expect(code).toBe(4)
    expect(stderr).toContain('--yes sends it without asking.')
    expect(engine.asked).toHaveLength(0)
    expect(await run(['-p', 'a red fox', '--yes'], home, engine.env)).toMatchObject({ code: 0 })
  })
})

test('a script stops at the line over the budget, with status 4', async () => {
  const engine = await startEngine()
  const home = await homeWith({ budgetSession: 0.06 })
  await writeFile(join(home.cwd, 'foxes.limn'), 'a red fox\nat night\nin snow\n')
  const { code, stderr } = await run(['run', 'foxes.limn'], home, engine.env)
  expect(code).toBe(4)
  expect(stderr).toContain('Not sent: the budget of $0.06 for this session would be exceeded')
  expect(engine.asked).toHaveLength(1)
})

describe('--dry-run', () => {
  test('shows at the prompt what would be sent and what it would cost, and sends nothing', async () => {
    const engine = await startEngine()
    const user = await open({ env: engine.env, columns: 120 })
    await user.draws('a red fox', 'v1 ← v0')
    user.submits('at night --ar 16:9 --dry-run')
    await user.sees(/^imageConfig +\{"aspectRatio":"16:9","imageSize":"512"\}$/m)
    await user.sees(/^model +image images\/v1\.jpg · image\/jpeg · 0\.\d MB · signed$/m)
    await user.sees(/^user +at night$/m)
    await user.sees(/This line costs about \$0\.04\d, and at most \$0\.0\d\d\. Nothing was sent\./)
    await user.edits('v1')
    expect(engine.asked).toHaveLength(1)
    expect(await readFile(join(await onlySession(user.home), 'session.jsonl'), 'utf8')).not.toContain(
      'at night',
    )
    await user.quits()
  })

  test('prints the request on stdout without a screen: no base64, no key, no session', async () => {
    const engine = await startEngine()
    const home = await smallHome()
    const { code, stdout, stderr } = await run(['-p', 'a red fox', '--dry-run'], home, engine.env)
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^to {2}gemini-3\.1-flash-image · Gemini protocol at 127\.0\.0\.1:\d+\n(?:\w+ {2}\S+\n)+user {2}a red fox\nsize/,
    )
    expect(stdout).not.toContain(engine.env.GEMINI_API_KEY)
    expect(stderr).toMatch(/This line costs about \$0\.04\d/)
    expect(engine.asked).toHaveLength(0)
    expect(await sessionsOf(home)).toEqual([])
  })
})
