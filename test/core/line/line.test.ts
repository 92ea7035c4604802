import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type KnownNames, mentionsOf, parseLine, splitWords } from '../../../src/core/line/line.ts'

const known: KnownNames = { versions: new Set([1, 2, 3, 6]), references: ['hero', 'Blumen'] }

const prompt = (line: string) => {
  const parsed = parseLine(line, known)
  if (parsed.kind !== 'prompt') throw new Error(`"${line}" is a ${parsed.kind}`)
  return parsed
}

/** `v6`, `@hero` or a path: what a line names, in short. */
const namedIn = (line: string) =>
  mentionsOf(line, known).map((one) =>
    one.kind === 'version' ? `v${one.version}` : one.kind === 'reference' ? `@${one.name}` : one.path,
  )

describe('a version in a prompt', () => {
  test.each([
    ['with the sky of v6', ['v6']],
    ['with the sky of V6', ['v6']],
    ['with the sky of @v6', ['v6']],
    ['with the sky of @v6.', ['v6']],
    ['with the sky of version 6', ['v6']],
    ['with the sky of Version 6, please', ['v6']],
    ['v1, v2 and (v3)', ['v1', 'v2', 'v3']],
    ["in v6's colours", ['v6']],
    ['as in v6: brighter', ['v6']],
    ['as in v6.', ['v6']],
    ['as in v6!', ['v6']],
    ['v6—but darker', ['v6']],
    ['with the sky of v7', []],
    ['with the sky of version 7', []],
    ['with the sky of v60', []],
    ['the file v3.jpg', []],
    ['the release v3.1 of the poster', []],
    ['a v6-style engine', []],
    ['a mauv6 sky', []],
    ['a pre-v6 car', []],
    ['v6_final', []],
    ['conversion 6', []],
    ['version 6th', []],
    ['the path a/v6', []],
    ['write \\v6 on it', []],
    ['write \\@v6 on it', []],
    ['write \\version 6 on it', []],
  ])('%s', (line, names) => {
    expect(namedIn(line)).toEqual(names)
  })

  test('a backslash before a version makes it a word, and is not sent', () => {
    expect(prompt('write \\v6 and \\@hero on it').text).toBe('write v6 and @hero on it')
  })
})

describe('in a script without spaces a mention', () => {
  test.each([
    ['v3で夜にして', ['v3'], 3],
    ['背景をv2にする', ['v2'], null],
    ['v3의 하늘을 v2에', ['v3', 'v2'], 3],
    ['ทำv2ให้มืด', ['v2'], null],
    ['@heroは走る', ['@hero'], null],
    ['帽子は@hat.pngを使う', ['@hat.png'], null],
    ['@猫.png を見る', ['@猫.png'], null],
    ['空はv3、海はv2。', ['v3', 'v2'], null],
  ])('is found in %s', (line, spoken, base) => {
    const known = { versions: new Set([1, 2, 3]), references: ['hero'] }
    expect(mentionsOf(line, known).map(({ start, end }) => line.slice(start, end))).toEqual(spoken)
    expect(parseLine(line, known)).toMatchObject({ kind: 'prompt', base })
  })

  test('is not found inside a word of other letters', () => {
    const known = { versions: new Set([1, 2, 3]), references: ['hero'] }
    expect(mentionsOf('rev2 v2a ёv2 v2ё', known)).toEqual([])
  })
})

