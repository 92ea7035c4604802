// Three pictures, typing, a narrower and a wider window, the first picture again: in every real terminal available.
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { type TerminalUnderTest, terminals } from './catalogue.ts'
import { type Seen, sheetOf } from './contact-sheet.ts'
import { Robot } from './robot.ts'
import { isInstalled, Stage } from './stage.ts'
import { folder, Watcher } from './watcher.ts'

const SIZE = { columns: 90, rows: 44 }

const seen: Seen[] = []

/** A test if everything that the terminal needs is installed, else a skipped one that says what to install. */
function testIn(
  terminal: TerminalUnderTest,
  name: string,
  story: (robot: Robot, watcher: Watcher) => Promise<void>,
): void {
  const missing = Object.entries(terminal.needs).flatMap(([program, its]) =>
    isInstalled(program) ? [] : [its],
  )
  if (missing.length > 0) {
    const names = [...new Set(missing)].join(' ')
    test.skip(`${name}: not here, apt-get install ${names} (or scripts/install-terminals.sh)`, () => {})
    return
  }
  test(name, async () => {
    const stage = new Stage()
    onTestFinished(stage.end)
    const robot = await Robot.open(stage, terminal, SIZE)
    onTestFinished(() => robot.close())
    const watcher = new Watcher(name, robot)
    await robot.sees(/^v1 ← /m)
    await story(robot, watcher)
    expect(watcher.problems).toEqual([])
  })
}

async function makesTwoMore(robot: Robot): Promise<void> {
  await robot.submits('mirror')
  await robot.sees(/^v2 ›/m)
  await robot.submits('flip vertically')
  await robot.sees(/^v3 ›/m)
}

for (const terminal of terminals) {
  testIn(terminal, terminal.name, async (robot, watcher) => {
    await watcher.looks('opened', [1])
    await makesTwoMore(robot)
    await watcher.looks('three pictures', [1, 2, 3])

    await robot.types('a red hat on it')
    await watcher.looks('typing', [1, 2, 3])

    await watcher.resizes('narrower', { ...SIZE, columns: 60 }, [2, 3])
    await watcher.resizes('wider', { ...SIZE, columns: 100 }, [2, 3])

    await robot.clears()
    await robot.submits('/show v1')
    await robot.sees(/^v3 › \/show v1$[\s\S]*^v1 ← /m)
    await watcher.looks('v1 again', [2, 3, 1])
    seen.push(...watcher.seen)
  })
}

// The others bring back rows from above the screen, which the tape cannot know.
const higherBelow = ['kitty', 'Konsole', 'xterm.js in Chromium']

for (const terminal of terminals.filter(({ name }) => higherBelow.includes(name))) {
  testIn(terminal, `${terminal.name}, lower and higher`, async (robot, watcher) => {
    await makesTwoMore(robot)
    await robot.types('a red hat on it')
    await watcher.looks('typing', [1, 2, 3])
    await watcher.resizes('lower', { ...SIZE, rows: 22 }, [3])
    await watcher.resizes('higher', SIZE, [3])
  })
}

afterAll(async () => {
  console.log(`What the terminals showed: ${folder}`)
  if (process.env.LIMN_CONTACT_SHEET !== '1') return
  const file = resolve('docs/terminals-seen.png')
  writeFileSync(file, await sheetOf(seen))
  console.log(`All of them at once: ${file}`)
})
