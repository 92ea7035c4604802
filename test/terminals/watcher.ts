// Looks at a terminal step by step, and records what it sees and what is wrong.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Seen } from './contact-sheet.ts'
import { captionsOf, whatIsWrong } from './expectations.ts'
import type { Robot } from './robot.ts'
import { writePng } from './shot.ts'
import { CARD, flipped, mirrored } from './testcard.ts'
import type { Size } from './window.ts'

/** Milliseconds in which an error may still disappear: on a busy machine, a terminal may lag. */
const PATIENCE = 3000

/** What the picture of each version looks like: v1 is brought in, the lines of the story make the others. */
const CARDS = new Map([
  [1, CARD],
  [2, mirrored(CARD)],
  [3, flipped(mirrored(CARD))],
])

/** The folder with the screenshots of this run. */
export const folder = mkdtempSync(join(tmpdir(), 'limn-terminals-seen-'))
let looks = 0

export class Watcher {
  readonly #terminal: string
  readonly #robot: Robot
  readonly seen: Seen[] = []
  readonly problems: string[] = []

  constructor(terminal: string, robot: Robot) {
    this.#terminal = terminal
    this.#robot = robot
  }

  /** Checks that the last captions on the screen are those of these versions, each under its picture. */
  async looks(step: string, versions: readonly number[]): Promise<void> {
    let { shot, reading, wrong } = await this.#compare(versions)
    const end = performance.now() + PATIENCE
    while (wrong.length > 0 && performance.now() < end)
      ({ shot, reading, wrong } = await this.#compare(versions))
    const png = await writePng(shot)
    const name = `${this.#terminal} ${++looks} ${step}`.replaceAll(' ', '-')
    writeFileSync(join(folder, `${name}.png`), png)
    this.seen.push({ terminal: this.#terminal, step, png })
    if (wrong.length > 0) writeFileSync(join(folder, `${name}.txt`), `${reading.map()}\n`)
    this.problems.push(...wrong.map((one) => `${step}: ${one}`))
  }

  /** Resizes the window as if by dragging its edge: what was on the screen must still be there, or above it. */
  async resizes(step: string, size: Size, versions: readonly number[]): Promise<void> {
    const before = captionsOf(this.#robot.tape.rows())
    await this.#robot.resizes(size)
    await this.looks(step, versions)
    const after = new Set(captionsOf(this.#robot.tape.transcript()))
    for (const version of before) {
      if (!after.has(version)) this.problems.push(`${step}: the caption of v${version} is lost`)
    }
  }

  async #compare(versions: readonly number[]) {
    const robot = this.#robot
    const shot = await robot.looks()
    const reading = robot.read(shot)
    const wrong = [...whatIsWrong(reading, robot.tape, CARDS, await robot.rows())]
    const there = captionsOf(robot.tape.rows())
    if (versions.join() !== there.slice(-versions.length).join()) {
      wrong.push(`captions of versions ${versions.join(', ')} expected, ${there.join(', ')} found`)
    }
    return { shot, reading, wrong }
  }
}
