// Collects the terminal's answers as they come: it is asked once after the first frame and once more through tmux, and
// measured again when the window has a new size.

import type { TerminalInput } from '../keys/input.ts'
import { measureQuery, outerQuery, queryFor, refine, type Terminal } from './probe.ts'
import { isDeviceAttributes, isInPixels } from './terminal-answers.ts'

/** Milliseconds after which no more answers are expected; later ones are used all the same. */
const ANSWER_LIMIT = 2000

export type QueryOptions = {
  /** The most milliseconds that the first picture waits for the answers. */
  pictureWait?: number
  /** A file of three bytes: the terminal is asked whether it can read it. The caller removes it after `known()`. */
  file?: string
}

export type Conversation = {
  /** What is known so far. */
  now(): Terminal
  /** What is known once the terminal has answered, or once a picture has waited long enough. */
  known(): Promise<Terminal>
  /** Resolves when the terminal has answered everything, or when no more answers are expected. */
  ask(asking?: QueryOptions): Promise<void>
  resized(size: { columns: number; rows: number }): void
}

/** `first`: what the environment says about the terminal. */
export function converse(input: TerminalInput, first: Terminal): Conversation {
  let base = first
  let own: readonly string[] = []
  let outer: readonly string[] = []
  let answered: Promise<void> | undefined
  let firstPicture: Promise<void> = Promise.resolve()
  let outside: 'unasked' | 'asked' | 'silent' = 'unasked'
  let file: string | undefined
  let measuring = false
  let measureAgain = false

  const now = (): Terminal => {
    const terminal = refine(base, own, outer)
    return outside === 'silent' && terminal.passthrough === undefined
      ? { ...terminal, passthrough: false }
      : terminal
  }

  // tmux's own attributes come first: once the outer terminal has been asked, answers after them are the outer
  // terminal's.
  const late = (sequence: string) => {
    const complete = own.some(isDeviceAttributes)
    if (outside !== 'unasked' && complete) outer = [...outer, sequence]
    else own = [...own, sequence]
    if (!complete && isDeviceAttributes(sequence)) void askOutside()
  }

  async function askOutside() {
    if (outside !== 'unasked' || now().multiplexer !== 'tmux') return
    outside = 'asked'
    outer = await input.ask(outerQuery(file), isDeviceAttributes, ANSWER_LIMIT)
    if (!outer.some(isDeviceAttributes)) outside = 'silent'
  }

  async function askAll() {
    own = await input.ask(queryFor(base, file), isDeviceAttributes, ANSWER_LIMIT)
    input.onEvent((event) => event.kind === 'answer' && late(event.sequence))
    if (own.some(isDeviceAttributes)) await askOutside()
  }

  async function measure() {
    if (measuring) {
      measureAgain = true
      return
    }
    measuring = true
    do {
      measureAgain = false
      const fresh = await input.ask(measureQuery(now()), isDeviceAttributes, ANSWER_LIMIT)
      own = [...own.filter((answer) => !isInPixels(answer)), ...fresh.filter(isInPixels)]
    } while (measureAgain)
    measuring = false
  }

  return {
    now,
    known: () => firstPicture.then(now),
    ask({ pictureWait = 300, file: given } = {}) {
      file ??= given
      answered ??= askAll()
      firstPicture = Promise.race([answered, new Promise<void>((done) => setTimeout(done, pictureWait))])
      return answered
    },
    resized(size) {
      // The cell keeps its last reported size until a new one is reported.
      base = { ...base, ...size, cell: now().cell }
      own = own.filter((answer) => !isInPixels(answer))
      if (answered) void answered.then(measure)
    },
  }
}
