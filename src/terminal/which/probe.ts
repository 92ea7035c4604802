// What this terminal is and supports: first by its environment, then by its own answers.

import { brands } from './brands.ts'
import { type Displayer, glyphsOf, protocolsOf } from './choose.ts'
import {
  brandFromEnvironment,
  coloursOf,
  type Environment,
  isTruecolor,
  multiplexerFromEnvironment,
} from './environment.ts'
import type { Answered } from './evidence.ts'
import {
  attributesQuestion,
  kittyQuestion,
  pixelQuestion,
  type ReadAnswers,
  readAnswers,
  sixelQuestion,
} from './terminal-answers.ts'
import type { Brand } from './terminal-row.ts'
import { atLeast } from './terminal-version.ts'
import { throughTmux } from './tmux.ts'

export type Terminal = Displayer & {
  columns: number
  rows: number
  /** The size of a cell, in pixels. */
  cell: { width: number; height: number }
  /** It has answered all queries, or no more answers are expected. */
  complete: boolean
  /** As they came; those of the terminal around tmux are last. */
  answers: readonly string[]
  /** FORCE_COLOR or NO_COLOR set the number of colours: the terminal's answers do not change it. */
  coloursFixed?: true
  /** Its background in red, green and blue bytes, if it reports it. */
  background?: readonly [red: number, green: number, blue: number]
  /** The colour registers of its sixel pictures, and their largest size in pixels, if known. */
  sixel: { registers: number; largest?: { width: number; height: number } }
  /** It has shown that it can read our files: it is on the same machine. */
  filesReadable: boolean
  /** In tmux: whether it passes our sequences through (allow-passthrough); undefined until known. */
  passthrough?: boolean
  /** It supports OSC 8 hyperlinks. */
  links: boolean
  /** It draws output between the marks of mode 2026 in one step. */
  synchronized: boolean
  /** It has kitty's keyboard protocol, which distinguishes Shift-Enter from Enter. */
  kittyKeyboard: boolean
}

// The shape of most monospaced fonts, 1 to 2, for a terminal that does not report its cells.
const guessedCell = { width: 8, height: 16 }

// Sixel terminals that do not report their registers (mlterm 3.9) have 256; a VT340 had 16, and xterm reports them.
const usualRegisters = 256

/** Uses `env` and `size` only, and asks the terminal nothing. */
export function probeEnvironment(env: Environment, size: { columns: number; rows: number }): Terminal {
  const multiplexer = multiplexerFromEnvironment(env)
  const { brand, version } = brandFromEnvironment(env)
  // In a multiplexer, TERM_PROGRAM_VERSION is the multiplexer's version.
  const own = env.TERM_PROGRAM === 'tmux' ? env.TERM_PROGRAM_VERSION : undefined
  const named = { brand, ...(version ? { version } : {}), multiplexer }
  return {
    columns: size.columns,
    rows: size.rows,
    cell: guessedCell,
    complete: false,
    answers: [],
    ...named,
    protocols: protocolsOf(named),
    glyphs: glyphsOf(named),
    colours: coloursOf(env, brand, version, multiplexer),
    ...(env.FORCE_COLOR !== undefined || env.NO_COLOR ? { coloursFixed: true as const } : {}),
    sixel: { registers: usualRegisters },
    filesReadable: false,
    links:
      multiplexer === 'none' ? (brands[brand].links ?? false) : multiplexer === 'tmux' && atLeast(own, '3.4'),
    synchronized: multiplexer === 'none' && (brands[brand].synchronized ?? false),
    kittyKeyboard: multiplexer === 'none' && (brands[brand].keyboard ?? false),
  }
}

/**
 * All queries in one write. The device attributes, which every terminal has, come last and show that no more answers
 * will come. `file`: a file of three bytes, to find out whether the terminal reads our files.
 */
export function queryFor(terminal: Terminal, file?: string): string {
  const { brand, multiplexer } = terminal
  if (brand === 'dumb' || brand === 'linux-console') return ''
  // Terminal.app is said to print sequences that it does not know, and it supports none of these.
  if (brand === 'apple-terminal') return attributesQuestion
  // tmux would take an APC for its window title (seen), and so would screen.
  const graphics = multiplexer === 'none' || multiplexer === 'zellij' ? kittyQuestion(file) : ''
  return `\x1b[>q${pixelQuestion}\x1b[?u${sixelQuestion}\x1b]11;?\x1b\\${graphics}${attributesQuestion}`
}