describe('a file or a name in a prompt', () => {
  test.each([
    ['as @char.png does', ['char.png']],
    ['as @art/char.png.', ['art/char.png']],
    ['as @~/art/char.png, please', ['~/art/char.png']],
    ['as @"a b.png" does', ['a b.png']],
    ['as @a\\ b.png does', ['a b.png']],
    ['as @a\\ \\(1\\).png does', ['a (1).png']],
    ['@hero on the beach', ['@hero']],
    ['@HERO on the beach', ['@hero']],
    ['(@hero)', ['@hero']],
    ['@hero, @blumen!', ['@hero', '@Blumen']],
    ['@Blüte', ['Blüte']],
    ['@"a b.png" and @"c d.png"', ['a b.png', 'c d.png']],
    ['@"a (b)" next to @hero and a sign "SALE"', ['a (b)', '@hero']],
    ['mail ada@example.org', []],
    ['mail a.b@hero', []],
    ['a lone @ sign', []],
    ['@...', []],
    ['an @"unclosed name', []],
  ])('%s', (line, names) => {
    expect(namedIn(line)).toEqual(names)
  })

  test('the marks are not sent, and only the name of a path is', () => {
    expect(prompt('put @hero next to @art/a\\ b.png of @v6').text).toBe('put hero next to a b.png of v6')
  })
})

describe('inside quotation marks everything is text', () => {
  test.each([
    'a sign that says "v6"',
    'a sign that says "ask @hero about version 6"',
    'a sign that says “v6 and @hero”',
    'ein Schild „frag @hero nach v6“',
    'ein Schild „frag @hero nach v6”',
    'une enseigne « @hero v6 »',
    '「@hero v6」と書いて',
    '看板に「@hero」と書く',
    '看板に『@hero』と書く',
    'говорит«@hero»',
  ])('%s', (line) => {
    expect(namedIn(line)).toEqual([])
  })

  test('an inch mark opens no quotation', () => {
    expect(namedIn('a 5" frame for @hero and a 6" one')).toEqual(['@hero'])
  })

  test('what follows a quotation is read as usual', () => {
    expect(namedIn('a sign "SALE" for @hero and "v6" from v2')).toEqual(['@hero', 'v2'])
  })
})

describe('the base of a line', () => {
  test.each([
    ['v3 but with the sky of v6', 3],
    ['@v3 but darker', 3],
    ['version 3 but darker', 3],
    ['v3, darker', 3],
    ['  v3 but darker', 3],
    ['V3: darker', 3],
    ['darker than v3', null],
    ['v7 but darker', null],
    ['"v3" as lettering', null],
    ['\\v3 as lettering', null],
    ['@hero as in v3', null],
  ])('%s', (line, base) => {
    expect(prompt(line).base).toBe(base)
  })
})

describe('a new image with --fresh', () => {
  test.each([
    'a lighthouse --fresh',
    'a lighthouse —fresh',
    'a lighthouse  --FRESH ',
    'a lighthouse\n--fresh',
  ])('%s', (line) => {
    expect(prompt(line)).toMatchObject({ text: 'a lighthouse', fresh: true })
  })

  test.each(['a --fresh lighthouse', 'a lighthouse--fresh', 'a lighthouse fresh'])(
    '%s is no flag',
    (line) => {
      expect(prompt(line)).toMatchObject({ text: line, fresh: false })
    },
  )
})

describe('what a line is', () => {
  test.each(['', '   ', '\n\t'])('%j is nothing', (line) => {
    expect(parseLine(line, known)).toEqual({ kind: 'nothing' })
  })

  test.each([
    ['v3', 3],
    [' v3 ', 3],
    ['V3', 3],
    ['@v3', 3],
  ])('%j goes there', (line, version) => {
    expect(parseLine(line, known)).toEqual({ kind: 'goto', version })
  })

  test('v9 alone is never sent, even when there is no v9: going there says so', () => {
    expect(parseLine('v9', known)).toEqual({ kind: 'goto', version: 9 })
  })

  test.each([
    ['/save', 'save', ''],
    ['/save poster.png v3', 'save', 'poster.png v3'],
    ['  /SAVE   a b ', 'save', 'a b'],
    ['/new\nPoster\nfor spring', 'new', 'Poster\nfor spring'],
    ['/', '', ''],
    ['/home/ada/fox.png', 'home/ada/fox.png', ''],
  ])('%j is a command', (line, name, rest) => {
    expect(parseLine(line, known)).toEqual({ kind: 'command', name, rest })
  })

  test.each([
    'undo',
    'undo the hat',
    'help me',
    'exit sign',
    'constructor',
    'toString',
    '__proto__',
    'valueOf',
  ])('%j is sent', (line) => {
    expect(parseLine(line, known)).toMatchObject({ kind: 'prompt', text: line })
  })

  test.each([
    ['//slash at the start', '/slash at the start'],
    ['//v3 is a path', '/v3 is a path'],
    ['//', '/'],
  ])('%j sends a text that begins with a slash', (line, text) => {
    expect(parseLine(line, known)).toMatchObject({ kind: 'prompt', text, named: [] })
  })
})

