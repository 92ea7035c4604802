import { Box, Text } from 'ink'
import type { Answer, Question as Asked } from '../../core/event.ts'
import { displayWidth } from '../../text/graphemes.ts'
import { sanitize, sanitizeLine } from '../../text/sanitize.ts'
import { cut, inSight, paragraph } from '../../text/wrap.ts'
import { Cursor } from '../line/Cursor.tsx'
import { theme } from '../theme.ts'
import { type Layer, type LayerStep, NO_STEP, type RowsWanted, type Scene } from './layer.ts'

type Choosing = {
  readonly question: Asked | null
  readonly selected: number
  /** Already answered: keys that come before the screen has changed do nothing. */
  readonly given: boolean
}

/** Its keys are bound only while the prompt is empty, so that they never take a key meant for a line. */
export const question: Layer<Choosing> = {
  title: 'A question',
  about: 'While a question is open and the prompt is empty. A line that you type instead is sent as usual.',
  initial: { question: null, selected: 0, given: false },
  open: (_, scene) => openIn(scene) !== null,
  bindings: [
    {
      keys: ['enter', 'alt-enter', 'shift-enter'],
      does: 'choose the marked answer',
      bound: emptyPrompt,
      press: (own) => answered(own, chosen(own)),
    },
    {
      keys: ['up', 'left', 'shift-tab'],
      does: 'previous answer',
      bound: emptyPrompt,
      press: (own) => moved(own, -1),
    },
    {
      keys: ['down', 'right', 'tab'],
      does: 'next answer',
      bound: emptyPrompt,
      press: (own) => moved(own, 1),
    },
    {
      keys: ['escape'],
      does: 'choose the most cautious answer',
      bound: emptyPrompt,
      press: (own) => answered(own, own.question?.kind === 'choice' ? own.question.default : false),
    },
  ],
  follow: (own, scene) => {
    const now = openIn(scene)
    return now === own.question ? NO_STEP : { own: { question: now, selected: first(now), given: false } }
  },
  view: {
    slot: 'answer',
    rows: (_, scene) => rowsOfQuestion(openIn(scene), scene.columns),
    alone: (_, { editor }) => editor.text === '',
    draw: (own, scene, area) => {
      const now = openIn(scene)
      return now && <Question question={now} entered={enteredOf(now, own.selected)} {...area} />
    },
  },
}

function openIn({ screen }: Scene): Exclude<Asked, { readonly kind: 'secret' }> | null {
  const now = screen?.question ?? null
  return now === null || now.kind === 'secret' ? null : now
}

function emptyPrompt(_: Choosing, { editor }: Scene): boolean {
  return editor.text === ''
}

function first(asked: Asked | null): number {
  return asked?.kind === 'yes-no' && !asked.default ? 1 : 0
}

function moved(own: Choosing, by: -1 | 1): LayerStep<Choosing> {
  const count = own.question?.kind === 'choice' ? own.question.choices.length : 2
  return { own: { ...own, selected: (own.selected + by + count) % count } }
}

function chosen({ question: asked, selected }: Choosing): Answer {
  return asked?.kind === 'choice' ? asked.choices[selected]?.value : selected === 0
}

function answered(own: Choosing, answer: Answer): LayerStep<Choosing> {
  return own.given ? NO_STEP : { own: { ...own, given: true }, effects: [{ kind: 'answer', answer }] }
}

function enteredOf(asked: Asked, selected: number): Entered {
  return asked.kind === 'choice' ? { kind: 'choice', selected } : { kind: 'yes-no', yes: selected === 0 }
}

// A longer question is cut, so that what it is about stays in sight above it.
const MOST = 12

/** Rows for the whole text and for each answer. */
export function rowsOfQuestion(asked: Asked | null, columns: number): RowsWanted {
  if (asked === null) return { least: 0, most: 0 }
  const words = paragraph(asked.text, columns, MOST).length
  const answers = asked.kind === 'choice' ? asked.choices.length : 1
  return { least: 1, most: Math.min(MOST, words + answers) }
}

/** What the user has entered so far; of a secret only its length, so that it cannot be drawn. */
export type Entered =
  | { readonly kind: 'yes-no'; readonly yes: boolean }
  | { readonly kind: 'choice'; readonly selected: number }
  | { readonly kind: 'secret'; readonly length: number }

type Props = {
  readonly question: Asked
  readonly entered: Entered
  readonly columns: number
  readonly rows: number
  /** Rows of the live area above the question, to place the cursor. */
  readonly top: number
}

export function Question({ question, entered, columns, rows, top }: Props) {
  // The text gets up to half of the rows, and more where the answers need fewer.
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

/** Where the text does not fit, the question itself stays, which is the last sentence; the text before it is cut. */
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
