import { rmSync } from 'node:fs'
import { unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ReadStream, WriteStream } from 'node:tty'
import { type OpenTerminal, openTerminal } from './open-terminal.ts'
import { probeEnvironment, type Terminal } from './probe.ts'

/** The terminal by its own answers; for a pipe, which does not answer, by the environment. */
export async function askTerminal(
  stdin: ReadStream,
  stdout: WriteStream,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Terminal> {
  if (!stdin.isTTY || !stdout.isTTY) {
    return probeEnvironment(env, { columns: stdout.columns || 80, rows: stdout.rows || 24 })
  }
  const open = openTerminal(stdin, stdout, env)
  try {
    await ask(open)
    return open.now()
  } finally {
    open.restore()
  }
}

/**
 * Asks what the terminal supports, and whether it reads our files. Pictures wait at most `pictureWait` milliseconds.
 */
export async function ask(terminal: OpenTerminal, pictureWait?: number): Promise<void> {
  const wait = pictureWait === undefined ? {} : { pictureWait }
  const file = join(tmpdir(), `limn-probe-${process.pid}`)
  const made = await writeFile(file, 'limn'.slice(0, 3), { flag: 'wx' }).then(
    () => true,
    () => false,
  )
  if (!made) return terminal.ask(wait)
  // If limn exits while it still waits for a silent terminal, the file is removed too.
  const remove = () => rmSync(file, { force: true })
  process.once('exit', remove)
  await terminal.ask({ ...wait, file })
  process.off('exit', remove)
  await unlink(file).catch(() => undefined)
}
