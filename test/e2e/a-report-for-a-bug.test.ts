import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { lettering, quarters } from '../image/samples.ts'
import { newHome, open, run, smallHome, start } from './driver.ts'

test('limn doctor --json prints what a bug report needs, without the key', async () => {
  const home = await smallHome()
  const key = 'AIzaSyNotAKeyOfAnybodyAtAll000000000000'
  const env = { GEMINI_API_KEY: key }
  const { code, stdout } = await run(['doctor', '--practice', '--json', '--graphics=sixel'], home, env)
  expect(code).toBe(0)
  expect(stdout).not.toContain(key)
  expect(JSON.parse(stdout)).toMatchObject({
    limn: expect.stringMatching(/^\d/),
    node: expect.stringMatching(/^\d/),
    libraries: { sharp: expect.stringMatching(/^\d/) },
    terminal: { brand: 'unknown', colours: 'truecolor', cell: { width: 8, height: 16 }, answers: [] },
    pictures: { wanted: 'sixel', chosen: 'sixel', why: 'graphics is set to sixel; auto would choose blocks' },
    key: 'GEMINI_API_KEY',
    models: expect.stringMatching(/^\d+ reachable$/),
    home: { folder: home.root, writable: true },
  })
})

test('/doctor says what the terminal answered, what was chosen and why, with a test picture in each way', async () => {
  const user = await open({ args: ['--practice'] })
  await user.answers()
  user.submits('/doctor')
  await user.sees('the same image drawn by terminal-image, to compare')
  const said = user.prose()
  expect(said).toMatch(/^window +100 × 30 cells of 8 × 16 pixels$/m)
  expect(said).toMatch(/^pictures +blocks; halves in blocks$/m)
  expect(said.replace(/\s+/g, ' ')).toContain(
    'chosen blocks: best for "any other terminal" (seen: Alacritty 0.11 and xterm 379 without their names), ' +
      'without kitty and sixel, which it does not report',
  )
  expect(said).toMatch(/^answers +(?:.* )?\^\[\[\?1;2c$/m)
  expect(said).toMatch(/(?:▄{10,}\n){5,}blocks$/m)
  user.submits('/set graphics none')
  await user.sees('graphics is now none')
  user.submits('/doctor')
  await user.sees(/chosen +none: graphics is set to none; auto would choose blocks/)
  await user.quits()
})

test('the doctor fits a narrow window', async () => {
  const limn = await start({ args: ['doctor', '--practice'], columns: 34 })
  expect(await limn.leaves()).toBe(0)
  const user = await open({ args: ['--practice'], columns: 34 })
  user.submits('/doctor')
  await user.sees('without the key.')
  for (const screen of [limn.screen(), user.screen()]) {
    const rows = screen.split('\n').map((row) => stringWidth(row))
    expect(Math.max(...rows)).toBeLessThanOrEqual(34)
  }
})

test('limn show draws files as a session does, in the given cells', async () => {
  const home = await newHome()
  await writeFile(join(home.cwd, 'wide.png'), await quarters(800, 200))
  await writeFile(join(home.cwd, 'letters.png'), await lettering(300, 300))
  const show = (...args: readonly string[]) => run(['show', ...args], home)

  const two = await show('--cells', '40x10', 'wide.png', 'letters.png')
  expect(two).toMatchObject({ code: 0, stderr: '' })
  const rows = two.stdout.trimEnd().split('\n').map(stripVTControlCharacters)
  expect(rows.map((row) => stringWidth(row))).toEqual([...Array(5).fill(40), ...Array(10).fill(20)])

  const kitty = await show('--graphics=kitty', 'wide.png')
  expect(kitty.stdout).toMatch(/^\n+\x1b\[\d+A\x1b7\x1b_Ga=T,q=2,C=1,i=\d+,c=80,r=10,/)

  expect(await show('fox.png')).toMatchObject({ code: 2, stderr: expect.stringContaining('fox.png') })
  await writeFile(join(home.cwd, 'words.png'), 'no image')
  const broken = await show('--cells', '40x10', 'words.png', 'wide.png')
  expect(broken).toMatchObject({ code: 1, stderr: expect.stringContaining('words.png') })
  expect(broken.stdout.trimEnd().split('\n')).toHaveLength(5)

  expect(await show('--graphics=none', 'wide.png')).toMatchObject({
    code: 1,
    stdout: '',
    stderr: 'This terminal shows no pictures; --graphics=blocks draws one all the same.\n',
  })
})
