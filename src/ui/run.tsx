import type { ReadStream, WriteStream } from 'node:tty'
import { render } from 'ink'
import type { Clock, Place } from '../context.ts'
import type { Options } from '../options.ts'
import type { Repl } from '../repl.ts'
import type { Printed } from '../screen.ts'
import {
  enterSequence,
  kittyKeyboardOff,
  kittyKeyboardOn,
  leaveSequence,
  openInput,
} from '../terminal/input.ts'
import { isDeviceAttributes, probeEnvironment, queryFor, refine, type Terminal } from '../terminal/probe.ts'
import { App } from './App.tsx'
import type { Printer } from './printer.ts'
import type { Complete } from './useCompletion.ts'

export type ScreenParts = {
  readonly options: Options
  readonly place: Place
  readonly clock: Clock
  readonly practiceUrl: () => Promise<string>
  readonly engineLabel: string
  readonly stdin: ReadStream
  readonly stdout: WriteStream
}

/** Milliseconds that the first picture waits for the terminal's answers. */
const PROBE_WAIT = 300

/** Draws the first frame, then loads the rest while the user reads. Returns when limn is left. */
export async function runScreen(parts: ScreenParts): Promise<void> {
  const { options, place, stdin, stdout } = parts
  const size = () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 })
  let terminal: Terminal = probeEnvironment(place.env, size())
  const input = openInput(stdin, (text) => stdout.write(text))
  input.start()
  stdout.write(`${enterSequence}${terminal.kittyKeyboard ? kittyKeyboardOn : ''}`)
  const session = options.open.kind === 'new' ? ' · new session' : ''
  stdout.write(`limn ${place.version} · ${parts.engineLabel}${session}\n`)
  let restored = false
  const restore = () => {
    if (restored) return
    restored = true
    stdout.write(`${leaveSequence}${terminal.kittyKeyboard ? kittyKeyboardOff : ''}`)
    input.stop()
  }
  // Whatever ends limn, the shell gets its terminal back.
  process.once('exit', restore)

  let repl: Repl | null = null
  const early: string[] = []
  let write: (text: string) => void = (text) => stdout.write(text)
  let left: () => void = () => undefined
  const end = new Promise<void>((done) => {
    left = done
  })
  let complete: Complete = async () => undefined
  const props = () => ({
    input,
    repl,
    early: (line: string) => early.push(line),
    complete: (line: string, cursor: number) => complete(line, cursor),
    onWriter: (writer: (text: string) => void) => {
      write = writer
    },
    quit: () => left(),
  })
  const completeLatest = props().complete
  const onWriter = props().onWriter
  const element = () => <App {...props()} complete={completeLatest} onWriter={onWriter} />
  const ink = render(element(), {
    stdin: input.inkStdin,
    stdout,
    exitOnCtrlC: false,
    patchConsole: false,
    interactive: true,
    maxFps: 120,
    incrementalRendering: true,
  })
  const drawn = ink.waitUntilRenderFlush()

  stdout.on('resize', () => {
    terminal = { ...terminal, ...size() }
  })
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) process.once(signal, () => left())
  input.onEnd(() => left())

  let printer: Printer | undefined
  try {
    await drawn
    const probed = input.ask(queryFor(terminal), isDeviceAttributes, 2000).then((answers) => {
      terminal = { ...refine(terminal, answers), ...size() }
    })
    const waited = Promise.race([probed, parts.clock.sleep(PROBE_WAIT / 1000, new AbortController().signal)])
    const [{ buildRoad }, { Printer: Transcript }, { complete: completions }, { COMMANDS }] =
      await Promise.all([
        import('../road.ts'),
        import('./printer.ts'),
        import('../commands/complete.ts'),
        import('../commands/index.ts'),
      ])
    const pending: Printed[] = []
    const road = await buildRoad({
      ...parts,
      asks: true,
      print: (item) => (printer ? void printer.print(item) : pending.push(item)),
    })
    repl = road.repl
    printer = new Transcript({
      write: (text) => write(text),
      terminal: () => waited.then(() => terminal),
      graphics: () => options.graphics ?? road.settings.values.graphics,
      preview: () => road.settings.values.preview,
      folder: () => road.repl.folder,
      home: place.home,
    })
    for (const item of pending.splice(0)) void printer.print(item)
    complete = (line, cursor) =>
      completions(line, cursor, { session: road.repl.live.value.session, place, commands: COMMANDS })
    ink.rerender(element())
    void road.repl.warmUp()
    road.repl.live.subscribe(() => road.repl.live.value.ended && left())
    if (options.line !== '') void road.repl.submit(options.line)
    for (const line of early.splice(0)) void road.repl.submit(line)
    await end
    await road.repl.close()
    await printer.settled()
  } finally {
    ink.unmount()
    restore()
  }
  process.exit(process.exitCode ?? 0)
}
