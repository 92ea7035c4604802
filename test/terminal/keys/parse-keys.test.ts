import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createKeyParser, type InputEvent, type Key } from '../../../src/terminal/keys/parse-keys.ts'

const key = (name: Key['name'], more: Partial<Key> = {}): InputEvent => ({
  kind: 'key',
  key: { name, text: '', ctrl: false, alt: false, shift: false, ...more },
})
const text = (words: string, more: Partial<Key> = {}) => key('text', { text: words, ...more })
const answer = (sequence: string): InputEvent => ({ kind: 'answer', sequence })

/** Joins runs of typed text, however they were split. */
function joined(events: InputEvent[]): InputEvent[] {
  const out: InputEvent[] = []
  for (const event of events) {
    const last = out.at(-1)
    const plain = (it?: InputEvent) =>
      it?.kind === 'key' && it.key.name === 'text' && !it.key.alt && !it.key.ctrl && !it.key.shift
    if (event.kind === 'key' && last?.kind === 'key' && plain(event) && plain(last)) {
      out[out.length - 1] = text(last.key.text + event.key.text)
    } else out.push(event)
  }
  return out
}

function parse(...pieces: string[]): InputEvent[] {
  const parser = createKeyParser()
  const events = pieces.flatMap((piece) => parser.feed(piece))
  return [...events, ...parser.flush()]
}

const shift = { shift: true }
const alt = { alt: true }
const ctrl = { ctrl: true }

// What each key sends, in every encoding that terminals have for it.
const keys: Array<[string, InputEvent]> = [
  ['\r', key('enter')],
  ['\n', key('j', ctrl)],
  ['\t', key('tab')],
  ['\x7f', key('backspace')],
  ['\b', key('backspace')],
  ['\x03', key('c', ctrl)],
  ['\x04', key('d', ctrl)],
  ['\x1a', key('z', ctrl)],
  ['\x00', key('space', ctrl)],
  ['\x1f', key('_', ctrl)],
  ['\x1b\r', key('enter', alt)],
  ['\x1bb', text('b', alt)],
  ['\x1bé', text('é', alt)],
  ['\x1b\x7f', key('backspace', alt)],
  ['\x1b\x01', key('a', { ctrl: true, alt: true })],
  ['\x1b[A', key('up')],
  ['\x1bOB', key('down')],
  ['\x1b[1;2C', key('right', shift)],
  ['\x1b[1;5D', key('left', ctrl)],
  ['\x1b[1;3A', key('up', alt)],
  ['\x1b\x1b[A', key('up', alt)],
  ['\x1bOd', key('left', ctrl)],
  ['\x1b[a', key('up', shift)],
  ['\x1b[H', key('home')],
  ['\x1bOF', key('end')],
  ['\x1b[1~', key('home')],
  ['\x1b[4~', key('end')],
  ['\x1b[7~', key('home')],
  ['\x1b[7^', key('home', ctrl)],
  ['\x1b[2~', key('insert')],
  ['\x1b[3~', key('delete')],
  ['\x1b[3;5~', key('delete', ctrl)],
  ['\x1b[5~', key('pageup')],
  ['\x1b[6~', key('pagedown')],
  ['\x1bOP', key('f1')],
  ['\x1b[1;2P', key('f1', shift)],
  ['\x1b[[A', key('f1')],
  ['\x1b[15~', key('f5')],
  ['\x1b[24~', key('f12')],
  ['\x1b[Z', key('tab', shift)],
  ['\x1b[13;2u', key('enter', shift)],
  ['\x1b[13;3u', key('enter', alt)],
  ['\x1b[27u', key('escape')],
  ['\x1b[99;5u', key('c', ctrl)],
  ['\x1b[127;5u', key('backspace', ctrl)],
  ['\x1b[97;2u', text('A', shift)],
  ['\x1b[49:33;2u', text('!', shift)],
  ['\x1b[97;;228u', text('ä')],
  ['\x1b[97;1:2u', text('a')],
  ['\x1b[57417u', key('left')],
  ['\x1b[57400u', text('1')],
  ['\x1b[32;5u', key('space', ctrl)],
  ['\x1b[97;69u', key('a', ctrl)],
  ['\x1b[27;2;13~', key('enter', shift)],
  ['\x1b[27;5;105~', key('i', ctrl)],
  ['\x1b[27;6;73~', key('i', { ctrl: true, shift: true })],
]

