import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { env, stderr, stdin, stdout } from 'node:process'
import { engineOf } from './gemini/engine.ts'
import { failServedCall } from './host/call-connection.ts'
import type { Place } from './host/place.ts'
import { systemClock } from './host/system-clock.ts'
import type { CliCommand, CliOptions } from './options/command.ts'
import { HELP } from './options/help-text.ts'
import { readOptions } from './options/read-options.ts'
import { packageVersion } from './package-version.ts'
import { rootFolder, userFolder } from './store/root.ts'
import { sanitize } from './text/sanitize.ts'

const VERSION = packageVersion()

const clock = systemClock

/** The entry point: arguments, environment, clock and streams are read here and nowhere else. */
async function main(): Promise<void> {
  // Whoever reads our output may stop reading: then there is nobody to tell, and what is out is recorded all the same.
  for (const stream of [stdout, stderr]) {
    stream.on('error', () => {
      process.exitCode = 1
    })
  }
  const command = await withFaults(readOptions(process.argv.slice(2), existsSync))
  switch (command.kind) {
    case 'help':
      stdout.write(HELP)
      return
    case 'version':
      stdout.write(`${VERSION}\n`)
      return
    case 'wrong':
      writeError(`limn: ${command.sentence}\nlimn --help tells more.\n`)
      process.exitCode = await usageCode()
      return
    case 'one-turn': {
      silenceConsole()
      const { oneTurn } = await import('./headless/one-turn.ts')
      const streams = { out: writeOut, err: writeError }
      const parts = {
        options: command.options,
        place: await placeOf(),
        clock,
        practiceUrl: practice(command.options),
      }
      process.exit((await oneTurn(parts, command, streams)) || process.exitCode)
      return
    }
    case 'run':
      return runLines(command)
    case 'batch':
      return batches(command)
    case 'show': {
      const { showFiles } = await import('./headless/show-files.ts')
      process.exit(
        (await showFiles(command, await placeOf(), { stdin, stdout, err: writeError })) || process.exitCode,
      )
      return
    }
    case 'doctor': {
      if (command.live) return live(command)
      silenceConsole()
      const { runDoctor } = await import('./headless/doctor-report.ts')
      const { json, options } = command
      const place = await placeOf()
      const environment = { place, clock, practiceUrl: practice(options), practice: options.practice }
      await runDoctor({ json, graphics: options.graphics, ...environment, stdin, stdout })
      process.exit(process.exitCode)
      return
    }
    case 'cost': {
      const { tellCost } = await import('./headless/cost-report.ts')
      const streams = { columns: stdout.columns || 80, out: writeOut, err: writeError }
      process.exit((await tellCost(command, await placeOf(), clock.now, streams)) || process.exitCode)
      return
    }
    case 'session':
      if (!stdin.isTTY || !stdout.isTTY) {
        stderr.write(
          'limn: this is no terminal. limn -p "a red fox" -o fox.png makes one image without one.\n',
        )
        process.exitCode = await usageCode()
        return
      }
      silenceConsole()
      return openSession(command.options)
  }
}

/** Loaded for a wrong command line, not before the first frame. */
async function usageCode(): Promise<number> {
  const { EXIT } = await import('./core/exit-codes.ts')
  return EXIT.usage.code
}

async function runLines(command: CliCommand & { kind: 'run' }): Promise<void> {
  silenceConsole()
  const [{ runScript }, { rowsOf }] = await Promise.all([
    import('./headless/run-script.ts'),
    import('./headless/script.ts'),
  ])
  const read = await rowsOf(command.file, stdin)
  const { options } = command
  const parts = { options, place: await placeOf(), clock, practiceUrl: practice(options) }
  const streams = { out: writeOut, err: writeError }
  await untilSignal((stop) => runScript(parts, command, read, streams, stop))
}

async function batches(command: CliCommand & { kind: 'batch' }): Promise<void> {
  silenceConsole()
  const { runBatch } = await import('./headless/run-batch.ts')
  const { options } = command
  const parts = { options, place: await placeOf(), clock, practiceUrl: practice(options) }
  const streams = { out: writeOut, err: writeError }
  const ask = stdin.isTTY && stderr.isTTY ? yesOrNo : undefined
  await untilSignal((stop) => runBatch(parts, command, streams, ask, stop))
}

async function live({ options, json }: CliCommand & { kind: 'doctor' }): Promise<void> {
  silenceConsole()
  const { doctorLive } = await import('./headless/doctor-live.ts')
  const parts = {
    json,
    practice: options.practice,
    place: await placeOf(),
    clock,
    practiceUrl: practice(options),
  }
  const streams = { out: writeOut, err: writeError }
  const ask = stdin.isTTY && stderr.isTTY ? yesOrNo : undefined
  await untilSignal((stop) => doctorLive(parts, options.yes, streams, ask, stop))
}

