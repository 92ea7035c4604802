import { stripVTControlCharacters } from 'node:util'
import { renderToString } from 'ink'
import { type ComponentProps, createElement, type ReactElement } from 'react'
import { describe, expect, test } from 'vitest'
import { displayWidth } from '../../src/text/graphemes.ts'
import { Menu } from '../../src/ui/layers/Menu.tsx'
import { Question } from '../../src/ui/layers/Question.tsx'
import { QueuedLines } from '../../src/ui/layers/QueuedLines.tsx'
import { Status } from '../../src/ui/layers/Status.tsx'
import { Prompt } from '../../src/ui/line/Prompt.tsx'

// Without colours, whatever the environment of the test asks for.
const draw = (element: ReactElement, columns: number) =>
  stripVTControlCharacters(renderToString(element, { columns }))
const rowsOf = (element: ReactElement, columns: number) => draw(element, columns).split('\n')

type PromptProps = ComponentProps<typeof Prompt>
const prompt = (given: Partial<PromptProps> & { columns: number }) =>
  createElement(Prompt, {
    label: 'v9',
    text: '',
    cursor: given.text?.length ?? 0,
    chips: [],
    rows: 5,
    top: 0,
    active: true,
    ...given,
  })

const LONG = 'make the fox red, the meadow darker and the sky as in v3, with a 漢字 on the wall'

describe('the prompt', () => {
  test('shows what the line edits, and the line', () => {
    expect(draw(prompt({ columns: 80, text: 'a red fox' }), 80)).toBe('v9 › a red fox')
  })

  test('says what can be typed, while it is empty', () => {
    expect(draw(prompt({ columns: 40, placeholder: 'describe an image, or /help' }), 40)).toBe(
      'v9 › describe an image, or /help',
    )
    expect(draw(prompt({ columns: 20, placeholder: 'describe an image, or /help' }), 20)).toBe(
      'v9 › describe an i…',
    )
  })

  test('wraps a long line under its own start', () => {
    expect(rowsOf(prompt({ columns: 40, text: LONG }), 40)).toEqual([
      'v9 › make the fox red, the meadow',
      '     darker and the sky as in v3, with',
      '     a 漢字 on the wall',
    ])
  })

  test('says under an offered line what the keys do, where there is room', () => {
    const hint = 'Enter sends it again, Esc clears it'
    const offered = { columns: 40, text: 'a red fox', offered: true, hint }
    expect(rowsOf(prompt(offered), 40)).toEqual(['v9 › a red fox', hint])
    expect(rowsOf(prompt({ ...offered, rows: 1 }), 40)).toEqual(['v9 › a red fox'])
  })

  test('keeps its › when the label does not fit', () => {
    expect(rowsOf(prompt({ columns: 20, label: 'from v3 · + v6', text: 'with the sky' }), 20)).toEqual([
      'from v3… › with the',
      '  sky',
    ])
  })

  test('keeps the rows around the cursor in sight, and shows that there are rows above', () => {
    const text = 'one\ntwo\nthree\nfour\nfive'
    const at = (cursor: number) => rowsOf(prompt({ columns: 20, rows: 3, text, cursor }), 20)
    expect(at(text.length)).toEqual(['… three', '  four', '  five'])
    expect(at(0)).toEqual(['v9 › one', '  two', '  three'])
  })

  test('shows the hint under the line, unless there is only one row', () => {
    expect(
      rowsOf(prompt({ columns: 20, text: 'red', hint: 'Enter sends it again, Esc clears it' }), 20),
    ).toEqual(['v9 › red', 'Enter sends it agai…'])
    expect(rowsOf(prompt({ columns: 20, rows: 1, text: 'red', hint: 'Enter sends it' }), 20)).toEqual([
      'v9 › red',
    ])
  })

  test('keeps an empty line of the text', () => {
    expect(rowsOf(prompt({ columns: 8, text: 'a\n\nb' }), 8)).toEqual(['› a', '', 'b'])
  })
})

