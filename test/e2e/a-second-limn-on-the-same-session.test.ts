import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { only, open } from './driver.ts'

test('a second limn on the same session can view and save, says which limn has it, and takes over when that one ends', async () => {
  const first = await open()
  await first.draws('a red fox', 'v1 ← v0')
  await first.draws('warmer', 'v2 ← v1')

  const second = await open({ home: first.home, args: ['--continue'] })
  await second.sees(/limn with process id \d+ \(since \d\d:\d\d\) has this session open\./)
  await second.sees('You can look at it here and save its images.')
  await second.sees('read-only')
  await second.edits('v2')
  second.submits('sepia')
  await second.seesTimes('has this session', 2)
  await second.waitFor(() => second.prompt()?.text === 'sepia', 'the line, kept')
  second.press('escape')
  await second.waitFor(() => second.prompt()?.text === '', 'an empty prompt')
  second.submits('/undo')
  await second.edits('v1')
  second.submits('/save mine.png')
  await second.sees(`\n${join(first.home.cwd, 'mine.png')}`)
  await access(join(first.home.cwd, 'mine.png'))
  second.submits('/set size 1K')
  await second.seesTimes('has this session', 3)

  // The first limn is not affected.
  await first.draws('brighter', 'v3 ← v2')
  await first.kill('SIGKILL')
  second.submits('/quit')
  expect(await second.leaves()).toBe(0)

  const third = await open({ home: first.home, args: ['--continue'] })
  await third.edits('v3')
  expect(third.notSees('has this session')).toBe(true)
  await third.draws('sepia', 'v4 ← v3')
  expect(only(await third.facts(), 'moved')).toEqual([])
})
