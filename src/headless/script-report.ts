import { sanitize } from '../text/sanitize.ts'
import type { ScriptLine, ScriptWanted } from './script.ts'
import { hand, type Streams } from './streams.ts'

/** What `limn run` says, in the order in which it happens. */
export type ScriptReport = {
  /** What follows is of this line. */
  begin(line: ScriptLine): void
  /** A line has been begun. */
  readonly hasBegun: boolean
  /** The line as it is taken: `v2` is what it goes on from. */
  line(label: string, text: string): void
  said(text: string): void
  image(version: number, path: string): void
  saved(path: string): void
  failed(sentence: string): void
  /** Lines were found wrong before the first was run. */
  nothingRun(): void
  /** `out`: a call was out that may be billed. */
  stopped(out: boolean): void
  /** When all of it is out; false when stdout could not be written. */
  written(): Promise<boolean>
}

/** Paths on stdout and all else on stderr, or all of it on stdout as lines of JSON. */
export function reportTo(streams: Streams, { file, out, json }: ScriptWanted): ScriptReport {
  const { err } = streams
  let at: ScriptLine | undefined
  let last: Promise<boolean> = Promise.resolve(true)
  const write = (text: string, path: string) => {
    last = last.then((well) => well && hand(path, streams, text))
  }
  const event = (name: string, more: object, path = '') => {
    write(JSON.stringify({ event: name, ...(at ? { line: at.number } : {}), ...more }), path)
  }
  const name = file === '-' ? 'stdin' : file
  const where = () => `limn: ${name}${at ? `:${at.number}` : ''}:`
  return {
    begin(line) {
      at = line
    },
    get hasBegun() {
      return at !== undefined
    },
    line(label, text) {
      if (json) event('line', { from: label, text })
      else err(`${sanitize(`${label} › ${text}`)}\n`)
    },
    said(text) {
      if (json) event('said', { text })
      else err(`${sanitize(text)}\n`)
    },
    image(version, path) {
      if (json) event('image', { version, path }, path)
      else if (out === null) write(path, path)
    },
    saved(path) {
      if (json) event('saved', { path }, path)
      else write(path, path)
    },
    failed(sentence) {
      if (json) event('failed', { sentence })
      err(`${where()} ${sanitize(sentence)}\n`)
    },
    nothingRun() {
      at = undefined
      err(`${where()} Nothing was run.\n`)
    },
    stopped(out) {
      const sentence = out ? 'Stopped. The answer that was out may be billed all the same.' : 'Stopped.'
      if (json) event('stopped', { sentence })
      err(`${where()} ${sentence}\n`)
    },
    written: () => last,
  }
}
