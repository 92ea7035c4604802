import { createElement } from 'react'
import { afterEach, expect, test } from 'vitest'
import type { Completion } from '../../src/commands/complete.ts'
import type { Answer } from '../../src/core/event.ts'
import { outcomeOf } from '../../src/core/line/line-outcome.ts'
import { Live, type Screen } from '../../src/repl/screen.ts'
import { App } from '../../src/ui/App.tsx'
import { screenOf } from './layers/hands.ts'
import { SENDS } from './line/press.ts'
import { keyboard, onScreen } from './screen.ts'

const { up, down, enter, tab } = SENDS

type Given = {
  readonly columns?: number
  readonly rows?: number
  readonly complete?: (line: string) => Promise<Completion | undefined>
}

let close: (() => Promise<void>) | undefined
afterEach(async () => {
  await close?.()
  close = undefined
})

/** The screen with a repl that only records what it is asked to do. */
function openApp({ columns = 40, rows = 14, complete = async () => undefined }: Given = {}) {
  const keys = keyboard()
  const done: string[] = []
  const live = new Live<Screen>(screenOf())
  const repl = {
    live,
    priceOf: () => 'free' as const,
    secretIn: (line: string) => (line === '/key' ? ('asks' as const) : ('none' as const)),
    spelledOut: (line: string) => line,
    submit: async (line: string) => {
      done.push(`submit ${line}`)
      return outcomeOf({ parts: [], problem: undefined, versions: [], said: [] })
    },
    // A line that asks for a secret is taken once the secret has been answered.
    taken: () => (done.at(-1) === 'submit /key' ? new Promise<void>(() => {}) : Promise.resolve()),
    answer: (answer: Answer) => {
      done.push(`answer ${answer}`)
      live.set({ question: null })
    },
    letGo: async () => void done.push('let go'),
    dropHeld: async () => void done.push('drop'),
    perform: async () => {
      done.push('perform')
      return undefined
    },
  }
  const element = createElement(App, {
    input: keys.input,
    repl,
    early: (line: string) => done.push(`early ${line}`),
    complete,
    quit: () => done.push('quit'),
    onWriter: () => {},
  })
  const screen = onScreen(element, columns, rows)
  close = screen.close
  const sees = (line: string | RegExp) => expect.poll(() => screen.lines().join('\n')).toMatch(line)
  return { keys, done, screen, live, sees }
}

test('typed text is on the screen with the cursor after it, wide characters included', async () => {
  const { keys, screen, sees } = openApp()
  await sees(/nano-banana/)
  keys.type('a 漢字👨‍👩‍👧')
  await sees(/^v0 › a 漢字/m)
  await expect.poll(screen.cursor).toEqual({ x: 13, y: 1 })
  keys.type(`${SENDS.left}${SENDS.left}`)
  await expect.poll(screen.cursor).toEqual({ x: 9, y: 1 })
})

test('lines and keys in one chunk do the same as one by one', async () => {
  const { keys, done, sees } = openApp()
  await sees(/nano-banana/)
  keys.type(`abc${enter}${up}!${enter}de`)
  await expect.poll(() => done).toEqual(['submit abc', 'submit abc!'])
  await sees(/^v0 › de$/m)
})

test('keys typed before the screen is ready are not lost', async () => {
  const { keys, done, sees } = openApp()
  keys.type(`a red fox${enter}`)
  keys.type('a hat')
  await sees(/^v0 › a hat$/m)
  expect(done).toEqual(['submit a red fox'])
})

test('keys after a Tab wait for its completions, and go to the completed line', async () => {
  const found = Promise.withResolvers<Completion | undefined>()
  const { keys, done, sees } = openApp({ complete: () => found.promise })
  await sees(/nano-banana/)
  keys.type(`char${tab} as hero${enter}`)
  await sees(/^v0 › char$/m)
  expect(done).toEqual([])
  found.resolve({ start: 0, candidates: [{ name: 'char.png', summary: '', insert: 'char.png' }] })
  await expect.poll(() => done).toEqual(['submit char.png as hero'])
})

test('a chunk looks for completions once, for its final line', async () => {
  const lines: string[] = []
  const { keys, sees } = openApp({
    complete: async (line) => {
      lines.push(line)
      return { start: 0, candidates: [{ name: `menu of ${line}`, summary: '', insert: line }] }
    },
  })
  await sees(/nano-banana/)
  keys.type(`/un${SENDS.left}${SENDS.right}do`)
  await sees(/menu of \/undo/)
  expect(lines).toEqual(['/undo'])
})

