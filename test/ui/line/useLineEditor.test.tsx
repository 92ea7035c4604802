import { Box, Text } from 'ink'
import { createElement } from 'react'
import { afterEach, expect, test } from 'vitest'
import type { InputEvent, Key } from '../../../src/terminal/keys/keys.ts'
import { remember } from '../../../src/ui/line/history.ts'
import { Prompt } from '../../../src/ui/line/Prompt.tsx'
import { type LineEditor, useLineEditor } from '../../../src/ui/line/useLineEditor.ts'
import { keyboard, onScreen } from '../screen.ts'
import { SENDS } from './press.ts'

type Given = {
  columns?: number
  rows?: number
  before?: (event: InputEvent) => boolean
  intercept?: (key: Key) => boolean
}

let close: (() => Promise<void>) | undefined
afterEach(async () => {
  await close?.()
  close = undefined
})

/** A prompt under one row of other things, and a road that only remembers. */
function openPrompt({ columns = 40, rows = 10, before, intercept }: Given = {}) {
  const keys = keyboard()
  const done: string[] = []
  let history: readonly string[] = []
  let line: LineEditor | undefined
  function App() {
    line = useLineEditor({
      input: keys.input,
      history: () => history,
      chipsOf: () => [],
      label: 'v9',
      columns,
      ...(before ? { before } : {}),
      ...(intercept ? { intercept } : {}),
      onAction(action, text) {
        done.push(action.kind === 'submit' ? `submit ${action.text}` : `${action.kind} ${text}`)
        if (action.kind === 'submit') history = remember(history, action.text)
        if (action.kind === 'complete') line?.setText(`${text}.png`)
        if (action.kind === 'interrupt') line?.setText('')
      },
    })
    return (
      <Box flexDirection="column">
        <Text>above</Text>
        <Prompt label="v9" {...line} chips={[]} columns={columns} rows={rows - 3} top={1} active={true} />
        <Text>below</Text>
      </Box>
    )
  }
  const screen = onScreen(createElement(App), columns, rows)
  close = screen.close
  return { keys, done, screen, offer: (text: string) => line?.offer(text) }
}

test('what is typed is on the screen, and the cursor stands after it', async () => {
  const { keys, screen } = openPrompt()
  await expect.poll(screen.lines).toContain('below')
  keys.type('a red fox')
  await expect.poll(screen.lines).toEqual(['above', 'v9 › a red fox', 'below'])
  await expect.poll(screen.cursor).toEqual({ x: 14, y: 1 })
})

test('the cursor of the terminal stands after wide characters, where an input method shows its own', async () => {
  const { keys, screen } = openPrompt()
  await expect.poll(screen.lines).toContain('below')
  keys.type('漢字👨‍👩‍👧')
  await expect.poll(() => screen.cursor().x).toBe(5 + 6)
  keys.type(`${SENDS.left}${SENDS.left}`)
  await expect.poll(() => screen.cursor().x).toBe(5 + 2)
})

test('a line and Enter that come in one chunk are a line that is sent', async () => {
  const { keys, done, screen } = openPrompt()
  await expect.poll(screen.lines).toContain('below')
  keys.type('abc\rde')
  await expect.poll(() => done).toEqual(['submit abc'])
  await expect.poll(screen.lines).toEqual(['above', 'v9 › de', 'below'])
})

test('Up in the same chunk as the Enter before it gives the line that was sent', async () => {
  const { keys, done, screen } = openPrompt()
  await expect.poll(screen.lines).toContain('below')
  keys.type(`abc\r${SENDS.up}!\r`)
  await expect.poll(() => done).toEqual(['submit abc', 'submit abc!'])
})

test('a name that is completed in a chunk is in the line for the keys after it', async () => {
  const { keys, done, screen } = openPrompt()
  await expect.poll(screen.lines).toContain('below')
  keys.type('char\t as hero\r')
  await expect.poll(() => done).toEqual(['complete char', 'submit char.png as hero'])
})

test('a paste of several lines is one prompt, and waits for Enter', async () => {
  const { keys, done, screen } = openPrompt()
  await expect.poll(screen.lines).toContain('below')
  keys.type('\x1b[200~one\ntwo\n\x1b[201~')
  await expect.poll(screen.lines).toEqual(['above', 'v9 › one', '     two', 'below'])
  expect(done).toEqual([])
  keys.type('\r')
  await expect.poll(() => done).toEqual(['submit one\ntwo'])
})

test('Ctrl-C clears the line when its owner says so, and undo brings it back', async () => {
  const { keys, screen } = openPrompt()
  await expect.poll(screen.lines).toContain('below')
  keys.type('a red fox\x03')
  await expect.poll(screen.lines).toEqual(['above', 'v9 ›', 'below'])
  keys.type('\x1f')
  await expect.poll(screen.lines).toEqual(['above', 'v9 › a red fox', 'below'])
})

test('keys are not the line’s while a question has them', async () => {
  let heard = 0
  const before = () => {
    heard++
    return true
  }
  const { keys, done, screen } = openPrompt({ before })
  await expect.poll(screen.lines).toContain('below')
  keys.type('secret\r\x1b[200~pasted\x1b[201~')
  await expect.poll(() => heard).toBe(3)
  expect(done).toEqual([])
  expect(screen.lines()).toEqual(['above', 'v9 ›', 'below'])
})

test('an open menu takes the keys that it wants', async () => {
  const { keys, screen } = openPrompt({ intercept: (key) => key.name === 'up' })
  await expect.poll(screen.lines).toContain('below')
  // In the very first chunk a line feed would be an Enter that was typed ahead.
  keys.type('o')
  keys.type(`ne\x0atwo${SENDS.up}!`)
  await expect.poll(screen.lines).toEqual(['above', 'v9 › one', '     two!', 'below'])
})

test('in a window of 20 × 5 a long text scrolls inside its rows, with the cursor in sight', async () => {
  const { keys, screen } = openPrompt({ columns: 20, rows: 5 })
  await expect.poll(screen.lines).toContain('below')
  keys.type('\x1b[200~make the fox red and the meadow darker and the sky as in v3\x1b[201~')
  await expect.poll(screen.lines).toEqual(['above', '… meadow darker and', '  the sky as in v3', 'below'])
  await expect.poll(screen.cursor).toEqual({ x: 18, y: 2 })
})

test('keys that were typed before the prompt was there are not lost', async () => {
  const { keys, done, screen } = openPrompt()
  keys.type('a red fox\r')
  keys.type('a hat')
  await expect.poll(screen.lines).toEqual(['above', 'v9 › a hat', 'below'])
  expect(done).toEqual(['submit a red fox'])
})

test('an offered line is replaced by a command typed over it, in one chunk with its Enter or key by key', async () => {
  const { keys, done, screen, offer } = openPrompt()
  await expect.poll(screen.lines).toContain('below')
  expect(offer('make it blue')).toBe(true)
  await expect.poll(screen.lines).toEqual(['above', 'v9 › make it blue', 'below'])
  keys.type('/model pro\r')
  await expect.poll(() => done).toEqual(['submit /model pro'])
  expect(offer('make it blue')).toBe(true)
  for (const key of '/ref') keys.type(key)
  await expect.poll(screen.lines).toEqual(['above', 'v9 › /ref', 'below'])
})

test('a line that is being typed is not touched by an offer', async () => {
  const { keys, screen, offer } = openPrompt()
  await expect.poll(screen.lines).toContain('below')
  keys.type('half a li')
  await expect.poll(screen.lines).toContain('v9 › half a li')
  expect(offer('make it blue')).toBe(false)
  expect(screen.lines()).toContain('v9 › half a li')
})
