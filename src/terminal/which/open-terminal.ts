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
  /** What is known about the terminal so far. */
  now(): Terminal
  /** What is known once it has answered, or once a picture has waited long enough. */
  known(): Promise<Terminal>
  /**
   * Asks the terminal what it supports. Call it after the first frame, so that the frame does not wait. Resolves when
   * the terminal has answered everything, or when no more answers are expected.
   */
  ask(asking?: QueryOptions): Promise<void>
  /** Restores the terminal to how it was. */
  restore(): void
}

/** Takes over the terminal: raw keys, bracketed pastes, and its answers. */
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
  // However limn ends, the shell gets its terminal back.
  process.once('exit', restore)
  return { input, now, known, ask, restore }
}
