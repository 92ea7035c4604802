// The only reader of stdin. Ink gets a substitute: it would type the terminal's answers into the prompt, and treats
// several keys that come in one chunk as one (both seen with Ink 8).
import { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { createKeyParser, type InputEvent } from './parse-keys.ts'

/** Asks the terminal to mark pasted text; kitty's keyboard protocol, level 1, distinguishes Shift-Enter from Enter. */
export const enterSequence = '\x1b[?2004h'
export const leaveSequence = '\x1b[?2004l'
export const kittyKeyboardOn = '\x1b[>1u'
export const kittyKeyboardOff = '\x1b[<1u'

/** Milliseconds after which a lone ESC is the Escape key. Even over ssh, the bytes of one key come together. */
const escapeDelay = 30

export type TerminalInput = {
  /** Events from before the first listener are kept, and given to it at once. */
  onEvent(listener: (event: InputEvent) => void): () => void
  /** Called when stdin has ended or failed: the terminal is gone. */
  onEnd(listener: () => void): () => void
  /**
   * Writes the query and collects answers until one is the last, or the time is over. Later answers are given to the
   * listeners as events of kind 'answer'; they are never keys. One query is sent at a time; an empty one, as for a dumb
   * terminal, is not sent.
   */
  ask(query: string, isLast: (answer: string) => boolean, timeoutMs: number): Promise<string[]>
  /** For Ink's render({ stdin }): a terminal without input. */
  inkStdin: NodeJS.ReadStream
  start(): void
  stop(): void
}

/** Has what Ink needs of a stdin but is not a real terminal, hence the cast. */
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
    // Until raw mode is on, the system turns Enter into a line feed. Keys typed before that are in the first chunk,
    // which then contains no escape sequence, unlike a paste.
    const ahead = first && !text.includes('\x1b')
    deliver(parser.feed(ahead ? text.replaceAll('\n', '\r') : text))
    first = false
  }
  const onEnd = () => {
    for (const listener of [...endListeners]) listener()
  }

  // On Linux, a closed terminal gives EIO, which is an ordinary end.
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
