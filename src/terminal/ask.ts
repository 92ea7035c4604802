import type { ReadStream, WriteStream } from 'node:tty'
import { openTerminal } from './open.ts'
import { probeEnvironment, type Terminal } from './probe.ts'

/** The terminal by its own answers; a pipe, which answers nothing, by what the environment says. */
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
    await open.ask()
    return open.now()
  } finally {
    open.restore()
  }
}