describe('the menu', () => {
  const items = [
    { name: '/help', summary: 'What there is to type' },
    { name: '/ref add', summary: 'Keep an image in force for the lines to come' },
    { name: '/undo', summary: 'Go back to the version before this one' },
    { name: '/redo', summary: 'Forward again' },
  ]
  const menu = (selected: number, columns: number, rows: number) =>
    rowsOf(createElement(Menu, { items, selected, columns, rows }), columns)

  test('shows names and what they do, in columns', () => {
    expect(menu(1, 80, 5)).toEqual([
      '  /help     What there is to type',
      '› /ref add  Keep an image in force for the lines to come',
      '  /undo     Go back to the version before this one',
      '  /redo     Forward again',
    ])
  })

  test('keeps the selected item in sight, and shows that there are others', () => {
    expect(menu(0, 40, 2)).toEqual([
      '› /help     What there is to type',
      '↓ /ref add  Keep an image in force for…',
    ])
    expect(menu(2, 40, 3)[0]).toBe('↑ /ref add  Keep an image in force for…')
  })

  test('shows only names in a narrow window', () => {
    expect(menu(3, 20, 2)).toEqual(['↑ /undo', '› /redo'])
  })
})

describe('queued lines', () => {
  const lines = ['warmer', 'a hat', 'no hat', 'a red scarf', '16:9'].map((text) => ({ text, base: 'v4' }))
  const queue = (count: number, heldOn: string | null, columns: number, rows: number) =>
    rowsOf(createElement(QueuedLines, { lines: lines.slice(0, count), heldOn, columns, rows }), columns)

  test('are shown in order, with the version that each will edit', () => {
    expect(queue(2, null, 80, 5)).toEqual(['queued: v4 › warmer', 'queued: v4 › a hat'])
  })

  test('are counted from the fourth on', () => {
    expect(queue(5, null, 80, 5)).toEqual([
      'queued: v4 › warmer',
      'queued: v4 › a hat',
      'queued: v4 › no hat',
      'and 2 more',
    ])
  })

  test('are counted on one row when there is no more room', () => {
    expect(queue(5, null, 40, 1)).toEqual(['queued: v4 › warmer and 4 more'])
    expect(queue(5, null, 20, 1)).toEqual(['5 lines queued'])
    expect(queue(5, null, 20, 2)).toEqual(['queued: v4 › warmer', 'and 4 more'])
  })

  test('say what Enter and Esc do when they are held', () => {
    expect(queue(3, 'v4', 80, 5)).toEqual(['3 lines held · Enter: run on v4 · Esc: drop'])
    expect(queue(1, 'v4', 80, 5)).toEqual(['1 line held · Enter: run on v4 · Esc: drop'])
    expect(queue(3, 'v4', 20, 3)).toEqual(['3 lines held ·', 'Enter: run on v4 ·', 'Esc: drop'])
  })

  test('take no row when there are none', () => {
    expect(queue(0, null, 80, 5)).toEqual([''])
  })
})

describe('the status line', () => {
  const items = ['nano-banana-2.1', '16:9', '1K', '2 references', '$0.134']
  const status = (columns: number, text?: string) =>
    draw(
      createElement(Status, {
        items,
        columns,
        ...(text === undefined ? {} : { notice: { text, tone: 'warning' as const } }),
      }),
      columns,
    )

  test('shows model, ratio, size, references and money', () => {
    expect(status(80)).toBe('nano-banana-2.1 · 16:9 · 1K · 2 references · $0.134')
  })

  test('leaves out, from the end, what does not fit', () => {
    expect(status(40)).toBe('nano-banana-2.1 · 16:9 · 1K')
    expect(status(20)).toBe('nano-banana-2.1')
    expect(status(8)).toBe('nano-ba…')
  })

  test('has its notice on the right, which gets its columns first', () => {
    expect(status(40, 'offline')).toBe('nano-banana-2.1 · 16:9 · 1K      offline')
    expect(status(20, 'press Ctrl-C again')).toBe('  press Ctrl-C again')
  })
})

