import { Box, Text } from 'ink'
import type { Question as Asked } from '../../core/event.ts'
import { displayWidth } from '../../text/graphemes.ts'
import { sanitize, sanitizeLine } from '../../text/sanitize.ts'
import { cut, inSight, paragraph } from '../../text/wrap.ts'
import { Cursor } from '../line/Cursor.tsx'
import { theme } from '../theme.ts'

/** What the user has entered so far: a secret only by its length, so that it can be on no screen. */
export type Entered =
  | { readonly kind: 'yes-no'; readonly yes: boolean }
  | { readonly kind: 'choice'; readonly selected: number }
  | { readonly kind: 'secret'; readonly length: number }

type Props = {
  readonly question: Asked
  readonly entered: Entered
  readonly columns: number
  readonly rows: number
  /** Rows of the live area above, for the cursor. */
  readonly top: number
}

export function Question({ question, entered, columns, rows, top }: Props) {
  // The words of the question have up to half of the rows, and more where the answers leave them.
  const asked = sanitize(question.text)
  const words = paragraph(asked, columns, Math.floor(rows / 2)).length
  const answers = answerRows(question, entered, columns, Math.max(1, rows - words))
  const text = wordsOf(asked, columns, rows - answers.length)
  return (
    <Box flexDirection="column">
      {text.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows of one text, in their places
        <Text key={index} {...theme.warning} wrap="truncate-end">
          {line === '' ? ' ' : line}
        </Text>
      ))}
      {answers.map((row) => (
        <Text key={row.key} {...(row.chosen ? theme.accent : theme.plain)} wrap="truncate-end">
          {row.text}
        </Text>
      ))}
      {entered.kind === 'secret' && (
        <Cursor x={Math.min(displayWidth(answers[0]?.text ?? ''), columns - 1)} y={top + text.length} />
      )}
    </Box>
  )
}

/** Where not all of them fit, what is asked stays, which is the last sentence; what comes before it is cut. */
function wordsOf(text: string, columns: number, rows: number): readonly string[] {
  const all = paragraph(text, columns, Number.POSITIVE_INFINITY)
  const start = text.lastIndexOf('. ') + 1
  const asked = paragraph(text.slice(start), columns, rows - 1)
  if (all.length <= rows || start === 0 || asked.length === 0) return paragraph(text, columns, rows)
  return [...paragraph(text.slice(0, start), columns, rows - asked.length), ...asked]
}

type AnswerRow = { readonly key: string; readonly text: string; readonly chosen: boolean }

function answerRows(question: Asked, entered: Entered, columns: number, rows: number): readonly AnswerRow[] {
  switch (entered.kind) {
    case 'yes-no':
      return [{ key: 'yes-no', text: cut(entered.yes ? '› yes   no' : '  yes › no', columns), chosen: true }]
    case 'secret': {
      const dots = '•'.repeat(Math.max(0, Math.min(entered.length, columns - 3)))
      return [{ key: 'secret', text: `› ${dots}`, chosen: true }]
    }
    case 'choice': {
      const choices = question.kind === 'choice' ? question.choices : []
      const { start, end } = inSight(choices.length, entered.selected, rows)
      return choices.slice(start, end).map(({ value, label }, index) => {
        const chosen = start + index === entered.selected
        return { key: value, text: cut(`${chosen ? '›' : ' '} ${sanitizeLine(label)}`, columns), chosen }
      })
    }
  }
}
