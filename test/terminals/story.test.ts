// Three pictures, typing, a narrower window and a wider one, the first picture again: in every real terminal there is.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { terminals } from './catalogue.ts'
import { type Seen, sheetOf } from './contact-sheet.ts'
import { captionsOf, whatIsWrong } from './expectations.ts'
import { Robot } from './robot.ts'
import { writePng } from './shot.ts'
import { isInstalled, Stage } from './stage.ts'
import { CARD, flipped, mirrored } from './testcard.ts'

const SIZE = { columns: 90, rows: 44 }

/** Milliseconds in which what is wrong may still come right. */
const PATIENCE = 3000

/** How the picture of a version looks: v1 is brought in, the lines of the story make the others. */
const CARDS = new Map([
  [1, CARD],
  [2, mirrored(CARD)],
  [3, flipped(mirrored(CARD))],
])

const folder = mkdtempSync(join(tmpdir(), 'limn-terminals-seen-'))
const seen: Seen[] = []

for (const terminal of terminals) {
  const missing = Object.entries(terminal.needs).flatMap(([program, name]) =>
    isInstalled(program) ? [] : [name],
  )
  if (missing.length > 0) {
    const names = [...new Set(missing)].join(' ')
    test.skip(`${terminal.name}: not here, apt-get install ${names} (or scripts/install-terminals.sh)`, () => {})
    continue
  }
  test(terminal.name, async () => {
    const stage = new Stage()
    onTestFinished(stage.end)
    const robot = await Robot.open(stage, terminal, SIZE)
    onTestFinished(() => robot.close())

    const problems: string[] = []
    /** Looks, keeps what it sees, and compares it with what must be there. */
    const looks = async (step: string, captions: readonly number[]) => {
      let { shot, reading, wrong } = await compare(captions)
      // On a busy machine, a terminal may still be behind.
      const end = performance.now() + PATIENCE
      while (wrong.length > 0 && performance.now() < end) ({ shot, reading, wrong } = await compare(captions))
      const png = await writePng(shot)
      const name = `${terminal.name} ${seen.length + 1} ${step}`.replaceAll(' ', '-')
      writeFileSync(join(folder, `${name}.png`), png)
      seen.push({ terminal: terminal.name, step, png })
      if (wrong.length > 0) writeFileSync(join(folder, `${name}.txt`), `${reading.map()}\n`)
      problems.push(...wrong.map((one) => `${step}: ${one}`))
    }
    /** As a user does who drags the window's edge: what stood on the screen is there, or above it. */
    const resizes = async (step: string, columns: number, captions: readonly number[]) => {
      const before = captionsOf(robot.tape.rows())
      await robot.resizes({ ...SIZE, columns })
      await looks(step, captions)
      const after = new Set(captionsOf(robot.tape.transcript()))
      for (const version of before) {
        if (!after.has(version)) problems.push(`${step}: the caption of v${version} is lost`)
      }
    }
    const compare = async (captions: readonly number[]) => {
      const shot = await robot.looks()
      const reading = robot.read(shot)
      const wrong = [...whatIsWrong(reading, robot.tape, CARDS, await robot.rows())]
      const there = captionsOf(robot.tape.rows())
      if (captions.join() !== there.slice(-captions.length).join()) {
        wrong.push(`captions of versions ${captions.join(', ')} expected, ${there.join(', ')} found`)
      }
      return { shot, reading, wrong }
    }

    await robot.sees(/^v1 ← /m)
    await looks('opened', [1])
    await robot.submits('mirror')
    await robot.sees(/^v2 ›/m)
    await robot.submits('flip vertically')
    await robot.sees(/^v3 ›/m)
    await looks('three pictures', [1, 2, 3])

    await robot.types('a red hat on it')
    await looks('typing', [1, 2, 3])

    await resizes('narrower', 60, [2, 3])
    await resizes('wider', 100, [2, 3])

    await robot.clears()
    await robot.submits('/show v1')
    await robot.sees(/^v3 › \/show v1$[\s\S]*^v1 ← /m)
    await looks('v1 again', [2, 3, 1])

    expect(problems).toEqual([])
  })
}

afterAll(async () => {
  if (seen.length === 0) return
  console.log(`What the terminals showed: ${folder}`)
  if (process.env.LIMN_CONTACT_SHEET !== '1') return
  const file = resolve('docs/terminals-seen.png')
  writeFileSync(file, await sheetOf(seen))
  console.log(`All of them at once: ${file}`)
})