test('arrows and Enter in one chunk choose the answer that they reach, and a second Enter sends nothing', async () => {
  const { keys, done, live, sees } = openApp()
  const choices = ['one', 'two', 'three'].map((value) => ({ value, label: value }))
  live.set({ question: { kind: 'choice', text: 'Which?', choices, default: '' } })
  await sees(/^› one$/m)
  keys.type(`${down}${down}${enter}${enter}`)
  await expect.poll(() => done).toEqual(['answer three'])
  keys.type(enter)
  await expect.poll(() => done).toEqual(['answer three', 'submit '])
})

test('a secret typed ahead in one chunk with /key waits for its question', async () => {
  const { keys, done, live, sees, screen } = openApp()
  await sees(/nano-banana/)
  keys.type(`/key${enter}AIza${enter}a fox${enter}`)
  await sees(/^v0 ›/m)
  expect(done).toEqual(['submit /key'])
  live.set({ question: { kind: 'secret', text: 'Your API key' } })
  await expect.poll(() => done).toEqual(['submit /key', 'answer AIza', 'submit a fox'])
  expect(screen.lines().join()).not.toContain('AIza')
})

test('? shows the keys that are bound now, and any key closes it', async () => {
  const { keys, sees, screen } = openApp({ columns: 80, rows: 24 })
  await sees(/nano-banana/)
  keys.type('?')
  await sees(/Ctrl-T +propose a better line/)
  expect(screen.lines().length).toBeLessThan(24)
  expect(screen.lines().join('\n')).toMatchInlineSnapshot(`
    "
    v0 › describe an image · /help: commands · ?: keys

    General                                  Move
    Tab            complete the word         Ctrl-Home      to the start of the line
    Ctrl-T         propose a better line     Ctrl-End       to the end of the line
    Ctrl-C         quit (press twice)        ↑, Ctrl-P      row up, or older lines
    Ctrl-D         quit                      ↓, Ctrl-N      row down, or newer lines

    Send                                     Delete
    Enter          send the line             Backspace      the character before
    Ctrl-J         start a new row           Delete         the character after
                                             Ctrl-W         back to a space
    Move                                     Alt-Backspace  the word before
    ←, Ctrl-B      a character left          Alt-D          the word after
    →, Ctrl-F      a character right         Ctrl-U         to the start of the row
    Alt-B, Ctrl-←  a word left               Ctrl-K         to the end of the row
    Alt-F, Ctrl-→  a word right              Ctrl-Y         put back what was cut
    Ctrl-A, Home   to the start of the row   Ctrl-_         undo the last change
    Ctrl-E, End    to the end of the row

    Enter: list the commands · any other key: close
    nano-banana-2.1 · ratio auto · 1K · practice · free"
  `)
  keys.type('a fox')
  await sees(/^v0 › a fox$/m)
  expect(screen.lines().join('\n')).not.toContain('Ctrl-T')
})

test('? in a window of 40 × 10 shows page after page, and then closes', async () => {
  const { keys, sees, screen } = openApp({ columns: 40, rows: 10 })
  await sees(/nano-banana/)
  keys.type('?')
  await sees(/^1 of (\d) · \?: next page · Esc: close$/m)
  const count = Number(/^1 of (\d)/m.exec(screen.lines().join('\n'))?.[1])
  expect(count).toBeGreaterThan(1)
  expect(screen.lines()[0]).toBe('General')
  for (let page = 2; page <= count; page++) {
    keys.type('?')
    await sees(new RegExp(`^${page} of ${count}`, 'm'))
    expect(screen.lines().length).toBeLessThan(10)
  }
  expect(screen.lines()).toContain('Ctrl-_         undo the last change')
  keys.type('?')
  await sees(/^v0 ›/m)
})

test('in a window of 20 × 5 a long text scrolls within its rows, with the cursor in sight', async () => {
  const { keys, screen, sees } = openApp({ columns: 20, rows: 5 })
  await sees(/nano-banana/)
  keys.type('\x1b[200~make the fox red and the meadow darker and the sky as in v3\x1b[201~')
  await sees(/sky as in v3/)
  expect(screen.lines().length).toBeLessThan(5)
  expect(screen.cursor().y).toBe(screen.lines().findIndex((line) => line.includes('in v3')))
})
