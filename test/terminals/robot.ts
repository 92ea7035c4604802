// A user of a real terminal: limn runs in it, keys go to its window, and the window is looked at.
import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TerminalUnderTest } from './catalogue.ts'
import { type Margins, Reading } from './reading.ts'
import { isSame, type Shot } from './shot.ts'
import { quote, type Stage, until } from './stage.ts'
import { Tape } from './tape.ts'
import { drawCard } from './testcard.ts'
import type { Size, Window } from './window.ts'

const NODE = resolve('node_modules/.bin/node')
const LIMN = resolve('bin/limn.cjs')

/** Milliseconds without output from limn or changes of the window, after which both count as resting. */
const REST = 250
/** Milliseconds until a window that kept its size is asked again. */
const RESIZE_AGAIN = 2_000

const NO_MARGINS: Margins = { left: 0, top: 0, right: 0, bottom: 0 }

export class Robot {
  readonly #stage: Stage
  readonly #window: Window
  readonly #terminal: TerminalUnderTest
  readonly tape: Tape

  /** Opens the terminal with limn and the test card in it, and waits for the prompt. */
  static async open(stage: Stage, terminal: TerminalUnderTest, size: Size): Promise<Robot> {
    const desk = join(stage.home, 'desk')
    const limnHome = join(stage.home, 'limn')
    mkdirSync(desk)
    mkdirSync(limnHome)
    stage.write(join(desk, 'testcard.png'), await drawCard())
    stage.write(
      join(limnHome, 'settings.json'),
      JSON.stringify({
        model: 'gemini-3.1-flash-image',
        size: '512',
        preview: 'small',
        ...(terminal.graphics ? { graphics: terminal.graphics } : {}),
      }),
    )
    const limn = join(stage.folder, 'limn.sh')
    const program = join(stage.folder, 'program.sh')
    const file = join(stage.folder, 'tape')
    const pid = join(stage.folder, 'pid')
    stage.write(
      limn,
      [
        '#!/bin/sh',
        `cd ${quote(desk)}`,
        // Alacritty sets the login's home.
        `export HOME=${quote(stage.home)}`,
        `export LIMN_HOME=${quote(limnHome)}`,
        `echo $$ > ${quote(pid)}`,
        `exec ${quote(NODE)} ${quote(LIMN)} --practice testcard.png`,
      ].join('\n'),
      0o755,
    )
    // script(1) records what limn writes, and passes on the size of the window, in cells and in pixels.
    stage.write(program, `#!/bin/sh\nexec script -q -f -c ${quote(limn)} ${quote(file)}`, 0o755)
    const window = await terminal.open({ stage, size, program })
    const tape = new Tape(file, { columns: size.columns, rows: size.rows - (terminal.taken ?? 0) })
    const robot = new Robot(stage, window, terminal, tape)
    await robot.sees(/^v1 ›/m)
    return robot
  }

  private constructor(stage: Stage, window: Window, terminal: TerminalUnderTest, tape: Tape) {
    this.#stage = stage
    this.#window = window
    this.#terminal = terminal
    this.tape = tape
  }

  /** Waits until limn has written it, so that it should be on the screen. */
  async sees(wanted: RegExp): Promise<void> {
    await until(
      () => `${wanted} in ${this.#terminal.name}:\n${this.tape.rows().join('\n')}`,
      async () => {
        await this.tape.play()
        return wanted.test(this.tape.rows().join('\n'))
      },
    )
  }

  /** Types it at the prompt, and waits until the prompt shows it. */
  async types(text: string): Promise<void> {
    await this.#window.type(text)
    await this.sees(new RegExp(`› ${text}$`, 'm'))
  }

  async submits(text: string): Promise<void> {
    await this.types(text)
    await this.#window.enter()
  }

  async clears(): Promise<void> {
    await this.#window.clear()
    await this.sees(/ ›(?: (?:Type|Describe|Say).*)?$/m)
  }

  /** Resizes the window, and waits until limn's own terminal has that size. */
  async resizes(size: Size): Promise<void> {
    const rows = size.rows - (this.#terminal.taken ?? 0)
    const rewraps = size.columns !== this.tape.size.columns
    await this.tape.resize({ columns: size.columns, rows })
    let last = Number.NEGATIVE_INFINITY
    await until(
      () => `a terminal of ${size.columns}x${rows} for limn: it has ${this.#size()}`,
      async () => {
        if (this.#size() === `${rows} ${size.columns}`) return true
        // A terminal that is about to set its own size undoes a resize that comes just before.
        if (performance.now() - last > RESIZE_AGAIN) {
          await this.#window.resize(size.columns, size.rows)
          last = performance.now()
        }
        return false
      },
    )
    await until('limn drawing again', async () => {
      await this.tape.play()
      // At the same width, limn redraws only in some terminals.
      return !rewraps || this.tape.isDrawnAgain
    })
  }

  /** Takes a screenshot once nothing moves any more. */
  async looks(): Promise<Shot> {
    let shot = await this.#window.look()
    let length = this.tape.length
    let since = performance.now()
    return until('a window that rests', async () => {
      await sleep(50)
      await this.tape.play()
      const now = await this.#window.look()
      if (this.tape.length !== length || !isSame(now, shot)) since = performance.now()
      length = this.tape.length
      shot = now
      return performance.now() - since > REST && shot
    })
  }

  read(shot: Shot): Reading {
    const { taken = 0, margins, fractional = false } = this.#terminal
    return new Reading(shot, this.tape.size, taken, { ...NO_MARGINS, ...margins }, fractional)
  }

  /** What the terminal itself says it shows. */
  rows(): Promise<readonly string[]> | undefined {
    return this.#window.rows?.()
  }

  async close(): Promise<void> {
    await this.#window.close?.()
  }

  /** The rows and columns of the terminal that limn writes to: "30 100". */
  #size(): string {
    try {
      const pid = readFileSync(join(this.#stage.folder, 'pid'), 'utf8').trim()
      return this.#stage
        .run('stty', ['-F', `/proc/${pid}/fd/1`, 'size'])
        .toString()
        .trim()
    } catch (error) {
      return String(error)
    }
  }
}