// What the terminals that were tested answer, and others by their documentation.
const answers = [
  '\x1b[?62;c',
  '\x1b[?63;1;2;4;6;9;15;22c',
  '\x1b[?6c',
  '\x1b[>0;276;0c',
  '\x1bP>|kitty(0.41.1)\x1b\\',
  '\x1bP>|XTerm(379)\x1b\\',
  '\x1b_Gi=31;OK\x1b\\',
  '\x1b_Gi=31;ENOTSUPPORTED:only direct\x1b\\',
  '\x1b_Gi=32;OK\x1b\\',
  '\x1b_Gi=32;EBADF:Failed to open file\x1b\\',
  '\x1b[4;768;1376t',
  '\x1b[6;18;9t',
  '\x1b[?2;0;720;432S',
  '\x1b[?1;0;256S',
  '\x1b[?1;3;0S',
  '\x1b[?0u',
  '\x1b[24;80R',
  '\x1b[?2026;2$y',
  '\x1b]11;rgb:0000/0000/0000\x1b\\',
  '\x1b]10;rgb:ffff/ffff/ffff\x07',
  '\x1b]1337;ReportCellSize=18.0;9.0\x1b\\',
  '\x1b[0n',
  '\x1bP!|00000000\x1b\\',
  '\x1bP1$r0m\x1b\\',
]

const swallowed = [
  '\x1b[I',
  '\x1b[O',
  '\x1b[97;1:3u',
  '\x1b[1;1:3A',
  '\x1b[57441u',
  '\x1b[<0;10;20M',
  '\x1b[99~',
  '\x1b[97;9u',
  '\u0085',
]

describe('each key is recognised in every encoding that terminals have for it', () => {
  test.each(keys)('%j', (bytes, event) => {
    expect(parse(bytes)).toEqual([event])
  })

  test('a lone ESC is the Escape key, once nothing has followed it', () => {
    const parser = createKeyParser()
    expect(parser.feed('\x1b')).toEqual([])
    expect(parser.pending()).toBe(true)
    expect(parser.flush()).toEqual([key('escape')])
    expect(parser.pending()).toBe(false)
  })

  test('several keys in one chunk are the same as one by one', () => {
    expect(parse('abc\r')).toEqual([text('abc'), key('enter')])
    expect(parse('a\x1b[D\x7fb')).toEqual([text('a'), key('left'), key('backspace'), text('b')])
  })

  test('Alt with the letters that begin sequences is a key too', () => {
    for (const sign of ['[', 'O', 'P', ']', '_']) expect(parse(`\x1b${sign}`)).toEqual([text(sign, alt)])
    expect(parse('\x1bPhello')).toEqual([text('P', alt), text('hello')])
    expect(parse('\x1b\x1b')).toEqual([key('escape'), key('escape')])
  })

  test('typed text contains no control characters and no half characters', () => {
    expect(joined(parse('a\u0085b'))).toEqual([text('ab')])
    expect(joined(parse('🦊'.slice(0, 1), '🦊'.slice(1)))).toEqual([text('🦊')])
  })

  test.each(swallowed)('a sequence that is not a key gives no event: %j', (bytes) => {
    expect(parse(bytes, 'x')).toEqual([text('x')])
  })
})

describe('pasted text is one piece', () => {
  test('with its newlines, and with escape sequences that are not obeyed', () => {
    expect(parse('\x1b[200~one\r\ntwo\rthree\x1b[A\x03\x1b[201~\r')).toEqual([
      { kind: 'paste', text: 'one\ntwo\nthree\x1b[A\x03' },
      key('enter'),
    ])
  })

  test('only its end mark ends it, however long that takes and wherever it is split', () => {
    const paste = '\x1b[200~one\rtwo\x1b[20\x1b[201\rthree\x1b[201~'
    for (let cut = 6; cut < paste.length; cut++) {
      const parser = createKeyParser()
      const events = parser.feed(paste.slice(0, cut))
      for (let n = 0; n < 100; n++) events.push(...parser.flush())
      events.push(...parser.feed(paste.slice(cut)))
      expect(events.filter(({ kind }) => kind !== 'pasting')).toEqual([
        { kind: 'paste', text: 'one\ntwo\x1b[20\x1b[201\nthree' },
      ])
      expect(parser.pending()).toBe(false)
    }
  })

  test('one that stalls is reported each time, with the number of characters so far', () => {
    const parser = createKeyParser()
    const rest = () => Array.from({ length: 100 }, () => parser.flush()).flat()
    parser.feed('\x1b[200~four')
    expect(parser.pending()).toBe(true)
    expect(rest()).toEqual([{ kind: 'pasting', characters: 4 }])
    expect(parser.pending()).toBe(false)
    parser.feed('teen\x1b[20')
    expect(rest()).toEqual([{ kind: 'pasting', characters: 12 }])
    expect(parser.feed('1~x')).toEqual([{ kind: 'paste', text: 'fourteen' }, text('x')])
  })

  test.each(['\x03', '\x1b[99;5u', '\x1b[99;69u', '\x1b[27;5;99~'])(
    'one whose end mark is lost ends with Ctrl-C, which is then not a key: %j',
    (interrupt) => {
      const parser = createKeyParser()
      parser.feed('\x1b[200~lost\rline\x1b[20')
      expect(parser.feed('\r')).toEqual([])
      expect(parser.feed('\x1b')).toEqual([])
      expect(parser.feed(interrupt)).toEqual([{ kind: 'paste', text: 'lost\nline\x1b[20\n\x1b' }])
      expect(parser.feed('x')).toEqual([text('x')])
    },
  )

  test('one whose start mark is split is still a paste, whatever became of the first half of the mark', () => {
    const begin = '\x1b[200~'
    for (let cut = 1; cut < begin.length; cut++) {
      const parser = createKeyParser()
      parser.feed(begin.slice(0, cut))
      for (let n = 0; n < 100; n++) parser.flush()
      expect(parser.feed(`${begin.slice(cut)}one\rtwo\r\x1b[201~`)).toEqual([
        { kind: 'paste', text: 'one\ntwo\n' },
      ])
    }
    expect(parse('[200~x')).toEqual([text('[200~x')])
  })

  test('five megabytes in small pieces are read once', () => {
    // A parser that read all of it again with each piece would take a quarter of an hour: longer than a test may.
    const [pieces, size] = [320_000, 16]
    const parser = createKeyParser()
    parser.feed('\x1b[200~')
    for (let n = 0; n < pieces; n++) parser.feed('x'.repeat(size))
    expect(parser.feed('\x1b[201~')).toEqual([{ kind: 'paste', text: 'x'.repeat(pieces * size) }])
  })
})

