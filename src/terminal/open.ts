import type { ReadStream, WriteStream } from 'node:tty'
import {
  enterSequence,
  kittyKeyboardOff,
  kittyKeyboardOn,
  leaveSequence,
  openInput,
  type TerminalInput,
} from './input.ts'
import { isDeviceAttributes, probeEnvironment, queryFor, refine, type Terminal } from './probe.ts'

/** Milliseconds after which the terminal is taken to answer no more; what comes later is used all the same. */
const ANSWER_LIMIT = 2000

/** Milliseconds that the first picture waits for the answers. */
const PICTURE_WAIT = 300

export type OpenTerminal = {
  readonly input: TerminalInput
  /** What is known of the terminal by now. */
  now(): Terminal
  /** What is known once it has answered, or a picture has waited long enough. */
  known(): Promise<Terminal>
  /** Asks the terminal what it can: after the first frame, so that the frame does not wait. */
  ask(): void
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
  let terminal = probeEnvironment(env, size())
  let known: Promise<void> = Promise.resolve()
  const keyboard = terminal.kittyKeyboard
  const input = openInput(stdin, (text) => stdout.write(text))
  const learn = (answers: readonly string[]) => {
    terminal = { ...refine(terminal, answers), ...size() }
  }
  input.start()
  stdout.write(`${enterSequence}${keyboard ? kittyKeyboardOn : ''}`)
  stdout.on('resize', () => {
    terminal = { ...terminal, ...size() }
  })
  let restored = false
  const restore = () => {
    if (restored) return
    restored = true
    stdout.write(`${leaveSequence}${keyboard ? kittyKeyboardOff : ''}`)
    input.stop()
  }
  // Whatever ends limn, the shell gets its terminal back.
  process.once('exit', restore)
  return {
    input,
    now: () => terminal,
    known: () => known.then(() => terminal),
    ask() {
      const answered = input.ask(queryFor(terminal), isDeviceAttributes, ANSWER_LIMIT).then((answers) => {
        learn(answers)
        input.onEvent((event) => event.kind === 'answer' && learn([event.sequence]))
      })
      known = Promise.race([answered, new Promise<void>((done) => setTimeout(done, PICTURE_WAIT))])
    },
    restore,
  }
}
