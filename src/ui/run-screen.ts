import { setImmediate } from 'node:timers/promises'
import type { ReadStream, WriteStream } from 'node:tty'
import type { Graphics } from '../core/graphics.ts'
import type { Clock } from '../host/clock.ts'
import type { Place } from '../host/place.ts'
import type { CliOptions } from '../options/command.ts'
import type { Repl } from '../repl/repl.ts'
import type { TranscriptItem } from '../repl/screen.ts'
import { ask } from '../terminal/which/ask.ts'
import { hintFor } from '../terminal/which/hint.ts'
import { type OpenTerminal, openTerminal } from '../terminal/which/open-terminal.ts'
import type { Terminal } from '../terminal/which/probe.ts'
import { isPlain } from '../text/plain-width.ts'
import { sanitizeLine } from '../text/sanitize.ts'
import type { AppProps } from './App.tsx'
import type { Mounted } from './mount.tsx'
import type { Printer } from './transcript/printer.ts'

export type ScreenParts = {
  readonly options: CliOptions
  readonly place: Place
  readonly clock: Clock
  readonly practiceUrl: () => Promise<string>
  readonly engineLabel: string
  readonly stdin: ReadStream
  readonly stdout: WriteStream
}

/**
 * Draws the header and a prompt by hand at once. Ink takes over when it is loaded; everything else is loaded while the
 * user reads. Keys pressed in the meantime are kept. Ends the process when the user quits.
 */
export async function runScreen(parts: ScreenParts): Promise<void> {
  const { options, place, stdin, stdout } = parts
  const terminal = openTerminal(stdin, stdout, place.env)
  const session = options.open.kind === 'new' ? ' · new session' : ''
  const header = sanitizeLine(`limn ${place.version} · ${parts.engineLabel}${session}`)
  const columns = stdout.columns || 80
  const fits = isPlain(header) && header.length <= columns
  const rows = fits ? header : (await import('../text/wrap.ts')).flow(header, columns)
  stdout.write(`${rows}\n… › `)
  try {
    const { mount } = await import('./mount.tsx')
    stdout.write('\r\x1b[K')
    await converse(parts, terminal, header, (props) => mount(props, terminal.input, stdout))
  } finally {
    terminal.restore()
  }
  process.exit(process.exitCode ?? 0)
}

async function converse(
  { options, place, stdout, ...parts }: ScreenParts,
  terminal: OpenTerminal,
  header: string,
  mount: (props: AppProps) => Mounted,
): Promise<void> {
  const early: string[] = []
  let write: (text: string) => void = (text) => stdout.write(text)
  const left = Promise.withResolvers<void>()
  // Not `once`: Ink's signal-exit ends the process immediately when it is the only listener left.
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) process.on(signal, () => left.resolve())
  terminal.input.onEnd(() => left.resolve())
  stdout.on('error', () => left.resolve())
  const props: AppProps = {
    input: terminal.input,
    repl: null,
    early: (line) => early.push(line),
    complete: async () => undefined,
    onWriter: (writer) => {
      write = writer
    },
    quit: () => left.resolve(),
  }
  const live = mount(props)
  try {
    await live.drawn
    const { loadSettings } = await import('../store/settings/load-settings.ts')
    const { graphics } = options
    const settings = await loadSettings(place.root, graphics ? { graphics } : {})
    const answered = ask(terminal, settings.values.pictureWait)
    const { complete, COMMANDS, Transcript, openLimn } = await loadRest()
    let printer: Printer | undefined
    const pending: TranscriptItem[] = []
    const print = (item: TranscriptItem) => (printer ? void printer.print(item) : pending.push(item))
    const { repl } = await openLimn({
      ...parts,
      ...options,
      settings,
      place,
      asks: true,
      print,
      terminal: terminal.now,
    })
    const transcript = new Transcript(
      {
        write: (text) => write(text),
        terminal: terminal.known,
        graphics: () => settings.values.graphics,
        preview: () => settings.values.preview,
        transparency: () => settings.values.transparency,
        folder: () => repl.folder,
        home: place.home,
      },
      header,
    )
    printer = transcript
    let { columns } = stdout
    stdout.on('resize', () => {
      transcript.resized(stdout.columns === columns ? 'same' : 'another')
      columns = stdout.columns
    })
    for (const item of pending.splice(0)) void printer.print(item)
    live.update({
      ...props,
      repl,
      complete: (line, cursor) =>
        complete(line, cursor, { session: repl.live.value.session, place, commands: COMMANDS }),
    })
    void repl.warmUp()
    void answered.then(() => hint(repl, terminal.now(), settings.values.graphics))
    repl.live.subscribe(() => repl.live.value.ended && left.resolve())
    for (const line of early.splice(0)) void repl.submit(line)
    await left.promise
    await repl.close()
    await printer.settled()
  } finally {
    live.unmount()
  }
}

/** Loads what the first frame does not need, in pieces: between them, the prompt takes keys. */
async function loadRest() {
  // The commands and the repl share most of what takes time to load: zod, by way of the smallest file that uses it, and
  // the chat.
  await import('../store/schema.ts')
  await setImmediate()
  await import('../gemini/connect.ts')
  await setImmediate()
  const { COMMANDS } = await import('../commands/command-list.ts')
  await setImmediate()
  const { complete } = await import('../commands/complete.ts')
  const { Printer: Transcript } = await import('./transcript/printer.ts')
  await setImmediate()
  const { openLimn } = await import('../library/open-limn.ts')
  await setImmediate()
  return { COMMANDS, complete, Transcript, openLimn }
}

/** Says once what the user can set to get sharper pictures in this terminal. */
async function hint(repl: Repl, terminal: Terminal, graphics: Graphics): Promise<void> {
  const words = hintFor(terminal, graphics)
  if (words === undefined) return
  await repl.perform(async function* () {
    yield { type: 'say', text: words }
  })
}