const pieces = fc.constantFrom(
  ...['v', '3', '6', '9', '@', '"', '“', '”', '„', '«', '»', '「', '」', '\\', '/', ' ', '.', ':', ','],
  ...['version ', 'hero', 'a b.png', '--fresh', '—fresh', 'é', '日', '🦊', '\n', '(', ')', "'"],
)
const anyLine = fc.oneof(
  fc.array(pieces, { maxLength: 14 }).map((all) => all.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
)

describe('whatever is typed', () => {
  test('every line is read, and what it names lies inside it, in order, without an overlap', () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        parseLine(line, known)
        let end = 0
        for (const one of mentionsOf(line, known)) {
          expect(one.start).toBeGreaterThanOrEqual(end)
          expect(one.end).toBeGreaterThan(one.start)
          end = one.end
        }
        expect(end).toBeLessThanOrEqual(line.length)
      }),
      { numRuns: 2000 },
    )
  })

  test('a line without @, a v and a number or "version" names nothing', () => {
    const plain = anyLine.map((line) => line.replace(/[@vV]/g, ''))
    fc.assert(
      fc.property(plain, (line) => {
        expect(mentionsOf(line, known)).toEqual([])
      }),
    )
  })

  test('only versions that exist are named', () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        for (const one of mentionsOf(line, known)) {
          if (one.kind === 'version') expect(known.versions).toContain(one.version)
          if (one.kind === 'reference') expect(known.references).toContain(one.name)
        }
      }),
    )
  })

  test('a prompt without marks is sent as it was typed', () => {
    const words = fc.stringMatching(/^[a-uw-z ,.!]{1,30}$/).map((line) => `A ${line.trim()}`.trim())
    fc.assert(
      fc.property(words, (line) => {
        expect(prompt(line).text).toBe(line)
      }),
    )
  })
})

describe("a command's words", () => {
  test.each([
    ['a b  c', ['a', 'b', 'c']],
    ['"a b" c', ['a b', 'c']],
    ["'a b' c", ['a b', 'c']],
    ['a\\ b c', ['a b', 'c']],
    ['pre"a b"post', ['prea bpost']],
    ['"a \\"b\\" c"', ['a "b" c']],
    ['"a\\nb"', ['a\\nb']],
    ['""', ['']],
    ['"unclosed name', ['unclosed name']],
    ["it\\'s", ["it's"]],
    ['', []],
    ['   ', []],
    ['poster.png \\', ['poster.png']],
  ])('%j', (rest, words) => {
    expect(splitWords(rest)).toEqual(words)
  })

  test('words in quotes come out as they went in', () => {
    const quoted = (word: string) => `"${word.replace(/[\\"]/g, '\\$&')}"`
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { maxLength: 5 }), (words) => {
        expect(splitWords(words.map(quoted).join(' '))).toEqual(words)
      }),
    )
  })

  test('words with a backslash before every character come out as they went in', () => {
    const escaped = (word: string) => word.replace(/[\s\S]/gu, '\\$&')
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }), { maxLength: 5 }),
        (words) => {
          expect(splitWords(words.map(escaped).join(' '))).toEqual(words)
        },
      ),
    )
  })
})