/**
 * The queries to the terminal around tmux. Its attributes are asked for through tmux too: tmux's own would come before
 * the other answers (seen).
 */
export function outerQuery(file?: string): string {
  return throughTmux(`\x1b[>q\x1b[16t${sixelQuestion}${kittyQuestion(file)}${attributesQuestion}`)
}

/** Asks again for what a new size of the window changes. */
export function measureQuery(terminal: Terminal): string {
  if (queryFor(terminal) === '' || terminal.brand === 'apple-terminal') return ''
  return `${pixelQuestion}\x1b[?2;1;0S${attributesQuestion}`
}

function cellFrom(read: ReadAnswers, columns: number, rows: number): Terminal['cell'] | undefined {
  if (read.cell) return read.cell
  // xterm reports neither, but its largest sixel picture is its window, up to a limit of 1000 by 1000 (maxGraphicSize).
  const largest = read.brand === 'xterm' ? read.largestSixel : undefined
  const pixels = read.window ?? (largest?.width !== 1000 && largest?.height !== 1000 ? largest : undefined)
  if (!pixels) return undefined
  const width = Math.floor(pixels.width / columns)
  const height = Math.floor(pixels.height / rows)
  return width > 0 && height > 0 ? { width, height } : undefined
}

const answered = (read: ReadAnswers): Answered =>
  read.complete || read.kitty || read.sixel ? read : undefined

/**
 * Adds the answers to queryFor(), and those of the terminal around tmux to outerQuery(). They may come late, in part,
 * or not at all: each call reads everything that has come so far.
 */
export function refine(
  terminal: Terminal,
  answers: readonly string[],
  outside: readonly string[] = [],
): Terminal {
  const own = readAnswers(answers)
  const around = readAnswers(outside)
  const multiplexer = /^tmux\b/i.test(own.name ?? '')
    ? 'tmux'
    : /^zellij\b/i.test(own.name ?? '')
      ? 'zellij'
      : terminal.multiplexer
  const alone = multiplexer === 'none'
  // In a multiplexer, the multiplexer answers.
  const brand = alone ? (own.brand ?? terminal.brand) : terminal.brand
  const version = alone && own.brand ? own.version : terminal.version
  const outer =
    multiplexer === 'tmux' && around.complete
      ? named(around.brand ?? 'unknown', around.version)
      : terminal.outer
  const known = { ...named(brand, version), multiplexer, ...(outer ? { outer } : {}) }
  const cell = cellFrom(own, terminal.columns, terminal.rows) ?? around.cell ?? terminal.cell
  const registers = around.registers ?? own.registers ?? terminal.sixel.registers
  const largest = (multiplexer === 'tmux' ? around.largestSixel : own.largestSixel) ?? terminal.sixel.largest
  const background = own.background ?? terminal.background
  const { version: _, outer: __, ...rest } = terminal
  return {
    ...rest,
    ...known,
    cell,
    complete: own.complete || terminal.complete,
    answers: [...answers, ...outside],
    ...(background ? { background } : {}),
    sixel: { registers, ...(largest ? { largest } : {}) },
    filesReadable: own.filesReadable || around.filesReadable || terminal.filesReadable,
    ...(multiplexer === 'tmux' && around.complete ? { passthrough: true } : {}),
    protocols: protocolsOf(known, answered(own), answered(around)),
    glyphs: glyphsOf(known),
    colours: alone && !terminal.coloursFixed && isTruecolor(brand, version) ? 'truecolor' : terminal.colours,
    links: terminal.links || (alone && (brands[brand].links ?? false)),
    synchronized: terminal.synchronized || (alone && (brands[brand].synchronized ?? false)),
    kittyKeyboard: own.complete ? own.keyboard : terminal.kittyKeyboard || own.keyboard,
  }
}

function named(brand: Brand, version: string | undefined): { brand: Brand; version?: string } {
  return { brand, ...(version ? { version } : {}) }
}
