// The sole owner of stdin. Ink gets a stand-in: it would type the terminal's answers into the prompt, and takes
// several keys that come in one chunk for one (both seen with Ink 8).
import { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { createKeyParser, type InputEvent } from './keys.ts'

/** Ask the terminal to mark pasted text, and (kitty's protocol, level 1) to tell Shift-Enter from Enter. */
export const enterSequence = '\x1b[?2004h'
export const leaveSequence = '\x1b[?2004l'
export const kittyKeyboardOn = '\x1b[>1u'
export const kittyKeyboardOff = '\x1b[<1u'

/** Milliseconds after which an ESC alone is the Escape key. Over ssh, the bytes of one key still come together. */
const escapeDelay = 30

export type TerminalInput = {
  /** What came before the first listener was there is kept, and given to it at once. */
  onEvent(listener: (event: InputEvent) => void): () => void
  /** stdin has ended or broken: the terminal is gone. */
  onEnd(listener: () => void): () => void
  /**
   * Writes the query and collects answers until one is the last, or the time is over. Answers that come later are
   * given to the listeners as events of kind 'answer'; they are never keys. One question is asked at a time, and an
   * empty one (a dumb terminal's) not at all.
   */
  ask(query: string, isLast: (answer: string) => boolean, timeoutMs: number): Promise<string[]>
  /** For Ink's render({ stdin }): a terminal on which nobody ever types. */
  inkStdin: NodeJS.ReadStream
  start(): void
  stop(): void
}

/** Has what Ink asks of a stdin, and is no terminal of the system: hence the cast. */
function silentStdin(): NodeJS.ReadStream {
  const stream = new Readable({ read() {} })
  const itself = () => stream
  return Object.assign(stream, {
    isTTY: true,
    isRaw: false,
    fd: -1,
    setRawMode: itself,
    ref: itself,
    unref: itself,
  }) as unknown as NodeJS.ReadStream
}

export function openInput(stdin: NodeJS.ReadStream, write: (text: string) => void): TerminalInput {
  const parser = createKeyParser()
  const decoder = new StringDecoder('utf8')
  const listeners = new Set<(event: InputEvent) => void>()
  const endListeners = new Set<() => void>()
  const backlog: InputEvent[] = []
  let collect: ((answer: string) => void) | undefined
  let asking: Promise<unknown> | undefined
  let timer: NodeJS.Timeout | undefined
  let started = false
  let first = true

  function deliver(events: InputEvent[]) {
    for (const event of events) {
      if (event.kind === 'answer' && collect) collect(event.sequence)
      else if (listeners.size === 0) backlog.push(event)
      else for (const listener of [...listeners]) listener(event)
    }
    clearTimeout(timer)
    if (parser.pending()) timer = setTimeout(() => deliver(parser.flush()), escapeDelay)
  }

  const onData = (data: Buffer | string) => {
    const text = typeof data === 'string' ? data : decoder.write(data)
    // Until raw mode is on, the system turns Enter into a line feed: what was typed ahead comes in the first chunk,
    // and has no sequence in it, such as a paste has.
    const ahead = first && !text.includes('\x1b')
    deliver(parser.feed(ahead ? text.replaceAll('\n', '\r') : text))
    first = false
  }
  const onEnd = () => {
    for (const listener of [...endListeners]) listener()
  }

  // A terminal that was closed gives EIO on Linux: an end, not a surprise.
  stdin.on('error', onEnd)

  function question(
    query: string,
    isLast: (answer: string) => boolean,
    timeoutMs: number,
  ): Promise<string[]> {
    return new Promise((resolve) => {
      const answers: string[] = []
      const finish = () => {
        clearTimeout(limit)
        collect = undefined
        resolve(answers)
      }
      const limit = setTimeout(finish, timeoutMs)
      collect = (answer) => {
        answers.push(answer)
        if (isLast(answer)) finish()
      }
      write(query)
    })
  }

  return {
    onEvent(listener) {
      listeners.add(listener)
      for (const event of backlog.splice(0)) listener(event)
      return () => listeners.delete(listener)
    },
    onEnd(listener) {
      endListeners.add(listener)
      return () => endListeners.delete(listener)
    },
    ask(query, isLast, timeoutMs) {
      if (query === '') return Promise.resolve([])
      const now = () => question(query, isLast, timeoutMs)
      const answers = asking ? asking.then(now) : now()
      asking = answers
      answers.then(() => {
        if (asking === answers) asking = undefined
      })
      return answers
    },
    inkStdin: silentStdin(),
    start() {
      if (started) return
      started = true
      if (stdin.isTTY) stdin.setRawMode(true)
      stdin.on('data', onData)
      stdin.on('end', onEnd)
      stdin.resume()
    },
    stop() {
      if (!started) return
      started = false
      clearTimeout(timer)
      stdin.off('data', onData)
      stdin.off('end', onEnd)
      stdin.pause()
      if (stdin.isTTY) stdin.setRawMode(false)
    },
  }
}
