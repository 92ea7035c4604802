import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Linux keeps files in this folder in memory. */
const MEMORY = '/dev/shm'

/** More than the tests of one run write, in bytes. Containers often have only 64 MB. */
const ENOUGH = 1024 ** 3

/**
 * A folder for the homes of the tests of one run, removed when this process ends. limn syncs every file that it writes:
 * on a disk that other programs use too, tests would spend most of their time waiting for that. So the folder is in
 * memory if there is room and programs in it can be started, and in the system's temporary folder otherwise.
 */
export function temporaryFolder(): string {
  const chosen = process.env.TMPDIR === undefined && hasRoom() && startsPrograms()
  const folder = mkdtempSync(join(chosen ? MEMORY : tmpdir(), 'limn-tests-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY)
    return bavail * bsize >= ENOUGH
  } catch {
    return false
  }
}

/** A folder can be mounted so that no program in it can be started. Some tests write a program and start it. */
function startsPrograms(): boolean {
  try {
    const folder = mkdtempSync(join(MEMORY, 'limn-tests-'))
    try {
      writeFileSync(join(folder, 'program'), '#!/bin/sh\n', { mode: 0o755 })
      return spawnSync(join(folder, 'program')).status === 0
    } finally {
      rmSync(folder, { recursive: true })
    }
  } catch {
    return false
  }
}
