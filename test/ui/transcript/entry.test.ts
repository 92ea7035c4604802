import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { problemOf } from '../../../src/core/line/part-outcome.ts'
import type { Cost } from '../../../src/core/money/call-cost.ts'
import { apply, replay } from '../../../src/core/session/apply.ts'
import type { Fact } from '../../../src/core/session/fact.ts'
import type { Grounding } from '../../../src/core/session/grounding.ts'
import type { Session } from '../../../src/core/session/session.ts'
import { emptySession, ROOT } from '../../../src/core/session/session.ts'
import type { TranscriptItem } from '../../../src/repl/screen.ts'
import { columnsOf } from '../../../src/text/listing.ts'
import { sanitizeLine } from '../../../src/text/sanitize.ts'
import type { PrintContext } from '../../../src/ui/print-context.ts'
import { transcriptPieces } from '../../../src/ui/transcript/entry.ts'
import { paintFor } from '../../../src/ui/transcript/paint.ts'

const settings = { model: 'gemini-nano-banana-2.1', aspect: 'auto', size: '1K' }
const context: PrintContext = {
  columns: 80,
  paint: paintFor({ colours: 'truecolor' }),
  link: (file) => ({ text: sanitizeLine(file), columns: file.length }),
  page: (words, uri) => `<${words} ${new URL(uri).href}>`,
}
const at = '2026-11-22T20:00:00.000Z'

