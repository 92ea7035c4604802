// Where one terminal runs: its own folder and display, and nothing left behind.
import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export type Environment = Readonly<Record<string, string>>

/** Milliseconds to wait for something before the test fails. */
const PATIENCE = 20_000

export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), 'limn-terminal-'))
  readonly home = join(this.folder, 'home')
  /** The environment of a new login, and a variable that marks everything started here. */
  readonly env: Environment = {
    HOME: this.home,
    PATH: process.env.PATH ?? '',
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    SHELL: '/bin/sh',
    // Software rendering, and no bus to the user's other programs.
    LIBGL_ALWAYS_SOFTWARE: '1',
    GALLIUM_DRIVER: 'llvmpipe',
    NO_AT_BRIDGE: '1',
    QT_QPA_PLATFORM: 'xcb',
    QT_LOGGING_RULES: '*=false',
    XDG_RUNTIME_DIR: this.folder,
    LIMN_TERMINAL_TEST: this.folder,
  }

  constructor() {
    mkdirSync(this.home)
    process.once('exit', this.end)
  }

  /** Ends with the process that started it, however that process ends. */
  start(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', command, ...args], {
      stdio: 'ignore',
      env: this.env,
      ...options,
    })
    child.on('error', () => undefined)
    return child
  }

  write(file: string, content: string | Uint8Array, mode = 0o644): void {
    writeFileSync(file, typeof content === 'string' ? `${content}\n` : content, { mode })
  }

  /** Lets another user enter the folder. */
  open(): void {
    chmodSync(this.folder, 0o711)
  }

  run(command: string, args: readonly string[], env: Environment = this.env): Buffer {
    const { status, stdout, stderr, error } = spawnSync(command, args, {
      env,
      maxBuffer: 1e8,
      timeout: PATIENCE,
    })
    if (error) throw error
    if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr.toString().trim() || status}`)
    return stdout
  }

  readonly end = (): void => {
    process.removeListener('exit', this.end)
    // What a killed terminal leaves (a shell, tmux's server) no longer has a parent here. An X server that is ended with
    // SIGTERM removes the lock of its display.
    for (let round = 0; round < 40; round++) {
      const left = this.#processes()
      if (left.length === 0) break
      if (round === 0 || round > 20) {
        for (const id of left) kill(id, round === 0 ? 'SIGTERM' : 'SIGKILL')
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 25)
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
  }

  #processes(): readonly number[] {
    const mark = `LIMN_TERMINAL_TEST=${this.folder}\0`
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((id) => {
        try {
          return `${readFileSync(`/proc/${id}/environ`, 'latin1')}\0`.includes(mark)
        } catch {
          return false
        }
      })
  }
}

function kill(id: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(id, signal)
  } catch {
    // It has already ended.
  }
}

/** Asks repeatedly until there is an answer. */
export async function until<Answer>(
  what: string | (() => string),
  ask: () => Answer | undefined | false | Promise<Answer | undefined | false>,
  patience = PATIENCE,
): Promise<Answer> {
  const end = performance.now() + patience
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (performance.now() > end) throw new Error(`Not seen: ${typeof what === 'string' ? what : what()}`)
    await sleep(20)
  }
}

/** Whether a folder of PATH contains the program. */
export function isInstalled(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

export const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`