describe('a question', () => {
  const choices = ['1K', '2K', '4K', 'as it is'].map((value) => ({ value, label: value }))
  const text = 'The file char.png is there already. Write over it?'

  test('of yes or no shows the answer that Enter chooses', () => {
    const ask = (yes: boolean) =>
      rowsOf(
        createElement(Question, {
          question: { kind: 'yes-no', text, default: false },
          entered: { kind: 'yes-no', yes },
          columns: 80,
          rows: 5,
          top: 0,
        }),
        80,
      )
    expect(ask(true)).toEqual([text, '› yes   no'])
    expect(ask(false)).toEqual([text, '  yes › no'])
  })

  test('cannot send the terminal commands, whatever it names', () => {
    const words = 'The file \u202egnp\u001b]0;x\u0007 is there.\u001b[2J Write over it?'
    const rows = rowsOf(
      createElement(Question, {
        question: { kind: 'yes-no', text: words, default: false },
        entered: { kind: 'yes-no', yes: false },
        columns: 80,
        rows: 5,
        top: 0,
      }),
      80,
    )
    expect(rows[0]).toBe('The file gnp is there. Write over it?')
  })

  test('with choices marks the selected one', () => {
    const ask = (columns: number, rows: number) =>
      rowsOf(
        createElement(Question, {
          question: { kind: 'choice', text: 'Which size?', choices, default: '1K' },
          entered: { kind: 'choice', selected: 2 },
          columns,
          rows,
          top: 0,
        }),
        columns,
      )
    expect(ask(40, 6)).toEqual(['Which size?', '  1K', '  2K', '› 4K', '  as it is'])
    expect(ask(20, 3)).toEqual(['Which size?', '  2K', '› 4K'])
  })

  test('for a secret shows the number of characters, and none of them', () => {
    const ask = (columns: number, length: number) =>
      rowsOf(
        createElement(Question, {
          question: { kind: 'secret', text: 'Your API key' },
          entered: { kind: 'secret', length },
          columns,
          rows: 3,
          top: 0,
        }),
        columns,
      )
    expect(ask(40, 5)).toEqual(['Your API key', '› •••••'])
    expect(ask(20, 39)).toEqual(['Your API key', `› ${'•'.repeat(17)}`])
  })
})

describe.each([80, 40, 20, 8, 3])('in %i columns', (columns) => {
  test.each([1, 2, 3, 5])(
    'nothing takes more than the %i rows it was given, or more columns than there are',
    (rows) => {
      const long = `${LONG}\n`.repeat(4)
      const parts = {
        prompt: prompt({ columns, rows, text: long, hint: LONG, label: 'from v3 · + v6' }),
        placeholder: prompt({ columns, rows, placeholder: LONG, hint: LONG }),
        menu: createElement(Menu, {
          items: Array.from({ length: 9 }, (_, at) => ({ name: `/漢字${at}${LONG}`, summary: long })),
          selected: 7,
          columns,
          rows,
        }),
        queue: createElement(QueuedLines, {
          lines: [{ text: long }, { text: long }, { text: 'x' }, { text: '' }],
          heldOn: null,
          columns,
          rows,
        }),
        held: createElement(QueuedLines, { lines: [{ text: long }], heldOn: 'v4', columns, rows }),
        status: createElement(Status, {
          items: [LONG, LONG],
          notice: { text: LONG, tone: 'warning' },
          columns,
        }),
        question: createElement(Question, {
          question: {
            kind: 'choice',
            text: long,
            choices: Array.from({ length: 9 }, (_, at) => ({ value: `${at}`, label: long })),
            default: '0',
          },
          entered: { kind: 'choice', selected: 4 },
          columns,
          rows,
          top: 0,
        }),
        secret: createElement(Question, {
          question: { kind: 'secret', text: long },
          entered: { kind: 'secret', length: 99 },
          columns,
          rows,
          top: 0,
        }),
      }
      for (const [name, element] of Object.entries(parts)) {
        const drawn = rowsOf(element, columns)
        expect(drawn.length, name).toBeLessThanOrEqual(rows)
        for (const row of drawn) expect(displayWidth(row), `${name}: ${row}`).toBeLessThanOrEqual(columns)
      }
    },
  )
})
