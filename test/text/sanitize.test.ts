import headless from '@xterm/headless'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sanitize, sanitizeLine } from '../../src/text/sanitize.ts'

const forbidden = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\u{10eeee}/u

// Text with far more escape sequences, whole and broken, than random text would have.
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\x1b',
        '\x1b[',
        '\x1b]',
        '\x1bP',
        '\x1b_',
        '\x9b',
        '\x9d',
        '\x1b\\',
        '\x07',
        '\x9c',
        '\x7f',
      ),
      fc.constantFrom(
        '\x1b[2J',
        '\x1b]0;owned\x07',
        '\x1bc',
        '\x1b[?1049h',
        '\x1b[31m',
        '\x1b(0',
        '\x1bD',
        '\x1b#8',
        '\x0e',
      ),
      fc.constantFrom(
        '\r',
        '\n',
        '\t',
        '\b',
        '\u202e',
        '\u{10eeee}',
        '\ud800',
        '\udc00',
        '31m',
        '0;x',
        'cat.png',
      ),
    ),
  )
  .map((pieces) => pieces.join(''))

describe('text from outside cannot control the terminal', () => {
  test('no control character except the newline is left in any text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const clean = sanitize(text)
        expect(clean).not.toMatch(forbidden)
        expect(clean.isWellFormed()).toBe(true)
        expect(sanitize(clean)).toBe(clean)
        expect(sanitizeLine(text)).not.toContain('\n')
      }),
      { numRuns: 2000 },
    )
  })

  test('bytes read as UTF-8 or Latin-1 cannot either', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom('utf8', 'latin1'), (bytes, encoding) => {
        expect(sanitize(Buffer.from(bytes).toString(encoding as BufferEncoding))).not.toMatch(forbidden)
      }),
      { numRuns: 1000 },
    )
  })

  test('printing it changes nothing in a real terminal but its text', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const terminal = new headless.Terminal({
          cols: 80,
          rows: 24,
          scrollback: 500,
          allowProposedApi: true,
        })
        const told: string[] = []
        terminal.onTitleChange((title) => told.push(title))
        terminal.onBell(() => told.push('bell'))
        terminal.onData((answer) => told.push(answer))
        const modes = JSON.stringify(terminal.modes)
        const lines = sanitize(text).split('\n')
        await new Promise<void>((done) => terminal.write(`${lines.join('\r\n')}\r\nEND`, done))
        expect(told).toEqual([])
        expect(JSON.stringify(terminal.modes)).toBe(modes)
        expect(terminal.buffer.active.type).toBe('normal')
        const buffer = terminal.buffer.active
        const last = buffer.getLine(buffer.baseY + buffer.cursorY)
        expect(last?.translateToString(true)).toBe('END')
        const cell = last?.getCell(0)
        expect(cell?.isAttributeDefault()).toBe(true)
        // No row was overwritten: each line of text has at least one row.
        expect(buffer.baseY + buffer.cursorY).toBeGreaterThanOrEqual(Math.min(lines.length, 24))
        terminal.dispose()
      }),
      { numRuns: 150 },
    )
  })

  test('a very long text of introducers is handled in linear time', () => {
    // Code that searched for an end behind each introducer would take a quarter of an hour: longer than a test may.
    for (const piece of ['\x1b]', '\x9d', '\x1b[', '\x1bP', '\x1b', '\x1b]8;;'])
      expect(sanitize(piece.repeat(500_000))).not.toContain('\x1b')
  })
})

describe('what a user writes and reads is unchanged', () => {
  test('words, lines, accents, Japanese, Arabic with its joiners, emoji with theirs', () => {
    for (const text of ['a red fox\nin snow', 'Zoë ça', '狐と雪', 'می\u200cخواهم', '👩🏽‍🚀 ❤️ 🇫🇷'])
      expect(sanitize(text)).toBe(text)
  })

  test('the flags of England and Scotland are kept, and no other text can hide in tags', () => {
    const tags = (text: string) =>
      [...text].map((one) => String.fromCodePoint(0xe0000 + one.charCodeAt(0))).join('')
    const flags = `\u{1f3f4}${tags('gbeng')}\u{e007f} \u{1f3f4}${tags('gbsct')}\u{e007f}`
    expect(sanitize(flags)).toBe(flags)
    expect(sanitize(`fox${tags('hidden')}\u{e007f}`)).toBe('fox')
    expect(sanitize(`\u{1f3f4}${tags('gbeng')}`)).toBe('\u{1f3f4}')
    expect(sanitize(`\u{1f3f4}${tags('a whole hidden sentence')}\u{e007f}`)).toBe('\u{1f3f4}')
  })

  test('whole sequences are removed with all their letters', () => {
    expect(sanitize('a\x1b[31mred\x1b[0m fox')).toBe('ared fox')
    expect(sanitize('see \x1b]8;;http://evil\x1b\\this\x1b]8;;\x07 link')).toBe('see this link')
    expect(sanitize('x\x1b_Ga=d\x1b\\y\x1bPq#0\x1b\\z\u009b2Jw')).toBe('xyzw')
  })

  test('an unfinished sequence does not swallow the words after it', () => {
    expect(sanitize('name\x1b]0;title and more')).toContain('title and more')
  })

  test('Windows and old Mac line ends are newlines, and a carriage return cannot overwrite a line', () => {
    expect(sanitize('one\r\ntwo\rthree')).toBe('one\ntwo\nthree')
    expect(sanitizeLine('one\r\ntwo')).toBe('one two')
  })

  test('a tab becomes spaces', () => {
    expect(sanitize('a\tb')).toBe('a  b')
  })
})
