import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { practiceSession, run } from './stage.ts'

afterEach(() => vi.unstubAllEnvs())

test('/open starts a viewer, says so, and has then come to its end', async () => {
  const one = await practiceSession('a red fox')
  // The image viewer of this machine must not open.
  const viewer = join(one.place.folder, 'viewer')
  await writeFile(viewer, '#!/bin/sh\n')
  await chmod(viewer, 0o700)
  vi.stubEnv('BROWSER', viewer)
  vi.stubEnv('DISPLAY', '')
  vi.stubEnv('XDG_CURRENT_DESKTOP', 'X-Generic')
  const { words, tones } = await run(one, '/open')
  expect(words).toEqual([`Opened ${one.store.path('images/v1.jpg')}`])
  expect(tones).toEqual(['plain'])
})

test('/open over ssh says where the image is', async () => {
  const one = await practiceSession('a red fox')
  const remote = { ...one.place, remote: 'studio' }
  Object.assign(one, { place: remote })
  expect((await run(one, '/open')).words).toEqual([`studio:${one.store.path('images/v1.jpg')}`])
})
