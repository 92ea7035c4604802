import { Box, Text, useStdout, useWindowSize } from 'ink'
import { useEffect } from 'react'
import { labelFor } from '../core/session/label.ts'
import { cut } from '../text/wrap.ts'
import { Menu } from './layers/Menu.tsx'
import { Question } from './layers/Question.tsx'
import { Queue } from './layers/Queue.tsx'
import { type ScreenServices, useKeys } from './layers/useKeys.ts'
import { Prompt } from './line/Prompt.tsx'
import { Status } from './Status.tsx'
import { queueLines, statusItems, workText } from './status.ts'
import { theme } from './theme.ts'
import { useElapsed } from './useElapsed.ts'
import { useScreen } from './useScreen.ts'

export type AppProps = ScreenServices & {
  readonly onWriter: (write: (text: string) => void) => void
}

/** The live part of the screen: question or spinner, prompt, menu or queue, status. */
export function App({ onWriter, ...doors }: AppProps) {
  const { repl } = doors
  const screen = useScreen(repl)
  const { columns, rows } = useWindowSize()
  const { write } = useStdout()
  useEffect(() => onWriter(write), [onWriter, write])
  const { editor, chips, label, hint, entered, menu, leaving } = useKeys(doors, screen, columns)
  const question = screen?.question ?? null
  const working = screen?.lane.kind === 'turn' ? screen.lane : null
  const elapsed = useElapsed(working?.since ?? null)

  // The live part stays shorter than the window, or the terminal would scroll it into the transcript.
  const room = Math.max(2, rows - 1)
  const gap = rows >= SMALL ? 1 : 0
  const spinner = working && !question ? 1 : 0
  const left = room - gap - spinner - 1
  // In a small window, an open question has the rows of an empty prompt and of the status as well.
  const notice = noticeOf(editor.pasting, leaving)
  const alone = question !== null && rows < SMALL && editor.text === '' && notice === undefined
  const questionRows = alone ? room : question ? Math.min(12, Math.max(1, left - 1)) : 0
  const promptRows = Math.max(1, Math.min(8, left - questionRows))
  const used = Math.min(editor.rows + (hint === '' ? 0 : 1), promptRows)
  const extra = Math.max(0, Math.min(8, left - questionRows - used))
  const held = screen?.held && screen.session.waiting.length > 0
  const hidden = alone || question?.kind === 'secret'
  return (
    <Box flexDirection="column" paddingTop={gap}>
      {working && !question && (
        <Text {...theme.accent} wrap="truncate-end">
          {cut(`${elapsed.sign} ${workText(working, elapsed.seconds)}`, columns)}
        </Text>
      )}
      {!hidden && (
        <Prompt
          label={label}
          text={editor.text}
          cursor={editor.cursor}
          chips={chips}
          offered={editor.offered}
          hint={hint}
          columns={columns}
          rows={promptRows}
          top={gap + spinner}
          active={true}
          placeholder={screen?.session.versions.length === 0 ? 'say what to draw, or /help' : ''}
        />
      )}
      {question && entered && (
        <Question
          question={question}
          entered={entered}
          columns={columns}
          rows={questionRows}
          top={gap + spinner + (hidden ? 0 : used)}
        />
      )}
      {menu ? (
        <Menu items={menu.completion.candidates} selected={menu.selected} columns={columns} rows={extra} />
      ) : (
        screen && (
          <Queue
            lines={queueLines(screen)}
            heldOn={held ? labelFor(screen.session, '') : null}
            typing={editor.text !== ''}
            columns={columns}
            rows={extra}
          />
        )
      )}
      {!alone && (
        <Status
          items={repl && screen ? statusItems(screen, repl.priceOf(editor.text)) : ['opening…']}
          columns={columns}
          {...(notice ? { notice } : {})}
        />
      )}
    </Box>
  )
}

/** A window with fewer rows has none to spare. */
const SMALL = 12

/** On the status row: in the transcript it would wait behind an open question. */
function noticeOf(pasting: number | null, leaving: boolean) {
  if (pasting === null) return leaving ? LEAVING : undefined
  const count = `${pasting} ${pasting === 1 ? 'character' : 'characters'}`
  const text = `Ctrl-C ends the paste that is coming in: ${count} so far.`
  return { text, tone: 'warning' } as const
}

const LEAVING = { text: 'Ctrl-C again leaves; limn --continue comes back here.', tone: 'warning' } as const