describe("the terminal's answers are never typed", () => {
  test.each(answers)('%j', (sequence) => {
    expect(parse(`a${sequence}b`)).toEqual([text('a'), answer(sequence), text('b')])
  })

  test('not even when the connection stalls in the middle of one', () => {
    for (const sequence of answers) {
      for (let cut = 3; cut < sequence.length; cut++) {
        const parser = createKeyParser()
        const events = [...parser.feed(sequence.slice(0, cut)), ...parser.flush(), ...parser.flush()]
        expect([...events, ...parser.feed(sequence.slice(cut)), ...parser.flush()]).toEqual([
          answer(sequence),
        ])
      }
    }
  })

  test('an answer that never ends does not swallow everything typed after it', () => {
    const parser = createKeyParser()
    parser.feed('\x1bP>|kit')
    for (let n = 0; n < 20; n++) expect(parser.flush()).toEqual([])
    expect(parser.feed('fox')).toEqual([text('fox')])
    expect(parse('\x1b_Gi=31;O\rfox')).toEqual([key('enter'), text('fox')])
  })

  test('Escape just before an answer is still Escape', () => {
    expect(parse('\x1b\x1b[?62;c')).toEqual([key('escape'), answer('\x1b[?62;c')])
  })
})

describe('split anywhere, nothing is lost and nothing leaks', () => {
  const words = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
    .filter((it) => !/[\x00-\x1f\x7f-\x9f]/.test(it))
  const something = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...keys).map(([bytes, event]) => ({ bytes, events: [event] })) },
    { weight: 3, arbitrary: words.map((it) => ({ bytes: it, events: [text(it)] })) },
    { weight: 2, arbitrary: fc.constantFrom(...answers).map((it) => ({ bytes: it, events: [answer(it)] })) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...swallowed).map((it) => ({ bytes: it, events: [] as InputEvent[] })),
    },
    {
      weight: 1,
      arbitrary: fc
        .array(
          fc.oneof(words, fc.constantFrom('\n', '\x1b[A', '\x1b', '\t', '\x1b[201', '\x1b_Gi=1;OK\x1b\\')),
          { maxLength: 5 },
        )
        .map((pieces) => pieces.join(''))
        .map((it) => ({
          bytes: `\x1b[200~${it}\x1b[201~`,
          events: [{ kind: 'paste', text: it } as InputEvent],
        })),
    },
    { weight: 1, arbitrary: fc.constant({ bytes: 'ESC', events: [key('escape')] }) },
  )

  test('the events that come out are those that went in', () => {
    fc.assert(
      fc.property(
        fc.array(something, { maxLength: 20 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
        (things, sizes) => {
          const parser = createKeyParser()
          const events: InputEvent[] = []
          const send = (bytes: string) => {
            for (let at = 0; at < bytes.length; ) {
              const size = sizes.next().value
              events.push(...parser.feed(bytes.slice(at, at + size)))
              at += size
            }
          }
          let bytes = ''
          for (const thing of things) {
            if (thing.bytes !== 'ESC') bytes += thing.bytes
            else {
              // A lone key is followed by a pause, by which the Escape key is recognised.
              send(bytes)
              events.push(...parser.flush(), ...parser.feed('\x1b'), ...parser.flush())
              bytes = ''
            }
          }
          send(bytes)
          events.push(...parser.flush())
          expect(joined(events)).toEqual(joined(things.flatMap((thing) => thing.events)))
          expect(parser.pending()).toBe(false)
        },
      ),
      { numRuns: 1500 },
    )
  })

  test('no bytes at all give a key with a control character in its text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (pieces) => {
        for (const event of parse(...pieces)) {
          if (event.kind === 'key') expect(event.key.text).not.toMatch(/[\x00-\x1f\x7f-\x9f]/)
        }
      }),
    )
  })
})
