import { Box, Text } from 'ink'
import { createElement, useState } from 'react'
import { afterEach, expect, test } from 'vitest'
import type { Question as Asked } from '../../../src/core/event.ts'
import { type Entered, Question } from '../../../src/ui/layers/Question.tsx'
import { Prompt } from '../../../src/ui/line/Prompt.tsx'
import { onScreen } from '../screen.ts'

let close: (() => Promise<void>) | undefined
afterEach(() => close?.())

type Open = { question: Asked; entered: Entered }

/** A prompt with a half-typed line, under which questions open; a secret takes the place of the prompt. */
function openScreen() {
  let ask: (open: Open | null) => void = () => {}
  function App() {
    const [open, setOpen] = useState<Open | null>(null)
    ask = setOpen
    const secret = open?.question.kind === 'secret'
    return (
      <Box flexDirection="column">
        {!secret && (
          <Prompt label="v9" text="red" cursor={3} chips={[]} columns={40} rows={3} top={0} active={true} />
        )}
        {open && <Question {...open} columns={40} rows={4} top={secret ? 0 : 1} />}
        <Text>status</Text>
      </Box>
    )
  }
  const screen = onScreen(createElement(App), 40, 10)
  close = screen.close
  return { screen, ask: (open: Open | null) => ask(open) }
}

test('the cursor stays in the line while a question is open below', async () => {
  const { screen, ask } = openScreen()
  await expect.poll(screen.cursor).toEqual({ x: 8, y: 0 })
  ask({
    question: { kind: 'yes-no', text: 'Really?', default: false },
    entered: { kind: 'yes-no', yes: false },
  })
  await expect.poll(screen.lines).toEqual(['v9 › red', 'Really?', '  yes › no', 'status'])
  expect(screen.cursor()).toEqual({ x: 8, y: 0 })
})

test('the cursor is where a secret is typed, and returns to the line afterwards', async () => {
  const { screen, ask } = openScreen()
  await expect.poll(screen.cursor).toEqual({ x: 8, y: 0 })
  ask({ question: { kind: 'secret', text: 'Your API key' }, entered: { kind: 'secret', length: 4 } })
  await expect.poll(screen.lines).toEqual(['Your API key', '› ••••', 'status'])
  await expect.poll(screen.cursor).toEqual({ x: 6, y: 1 })
  ask(null)
  await expect.poll(screen.lines).toEqual(['v9 › red', 'status'])
  await expect.poll(screen.cursor).toEqual({ x: 8, y: 0 })
})