/** Text as a hostile server or file system would send it. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\x1b[2J',
        '\x1b]0;title\x07',
        '\x1b]52;c;ZXZpbA==\x07',
        '\x1b_Ga=T;AAAA\x1b\\',
        '\x9b31m',
        '\u202e',
        '\r',
        '\x08',
        '\x1bP+q\x1b\\',
        '\n',
      ),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''))

/** Removes what limn itself prints: colours, and nothing else that begins with ESC. */
function withoutOurColours(text: string): string {
  return text.replace(/\x1b\[(?:0|2|31|32|33|36)m/g, '')
}

function printed(item: TranscriptItem, columns = 80): string {
  return transcriptPieces(item, { ...context, columns })
    .map((piece) => (piece.kind === 'text' ? piece.text : piece.caption))
    .join('\n')
}

test('a line wraps between words in the transcript, as at the prompt', () => {
  const words = 'a lighthouse on a cliff at dawn, seen from the sea'
  const rows = withoutOurColours(printed({ kind: 'line', label: 'v3', text: words }, 30)).split('\n')
  expect(rows).toEqual(['', 'v3 › a lighthouse on a cliff', '  at dawn, seen from the sea'])
})

test('that a line continues in the background is said once, however many images it makes', () => {
  const prompt = { text: 'a fox', parent: ROOT, mentions: [], references: [], settings, engine: 'practice' }
  const began = ['t1', 't2'].map(
    (turn): Fact => ({ type: 'prompted', at, turn, prompt: { ...prompt, fresh: false, group: 'g1' } }),
  )
  const gone = ['t1', 't2'].map((turn): Fact => ({ type: 'let-go', at, turn }))
  const said = gone.map((fact, index) =>
    printed({
      kind: 'fact',
      fact,
      session: replay(emptySession('s', settings), [...began, ...gone.slice(0, index + 1)]),
    }),
  )
  expect(said.map((words) => /in the background/.test(words))).toEqual([true, false])
})

test('nothing in model text, prompts, file names or errors can send the terminal commands', () => {
  fc.assert(
    fc.property(hostile, (bad) => {
      for (const item of itemsWith(bad)) {
        // Control characters except the line feed, C1, and characters that reverse the direction of text.
        expect(withoutOurColours(printed(item))).not.toMatch(
          /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/,
        )
      }
    }),
    { numRuns: 300 },
  )
})

test('words added to a line are marked, on every row and without colours too', () => {
  const session = emptySession('s', settings)
  const stretches = [
    { text: 'a red fox', added: false },
    { text: '. Soft daylight from one side.', added: true },
    { text: ' --fresh', added: false },
  ]
  const item: TranscriptItem = { kind: 'notice', notice: { type: 'proposal', stretches }, session }
  const rows = printed(item, 30).split('\n')
  expect(rows.map(withoutOurColours)).toEqual(['a red fox{+. Soft daylight', 'from one side.+} --fresh'])
  expect(rows[1]).toBe('\x1b[32mfrom one side.\x1b[0m\x1b[32m+}\x1b[0m --fresh')
})

describe('an answer with search results', () => {
  const session = replay(emptySession('s', settings), [prompted('t1', ROOT)])
  const rows = (grounding: Grounding, columns = 60) => {
    const fact = { ...answeredInWords('t1', 'Here.'), grounding }
    return withoutOurColours(printed({ kind: 'fact', fact, session }, columns)).split('\n')
  }

  test('shows its queries, its pages as links, and the searches that Google requires to be shown', () => {
    expect(rows(groundingOf('red foxes')).slice(-4)).toEqual([
      'Searched with Google for "red foxes".',
      '  1 <red foxes https://example.com/fox>',
      '  2 image on <red foxes https://example.net/gallery>',
      '    search Google: <red foxes https://www.google.com/search?q=fox>',
    ])
  })

  test('lists six pages, and says how to list the others', () => {
    const page = (number: number) =>
      ({ kind: 'web', uri: `https://example.com/${number}`, title: 'a page' }) as const
    const sources = Array.from({ length: 9 }, (_, index) => page(index))
    const shown = rows({ ...groundingOf('x'), sources })
    expect(shown.filter((row) => row.includes('a page'))).toHaveLength(6)
    expect(shown).toContain('    and 3 more: /show --sources lists all')
  })

  test('shows them for a row of a batch too, which has no picture here', () => {
    const row = prompted('t1', ROOT)
    const batch = { job: 'b1', part: '1', row: 'fox' }
    const of = replay(emptySession('s', settings), [{ ...row, prompt: { ...row.prompt, batch } }])
    const fact = { ...answeredInWords('t1', 'Here.'), grounding: groundingOf('red foxes') }
    expect(printed({ kind: 'fact', fact, session: of })).toContain('search Google: ')
  })

  test('keeps long titles in one row', () => {
    const long = rows(groundingOf('a very long title '.repeat(20)), 40)
    expect(
      long.filter((row) => row.includes('<')).every((row) => row.replace(/ https:.*/, '').length <= 41),
    ).toBe(true)
  })
})

test('the thoughts of the model come first, dim, and without Markdown', () => {
  const session = replay(emptySession('s', settings), [prompted('t1', ROOT)])
  const thoughts = [{ kind: 'text', text: '**Planning**\n\nA fox first.' }] as const
  const fact = { ...answeredInWords('t1', 'Here.'), thoughts }
  const text = printed({ kind: 'fact', fact, session })
  expect(withoutOurColours(text)).toMatch(/^Thoughts of the model:\nPlanning\n\nA fox first\.\nHere\./)
  expect(text).toContain('\x1b[2mA fox first.\x1b[0m')
})

describe('a sentence in the transcript', () => {
  const long =
    'Nano Banana Pro has no size 512; 1K is used instead, and the next line costs about $0.134 at list price.'
  const session = replay(emptySession('s', settings), [prompted('t1', ROOT)])
  const said = (item: Parameters<typeof transcriptPieces>[0], columns: number) =>
    withoutOurColours(printed(item, columns)).split('\n')
  const failure = { kind: 'bad-key' } as const
  const problem = { kind: 'failed', why: { kind: 'failure', failure, engine: 'gemini' } } as const

  test.each([
    ['what limn says', { kind: 'notice', notice: { type: 'say', text: long }, session }],
    ['a failure', { kind: 'notice', notice: { type: 'problem', problem }, session }],
    ['a turn that failed', { kind: 'fact', fact: { at, type: 'failed', turn: 't1', failure }, session }],
    ['why there is no image', { kind: 'fact', fact: answeredInWords('t1', ''), session }],
    ['the words of an answer', { kind: 'fact', fact: answeredInWords('t1', long), session }],
    [
      'a turn that continues in the background',
      { kind: 'fact', fact: { at, type: 'let-go', turn: 't1' }, session },
    ],
  ] satisfies [string, TranscriptItem][])('wraps between words: %s', (_, item) => {
    const whole = said(item, 1000).join(' ')
    for (const columns of [20, 33, 40]) {
      const rows = said(item, columns)
      expect(rows.length).toBeGreaterThan(1)
      expect(rows.join(' ')).toBe(whole)
      expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(columns)
    }
  })

  test('keeps its own line breaks and indents', () => {
    const text = 'one two three four\n  five six seven eight\n\nnine'
    expect(said({ kind: 'notice', notice: { type: 'say', text }, session }, 14)).toEqual([
      'one two three',
      'four',
      '  five six',
      '  seven eight',
      '',
      'nine',
    ])
  })

  test('keeps a path or an address that is longer than the row in one piece, so that it can be copied', () => {
    const path = `/home/me/${'pictures/'.repeat(5)}fox.png`
    const rows = (text: string) => said({ kind: 'notice', notice: { type: 'say', text }, session }, 30)
    expect(rows(`${path} already exists; choose another name.`)).toEqual([
      path,
      'already exists; choose another',
      'name.',
    ])
    expect(rows(`Look at https://example.org/${'a'.repeat(30)}, then.`)).toEqual([
      'Look at',
      `https://example.org/${'a'.repeat(30)},`,
      'then.',
    ])
    const blanks = '/home/me/my own pictures of foxes/a red fox.png'
    expect(rows(blanks)).toEqual([blanks])
    expect(rows('short ~/a/b.png stays in its row').join('|')).toBe('short ~/a/b.png stays in its|row')
  })
})

test('an answer without an image shows its cost, unless it was free', () => {
  const session = replay(emptySession('s', settings), [prompted('t1', ROOT)])
  const textOf = (cost: Cost) =>
    printed({ kind: 'fact', fact: { ...answeredInWords('t1', 'What should it show?'), cost }, session })
  expect(textOf({ kind: 'known', usd: 0.0041, about: false })).toMatch(/No image: .*\n.*1\.0 s · \$0\.004/)
  expect(textOf({ kind: 'unknown' })).toContain('1.0 s · cost unknown')
  expect(textOf({ kind: 'free' })).not.toMatch(/free|1\.0 s/)
})

test('several images of one answer share its cost, and a free answer is shown as free', () => {
  const textOf = (cost: Cost) => {
    const session = replay(emptySession('s', settings), [
      prompted('t1', ROOT),
      {
        ...answeredInWords('t1', ''),
        images: [1, 2].map((version) => ({ version, file: file(version) })),
        cost,
      },
    ])
    return printed({ kind: 'notice', notice: { type: 'show', version: 1, size: 'small' }, session }, 120)
  }
  expect(textOf({ kind: 'known', usd: 0.2, about: false })).toContain('$0.200 for all')
  expect(textOf({ kind: 'free' })).toMatch(/practice · free(?! for)/)
})

test('a caption wraps between its items, and its path stays whole', () => {
  const session = replay(emptySession('s', settings), [prompted('t1', ROOT), answered('t1', 1, '')])
  const item: TranscriptItem = {
    kind: 'notice',
    notice: { type: 'show', version: 1, size: 'usual' },
    session,
  }
  const rows = (columns: number) => withoutOurColours(printed(item, columns)).split('\n')
  expect(rows(100)).toEqual([
    'v1 ← v0 · 1×1 · jpeg · nano-banana-2.1 · 1.0 s · practice · free · images/v1.jpg',
  ])
  expect(rows(60)).toEqual([
    'v1 ← v0 · 1×1 · jpeg · nano-banana-2.1 · 1.0 s ·',
    'practice · free · images/v1.jpg',
  ])
  expect(rows(23)).toEqual([
    'v1 ← v0 · 1×1 · jpeg ·',
    'nano-banana-2.1 ·',
    '1.0 s · practice · free',
    'images/v1.jpg',
  ])
  expect(rows(10)).toEqual([
    'v1 ← v0 ·',
    '1×1 ·',
    'jpeg ·',
    'nano-banan',
    'a-2.1 ·',
    '1.0 s ·',
    'practice ·',
    'free',
    'images/v1.jpg',
  ])
})

test('a list keeps its columns, and its last column wraps at the edge of the window', () => {
  const rows = [
    ['a', 'long name', 'x'.repeat(200)],
    ['bb', '名前', 'y'],
  ]
  const lines = columnsOf(rows, 40).split('\n')
  expect(lines[0]?.startsWith('a   long name  xxx')).toBe(true)
  expect(lines.at(-1)).toBe('bb  名前       y')
  expect(Math.max(...lines.map((line) => line.length))).toBe(40)
  expect(lines[1]).toBe(`${' '.repeat(15)}${'x'.repeat(25)}`)
})

test('a line sent after going back says that it starts a branch', () => {
  const session = replay(emptySession('s', settings), [
    prompted('t1', ROOT),
    answered('t1', 1, ''),
    prompted('t2', { turn: 't1', version: 1 }),
    answered('t2', 2, ''),
    { at, type: 'moved', by: 'undo', head: { turn: 't1', version: 1 } },
  ])
  const fact = prompted('t3', session.head)
  expect(printed({ kind: 'fact', fact, session: apply(session, fact) })).toContain('a branch from v1')
})

test('a failed turn is explained for its own engine', () => {
  const textOf = (engine: string) => {
    const asked = apply(emptySession('s', settings), prompted('t1', ROOT, 'a fox', engine))
    const failed: Fact = { at, type: 'failed', turn: 't1', failure: { kind: 'bad-key' } }
    return printed({ kind: 'fact', fact: failed, session: apply(asked, failed) })
  }
  expect(textOf('gemini')).toContain('Google does not accept this API key.')
  expect(textOf('vertex')).toContain('gcloud auth')
  expect(textOf('vertex')).not.toMatch(/API key|\/key/)
})

function groundingOf(words: string): Grounding {
  return {
    queries: [words],
    imageQueries: [],
    sources: [
      { kind: 'web', uri: 'https://example.com/fox', title: words },
      { kind: 'image', uri: 'https://example.net/gallery', title: words },
    ],
    suggestions: [{ text: words, uri: 'https://www.google.com/search?q=fox' }],
  }
}

function itemsWith(bad: string): readonly TranscriptItem[] {
  const facts: readonly Fact[] = [
    prompted('t1', ROOT, bad),
    answered('t1', 1, bad),
    prompted('t2', { turn: 't1', version: 1 }, bad),
    { at, type: 'failed', turn: 't2', failure: { kind: 'refused', status: 400, says: bad } },
    { at, type: 'brought', version: 2, name: bad, file: { ...file(2), mime: `image/${bad}` } },
  ]
  const items: TranscriptItem[] = [{ kind: 'line', label: 'v1', text: bad }]
  let session: Session = emptySession('s', settings)
  for (const fact of facts) {
    session = apply(session, fact)
    items.push({ kind: 'fact', fact, session })
  }
  for (const notice of [
    { type: 'say', text: bad },
    { type: 'list', rows: [[bad, bad]] },
    {
      type: 'proposal',
      stretches: [
        { text: bad, added: false },
        { text: bad, added: true },
      ],
    },
    { type: 'show', version: 2, size: 'small' },
    { type: 'show-file', file: file(3), caption: bad },
    { type: 'problem', problem: problemOf(bad) },
  ] as const) {
    items.push({ kind: 'notice', notice, session })
  }
  return items
}

function prompted(
  turn: string,
  parent: Session['head'],
  text = 'a fox',
  engine = 'practice',
): Fact & { type: 'prompted' } {
  const prompt = { text, parent, mentions: [], references: [], settings, engine, fresh: false }
  return { at, type: 'prompted', turn, prompt }
}

function answered(turn: string, version: number, words: string): Fact {
  return {
    at,
    type: 'answered',
    turn,
    words,
    images: [{ version, file: file(version) }],
    nothing: { kind: 'other', says: words },
    weight: 0,
    usage: null,
    cost: { kind: 'free' },
    seconds: 1,
  }
}

function answeredInWords(turn: string, words: string): Fact & { type: 'answered' } {
  return {
    at,
    type: 'answered',
    turn,
    words,
    images: [],
    nothing: { kind: 'words-only', says: '' },
    weight: 0,
    usage: null,
    cost: { kind: 'free' },
    seconds: 1,
  }
}

function file(number: number) {
  return {
    file: `images/v${number}.jpg`,
    mime: 'image/jpeg',
    width: 1,
    height: 1,
    bytes: 1,
    sha256: String(number),
  }
}
