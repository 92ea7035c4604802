// A simulated user: types into the built limn on a real pty, and reads its screen.
import { spawn as spawnProcess } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type IPty, spawn } from '@lydell/node-pty'
import xterm from '@xterm/headless'
import { onTestFinished } from 'vitest'
import type { Fact } from '../../src/core/session/fact.ts'

export const NODE = resolve('node_modules/.bin/node')
export const LIMN = resolve('bin/limn.cjs')

/** Milliseconds to wait for something to appear: less than the limit of a test, so that the failure shows the screen. */
const TIMEOUT = 60_000

const KEYS = {
  enter: '\r',
  'alt-enter': '\x1b\r',
  escape: '\x1b',
  tab: '\t',
  backspace: '\x7f',
  up: '\x1b[A',
  down: '\x1b[B',
  'ctrl-c': '\x03',
  'ctrl-d': '\x04',
  'ctrl-j': '\n',
  'ctrl-t': '\x14',
  'ctrl-_': '\x1f',
} as const

export type KeyName = keyof typeof KEYS

/** A user's home and working folder; deleted after the test. */
export type Home = { readonly home: string; readonly root: string; readonly cwd: string }

export async function newHome(): Promise<Home> {
  const base = await mkdtemp(join(tmpdir(), 'limn-e2e-'))
  onTestFinished(() => rm(base, { recursive: true, force: true }))
  const home = { home: base, root: join(base, 'limn'), cwd: join(base, 'work') }
  await mkdir(home.cwd)
  return home
}

/** A new home whose settings ask for the smallest pictures, so that tests are quick. */
export async function smallHome(): Promise<Home> {
  const home = await newHome()
  await mkdir(home.root)
  await writeFile(
    join(home.root, 'settings.json'),
    JSON.stringify({ model: 'gemini-3.1-flash-image', size: '512' }),
  )
  return home
}

type Environment = Readonly<Record<string, string | undefined>>

