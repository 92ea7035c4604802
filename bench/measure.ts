// Shared by the benches: medians, small tables, and programs on a pty.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type IPty, spawn } from '@lydell/node-pty'

const ROOT = resolve(import.meta.dirname, '..')
export const LIMN = join(ROOT, 'bin/limn.cjs')

// Measures the current source.
execFileSync(process.execPath, ['scripts/build.ts', '--if-stale'], { cwd: ROOT })

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const [low = Number.NaN, high = Number.NaN] = [sorted[(sorted.length - 1) >> 1], sorted[middle]]
  return (low + high) / 2
}

/** The median ratio of the numbers of the same round, since slow moments of the machine affect both. */
export function medianRatio(these: readonly number[], those: readonly number[]): number {
  return median(these.map((one, index) => one / (those[index] ?? Number.NaN)))
}

export function printTable(title: string, rows: readonly (readonly string[])[]): void {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  const lines = rows.map((row) =>
    row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    ),
  )
  process.stdout.write(`\n${title}\n${lines.map((line) => `  ${line.join('   ').trimEnd()}\n`).join('')}`)
}

/** An empty home, deleted when the bench ends. */
export function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'limn-bench-'))
  process.on('exit', () => rmSync(home, { recursive: true, force: true }))
  return home
}

export function environmentOf(home: string, more: Readonly<Record<string, string>> = {}) {
  return {
    PATH: process.env.PATH ?? '',
    LANG: 'en_US.UTF-8',
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    HOME: home,
    LIMN_HOME: home,
    // Shared, as for a user who has started limn before.
    XDG_CACHE_HOME: join(tmpdir(), 'limn-bench-cache'),
    ...more,
  }
}

/** A program under this Node on a pty of 120 by 40, which answers queries like a plain terminal. */
export class OnPty {
  readonly began = performance.now()
  readonly ended: Promise<void>
  readonly #pty: IPty
  readonly #waiting = new Set<() => void>()
  #seen = ''

  constructor(args: readonly string[], env: Readonly<Record<string, string>>) {
    this.#pty = spawn(process.execPath, [...args], {
      cols: 120,
      rows: 40,
      cwd: env.HOME ?? '.',
      env: { ...env },
    })
    this.ended = new Promise((done) => this.#pty.onExit(() => done()))
    this.#pty.onData((data) => {
      this.#seen += data
      if (data.includes('\x1b[c')) this.#pty.write('\x1b[?62;22c')
      for (const look of [...this.#waiting]) look()
    })
  }

  /** The number of characters so far. */
  get length(): number {
    return this.#seen.length
  }

  type(text: string): void {
    this.#pty.write(text)
  }

  /** Waits for the text after `from`; resolves to the milliseconds from the start of the program to its appearance. */
  sees(wanted: string, from = 0): Promise<number> {
    return new Promise((done, fail) => {
      const limit = setTimeout(
        () => fail(new Error(`never seen: ${wanted}\n${JSON.stringify(this.#seen.slice(from))}`)),
        20_000,
      )
      const look = () => {
        if (this.#seen.indexOf(wanted, from) === -1) return
        clearTimeout(limit)
        this.#waiting.delete(look)
        done(performance.now() - this.began)
      }
      this.#waiting.add(look)
      look()
    })
  }

  async end(): Promise<void> {
    this.#pty.kill('SIGKILL')
    await this.ended
  }
}
