import type { ReadStream, WriteStream } from 'node:tty'
import {
  enterSequence,
  kittyKeyboardOff,
  kittyKeyboardOn,
  leaveSequence,
  openInput,
  type TerminalInput,
} from '../keys/input.ts'
import { probeEnvironment, type Terminal } from './probe.ts'
import { converse, type QueryOptions } from './query.ts'

export type OpenTerminal = {
  readonly input: TerminalInput
  /** What is known of the terminal by now. */
  now(): Terminal
  /** What is known once it has answered, or a picture has waited long enough. */
  known(): Promise<Terminal>
  /**
   * Asks the terminal what it can: after the first frame, so that the frame does not wait. Ends when it has answered
   * everything, or is taken to answer no more.
   */
  ask(asking?: QueryOptions): Promise<void>
  /** Gives the terminal back as it was. */
  restore(): void
}

/** Takes the terminal: raw keys, marked pastes, and its answers. */
export function openTerminal(
  stdin: ReadStream,
  stdout: WriteStream,
  env: Readonly<Record<string, string | undefined>>,
): OpenTerminal {
  const size = () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 })
  const first = probeEnvironment(env, size())
  const input = openInput(stdin, (text) => stdout.write(text))
  const { now, known, ask, resized } = converse(input, first)
  input.start()
  stdout.write(`${enterSequence}${first.kittyKeyboard ? kittyKeyboardOn : ''}`)
  stdout.on('resize', () => resized(size()))
  let restored = false
  const restore = () => {
    if (restored) return
    restored = true
    stdout.write(`${leaveSequence}${first.kittyKeyboard ? kittyKeyboardOff : ''}`)
    input.stop()
  }
  // Whatever ends limn, the shell gets its terminal back.
  process.once('exit', restore)
  return { input, now, known, ask, restore }
}