async function yesOrNo(text: string): Promise<boolean> {
  const { createInterface } = await import('node:readline/promises')
  const lines = createInterface({ input: stdin, output: stderr })
  // Ctrl-C and the end of the input are a no.
  const answer = await Promise.race([
    lines.question(`${sanitize(text)} [y/N] `),
    new Promise<string>((none) => lines.once('close', () => none(''))),
  ])
  lines.close()
  return /^y(?:es)?$/i.test(answer.trim())
}

/** Runs to the end, or until a signal has stopped it, and ends the process with its code. */
async function untilSignal(work: (stop: AbortSignal) => Promise<number>): Promise<void> {
  const stop = new AbortController()
  let by: NodeJS.Signals | undefined
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      by ??= signal
      stop.abort(signal)
    })
  }
  const code = await work(stop.signal)
  // Ended by the signal itself: a shell that runs several of us then stops as well.
  if (by) process.kill(process.pid, by)
  else process.exit(code || process.exitCode)
}

/** On stderr. Text from files, servers and the command line cannot control the terminal there either. */
function writeError(text: string): void {
  stderr.write(sanitize(text))
}

/** Resolves once the text is written; fails with a full disk or a reader that has gone. */
function writeOut(text: string): Promise<void> {
  return new Promise((done, fail) => stdout.write(text, (error) => (error ? fail(error) : done())))
}

async function openSession(options: CliOptions): Promise<void> {
  // Neither Ink nor its colours know of NO_COLOR; they look when they are loaded.
  if (env.NO_COLOR && env.FORCE_COLOR === undefined) env.FORCE_COLOR = '0'
  const place = await placeOf()
  const { runScreen } = await import('./ui/run-screen.ts')
  await runScreen({
    options,
    place,
    clock,
    practiceUrl: practice(options),
    engineLabel: engineLabel(place, options),
    stdin,
    stdout,
  })
}

/** Faults are checked before anything is opened. */
async function withFaults(command: CliCommand): Promise<CliCommand> {
  if (!('options' in command) || command.options.faults === null) return command
  const { parseFaults } = await import('../practice/faults.ts')
  try {
    parseFaults(command.options.faults)
    return command
  } catch (error) {
    return { kind: 'wrong', sentence: error instanceof Error ? error.message : String(error) }
  }
}

async function placeOf(): Promise<Place> {
  const folder = process.cwd()
  const ssh = env.SSH_CONNECTION ?? env.SSH_TTY
  return {
    folder,
    home: userFolder(),
    root: await rootFolder(env, folder),
    env,
    platform: process.platform,
    remote: ssh === undefined ? null : hostname(),
    version: VERSION,
  }
}

/** Known before anything is loaded; the session that is opened may be bound to another engine, which is then said. */
function engineLabel({ root }: Place, { practice: wanted }: CliOptions): string {
  const named = ['GEMINI_API_KEY', 'GOOGLE_API_KEY'].find((name) => env[name]?.trim())
  const source = named ?? (existsSync(join(root, 'key')) ? 'file' : undefined)
  return engineOf(env, source === undefined ? undefined : { key: '', source }, wanted).label
}

/** Started when it is first needed, once. What is uploaded and submitted there outlives this limn, as at Google's. */
function practice({ faults }: CliOptions): () => Promise<string> {
  let started: Promise<string> | undefined
  const start = async () => {
    const { startPractice } = await import('../practice/start.ts')
    const folder = join(await rootFolder(env, process.cwd()), 'practice')
    const { url } = await startPractice({ folder, ...(faults !== null && { faults }) })
    return url
  }
  return () => {
    started ??= start()
    return started
  }
}

/** The SDK and its friends warn on the console, which would be typed over the screen. */
function silenceConsole(): void {
  if (env.LIMN_DEBUG === '1') return
  const silent = () => undefined
  Object.assign(console, { log: silent, info: silent, warn: silent, debug: silent, error: silent })
  process.on('warning', silent)
  process.removeAllListeners('warning')
}

const fail = (error: unknown): void => {
  writeError(`limn: ${error instanceof Error ? error.message : String(error)}\n`)
  if (env.LIMN_DEBUG === '1' && error instanceof Error) writeError(`${error.stack}\n`)
  process.exit(1)
}

process.on('uncaughtException', (error) => {
  if (!failServedCall(error)) fail(error)
})
process.on('unhandledRejection', fail)
await main().catch(fail)