/** An environment without the key, the settings or CI of whoever runs the tests. */
export function environmentOf(home: Home, more: Environment = {}): Record<string, string> {
  const all = {
    PATH: process.env.PATH,
    LANG: 'en_US.UTF-8',
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    HOME: home.home,
    LIMN_HOME: home.root,
    // Shared, so that each limn uses the code that another has compiled.
    NODE_COMPILE_CACHE: resolve('node_modules/.cache/limn-compiled'),
    ...more,
  }
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

export type OpenOptions = {
  readonly args?: readonly string[]
  readonly env?: Environment
  readonly home?: Home
  readonly columns?: number
  readonly rows?: number
  /** Whether the terminal leaves queries unanswered. */
  readonly silent?: boolean
}

/** Starts limn and waits for its prompt. */
export async function open(options: OpenOptions = {}): Promise<User> {
  const user = await start(options)
  await user.waitFor(() => user.label() !== undefined, 'the prompt')
  return user
}

/** Starts limn without waiting. */
export async function start({
  args = [],
  env,
  home,
  columns = 100,
  rows = 30,
  silent = false,
}: OpenOptions): Promise<User> {
  const place = home ?? (await smallHome())
  const pty = spawn(NODE, [LIMN, ...args], {
    cols: columns,
    rows,
    cwd: place.cwd,
    env: environmentOf(place, env),
  })
  const user = new User(pty, place, columns, rows, silent)
  onTestFinished(() => user.kill('SIGKILL'))
  return user
}

export class User {
  readonly home: Home
  readonly #pty: IPty
  readonly #terminal: InstanceType<typeof xterm.Terminal>
  readonly #listeners = new Set<() => void>()
  #answered = false
  #code: number | undefined

  constructor(pty: IPty, home: Home, columns: number, rows: number, silent: boolean) {
    this.home = home
    this.#pty = pty
    this.#terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 10_000, allowProposedApi: true })
    // Otherwise it names itself xterm.js, which limn takes for VS Code's terminal, with images.
    this.#terminal.onData((answer) => {
      if (silent || answer.startsWith('\x1bP>|') || this.#code !== undefined) return
      pty.write(answer)
      this.#answered ||= /^\x1b\[\?[\d;]*c$/.test(answer)
    })
    pty.onData((data) => {
      for (const frame of framesIn(data)) this.#terminal.write(frame, () => this.#changed())
    })
    pty.onExit(({ exitCode }) => {
      this.#code = exitCode
      // The last output may still be in the terminal's queue.
      this.#terminal.write('', () => this.#changed())
    })
  }

  /** Types words in one chunk. */
  type(text: string): void {
    this.#pty.write(text)
  }

  press(...keys: readonly KeyName[]): void {
    for (const key of keys) this.#pty.write(KEYS[key])
  }

  paste(text: string): void {
    this.#pty.write(`\x1b[200~${text}\x1b[201~`)
  }

  /** Types a line and Enter. */
  submits(line: string): void {
    this.#pty.write(`${line}\r`)
  }

  /** The text of the screen and the scrollback, with wrapped rows joined. */
  screen(): string {
    const { active } = this.#terminal.buffer
    let text = ''
    for (let y = 0; y < active.length; y++) {
      const line = active.getLine(y)
      if (!line) continue
      if (y > 0 && !line.isWrapped) text += '\n'
      text += line.translateToString(true)
    }
    return text.trimEnd()
  }

  /** The same, also joining rows that limn has broken between words, so that a sentence can be found. */
  prose(): string {
    const rows = this.screen().split('\n')
    const { cols } = this.#terminal
    return rows.reduce((text, row, index) => {
      const [word = ''] = row.split(' ')
      const before = rows[index - 1] ?? ''
      const broken = word !== '' && before.length + 1 + word.length > cols
      return `${text}${broken ? ' ' : '\n'}${row}`
    })
  }

  #shows(wanted: string | RegExp): boolean {
    return [this.screen(), this.prose()].some((screen) =>
      typeof wanted === 'string' ? screen.includes(wanted) : wanted.test(screen),
    )
  }

  /** Waits until the terminal has answered limn's queries; what is typed from then on comes after the answers. */
  answers(): Promise<void> {
    return this.waitFor(() => this.#answered, "limn's queries to the terminal")
  }

  /** What the next line edits: the `v4` of the prompt, `from v3 · + v6` with versions named. */
  label(): string | undefined {
    return this.prompt()?.label
  }

  /** The current prompt, with the text typed on it. */
  prompt(): { readonly label: string; readonly text: string } | undefined {
    const all = [
      ...this.screen().matchAll(
        /^((?:from )?v\d+(?: alone)?(?: \(new:[ v\d]+\))?(?: · \+ v\d+)*) ›(?: (.*))?$/gm,
      ),
    ]
    const last = all.at(-1)
    return last && { label: last[1] ?? '', text: last[2] ?? '' }
  }

  /** Waits until the text is on the screen or in the scrollback. */
  sees(wanted: string | RegExp, timeout?: number): Promise<void> {
    return this.waitFor(() => this.#shows(wanted), String(wanted), timeout)
  }

  /** Waits until the text is there so many times. */
  seesTimes(wanted: string, times: number): Promise<void> {
    return this.waitFor(() => this.screen().split(wanted).length > times, `${wanted} (${times} times)`)
  }

  notSees(wanted: string | RegExp): boolean {
    return !this.#shows(wanted)
  }

  /** Waits for a free prompt with this label. */
  edits(label: string): Promise<void> {
    return this.waitFor(() => this.label() === label && !this.#works(), `a free prompt with ${label} ›`)
  }

  /** Types a line and waits for the caption of its image: `v2 ← v1`. */
  async draws(line: string, caption: string): Promise<void> {
    // Another session may have had the same caption.
    const before = this.screen().split(`${caption} ·`).length
    this.submits(line)
    await this.seesTimes(`${caption} ·`, before)
    await this.edits(caption.split(' ')[0] ?? '')
  }

  /** Waits for the end of limn. */
  async leaves(timeout?: number): Promise<number> {
    await this.waitFor(() => this.#code !== undefined, 'the end of limn', timeout)
    return this.#code ?? -1
  }

  /** Types /quit and waits for the end. */
  async quits(): Promise<void> {
    this.submits('/quit')
    await this.leaves()
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows)
    this.#pty.resize(columns, rows)
  }

  /** The range of lines that the window shows now. */
  window(): readonly string[] {
    const { active } = this.#terminal.buffer
    return Array.from(
      { length: this.#terminal.rows },
      (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
    )
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM' | 'SIGHUP'): Promise<void> {
    if (this.#code === undefined) this.#pty.kill(signal)
    await this.leaves()
  }

  /** Closes the window. */
  async hangsUp(): Promise<void> {
    // node-pty has this on Unix, but its types lack it.
    if ('destroy' in this.#pty && typeof this.#pty.destroy === 'function') this.#pty.destroy()
    await this.leaves()
  }

  /** The facts of the oldest session; empty if there is no session. */
  async facts(): Promise<readonly Fact[]> {
    const [folder] = await sessionsOf(this.home)
    return folder === undefined ? [] : factsIn(folder)
  }

  /** Waits until the condition holds, checking after each frame and at the end of limn. */
  waitFor(seen: () => boolean, what: string, timeout = TIMEOUT): Promise<void> {
    // Between the marks of mode 2026 a frame is incomplete, and no user sees it.
    const whole = () => this.#code !== undefined || !this.#terminal.modes.synchronizedOutputMode
    const there = () => whole() && seen()
    if (there()) return Promise.resolve()
    return new Promise((done, fail) => {
      const end = (error?: Error) => {
        clearTimeout(timer)
        this.#listeners.delete(look)
        if (error) fail(error)
        else done()
      }
      const look = () => {
        if (there()) end()
        else if (this.#code !== undefined)
          end(new Error(this.#missed(`limn ended (${this.#code}) without`, what)))
      }
      const timer = setTimeout(() => end(new Error(this.#missed('The user does not see', what))), timeout)
      this.#listeners.add(look)
    })
  }

  #works(): boolean {
    return /Esc: (?:continue|stop)|Esc stops/.test(this.screen())
  }

  #missed(why: string, what: string): string {
    return `${why} ${what}. On the screen:\n${this.screen()}`
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}

/**
 * Splits output into frames. On a slow machine several frames may arrive at once; each is checked, so that the test
 * sees everything that a user would have seen.
 */
function framesIn(data: string): readonly string[] {
  return data.split(/(?<=\x1b\[\?2026l)/)
}

/** The folders of the sessions, oldest first. */
export async function sessionsOf(home: Home): Promise<readonly string[]> {
  const folder = join(home.root, 'sessions')
  const names = await readdir(folder).catch(() => [])
  return names.sort().map((name) => join(folder, name))
}

export async function onlySession(home: Home): Promise<string> {
  const [first, ...others] = await sessionsOf(home)
  if (first === undefined || others.length > 0) throw new Error(`${others.length + (first ? 1 : 0)} sessions`)
  return first
}

export async function factsIn(folder: string): Promise<readonly Fact[]> {
  const text = await readFile(join(folder, 'session.jsonl'), 'utf8')
  const lines = text.split('\n').filter((line) => line !== '')
  return lines.slice(1).map((line) => JSON.parse(line) as Fact)
}

/** The facts of one type, in order. */
export function only<Type extends Fact['type']>(facts: readonly Fact[], type: Type) {
  return facts.filter((fact): fact is Extract<Fact, { type: Type }> => fact.type === type)
}

export type Run = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** Runs limn without a terminal, as a script does. */
export function run(args: readonly string[], home: Home, env: Environment = {}): Promise<Run> {
  return runNode([LIMN, ...args], home, env)
}

export function runNode(args: readonly string[], home: Home, env: Environment = {}): Promise<Run> {
  return new Promise((done, fail) => {
    const child = spawnProcess(NODE, args, {
      cwd: home.cwd,
      env: environmentOf(home, env),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (data) => (stdout += data))
    child.stderr.on('data', (data) => (stderr += data))
    child.on('error', fail)
    child.on('close', (code) => done({ code, stdout, stderr }))
    onTestFinished(() => void child.kill('SIGKILL'))
  })
}
