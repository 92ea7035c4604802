import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseLine, quotedSpans } from '../../../src/core/line/line.ts'
import type { Session } from '../../../src/core/session/session.ts'
import { EDIT_GUIDE } from '../../../src/core/wording/edit-guide.ts'
import { type Improvement, improve, lineOf } from '../../../src/core/wording/improvement.ts'
import { type Aspect, EXACT_WORDS, PROMPT_GUIDE } from '../../../src/core/wording/prompt-guide.ts'
import { TIPS } from '../../../src/core/wording/tip-list.ts'
import { Story } from '../session/story.ts'

const empty = new Story().session
const withImage = new Story().line('a red fox').session

function better(line: string, session: Session = empty): Improvement {
  const improved = improve(line, session)
  if (!improved.ok) throw new Error(improved.sentence)
  return improved.improvement
}

const text = (line: string, session?: Session) => lineOf(better(line, session).stretches)

describe('what a line is taken for', () => {
  test.each([
    ['a red fox in the snow', 'photograph'],
    ['a watercolour of a red fox', 'illustration'],
    ['a photo of an oil painting on a wall', 'photograph'],
    ['a sticker of a happy avocado', 'sticker'],
    ['an app icon with a lighthouse', 'sticker'],
    ['a poster for a jazz night', 'lettering'],
    ['a product shot of a bottle', 'product'],
    ['Ein Fuchs im Schnee', 'photograph'],
  ])('%s', (line, kind) => {
    expect(better(line).guide.kind).toBe(kind)
  })

  test('a line from an image is an edit, and a fresh one is not', () => {
    expect(better('make the hat blue', withImage).guide.kind).toBe('edit')
    expect(better('make it look old @photo.png').guide.kind).toBe('edit')
    expect(better('a lighthouse --fresh', withImage).guide.kind).toBe('photograph')
    const behind = improve('/draw a lighthouse', withImage, '/draw ')
    expect(behind).toMatchObject({ improvement: { guide: { kind: 'photograph' } } })
  })

  test.each(['', '/undo', 'v1'])('"%s" is no prompt', (line) => {
    expect(improve(line, withImage)).toMatchObject({
      ok: false,
      sentence: expect.stringContaining('not a prompt'),
    })
  })

  test('a line whose flags are wrong gets a sentence that says what is wrong', () => {
    expect(improve('a fox --bogus', empty)).toMatchObject({
      ok: false,
      sentence: expect.stringContaining('--bogus'),
    })
  })
})

describe('what is added', () => {
  test('to a few words, what a photographer would ask for', () => {
    expect(text('an old fisherman')).toBe(
      'an old fisherman. Photographed with an 85 mm lens at f/2, so that what is behind is out of focus. Soft daylight from one side shapes the face. Framed from the waist up, seen at eye level.',
    )
  })

  test('nothing that is said already', () => {
    const { added } = better('an old fisherman by candlelight, 35 mm lens')
    expect(added).toEqual(['the viewpoint'])
  })

  test('before the flags, behind the words', () => {
    const sun = 'A low sun from the left draws long shadows.'
    const line = 'a lighthouse, seen from the sea, 24 mm lens'
    for (const flags of ['--fresh', '—fresh', '--ar 16:9 --size 2K', '--no people']) {
      expect(text(`${line} ${flags}`)).toBe(`${line}. ${sun} ${flags}`)
    }
  })

  test.each([
    ['remove the lamp post', /^remove the lamp post\. Fill its place .* keep everything else as it is\.$/],
    ['add a hat', /Let it take on the picture's light/],
    ['as a watercolour', /only the technique changes/],
    ['make it night', /shadows and reflections follow/],
    ['the door in deep blue', /shape, texture and shading/],
    ['change "COFEE" to "COFFEE" on the sign', /typeface, size, colour and place/],
    ['put him on a beach, another background', /pose, edges and proportions/],
    ['hmm, more of everything', /composition, light, colours and faces\.$/],
  ])('to an edit what stays: %s', (line, ending) => {
    expect(text(line, withImage)).toMatch(ending)
  })

  test('to an edit that says what stays, nothing', () => {
    expect(better('make the hat blue, keep the rest as it is', withImage).added).toEqual([])
  })

  test('quotes around capitalised words that are to be read, and how they are set', () => {
    const line = text('a poster that says Jazz On Friday')
    expect(line).toContain('a poster that says "Jazz On Friday". The words are set across the top')
    expect(line).toContain('no other text')
    expect(text('a shop with a sign saying „Brot“')).toContain('spelled exactly like this')
  })

  test('never a quote around a version', () => {
    expect(parseLine(text('a poster titled V1', withImage), known(withImage))).toMatchObject({
      named: [{ kind: 'version', version: 1 }],
    })
  })

  test('and the user is asked for what only the user knows', () => {
    expect(better('fox, scarf, snow, forest').yours[0]).toMatch(/who does what/)
    expect(better('a fox').yours[0]).toMatch(/what it does, where it is/)
    expect(better('a street without cars, early in the day').yours.join()).toContain('"without cars"')
    expect(better('a castle on a hill above the sea, 8k').yours.join()).toContain('"8k"')
    expect(better('a logo for a bakery').yours.join()).toContain('the exact words')
    expect(better('make it better', withImage).yours[0]).toMatch(/which thing/)
  })

  test.each(TIPS.flatMap(({ topic, examples }) => examples.map(({ write }) => [topic, write])))(
    'little to an example of /tips %s',
    (topic, write) => {
      const { added } = better(write, topic === 'edit' ? withImage : empty)
      expect(added.length).toBeLessThanOrEqual(topic === 'references' ? 1 : 0)
    },
  )
})

describe('whatever is typed', () => {
  const words = fc.constantFrom(
    ...'a an fox woman forest night photo watercolour sticker poster product sign says OPEN Hello reading 24mm'.split(
      ' ',
    ),
    ...'lens light remove add keep no cars --fresh —fresh --no @hero @file.png v1 v2 "OPEN" „Brot“ 「夜」 \\v1'.split(
      ' ',
    ),
    ...'"half and@mail.org // /fresh \\ , . ! {a|b} “a --b” @"a --b.png" ink neon macro 8k'.split(' '),
    'version 1',
    '--ar 16:9',
    '--size=2K',
    '\n',
  )
  const line = fc.oneof(
    fc.array(words, { minLength: 1, maxLength: 14 }).map((all) => all.join(' ')),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
  )
  const session = fc.constantFrom(empty, withImage)

  test('the line without what was added is the line', () => {
    fc.assert(
      fc.property(line, session, (typed, from) => {
        const improved = improve(typed, from)
        if (!improved.ok) return
        expect(lineOf(improved.improvement.stretches.filter(({ added }) => !added))).toBe(typed)
      }),
      { numRuns: 1000 },
    )
  })

  test('mentions, base, fresh and quoted words are as they were', () => {
    fc.assert(
      fc.property(line, session, (typed, from) => {
        const improved = improve(typed, from)
        if (!improved.ok) return
        const proposed = lineOf(improved.improvement.stretches)
        expect(meaning(proposed, from)).toEqual(meaning(typed, from))
        const quotes = (one: string) => quotedSpans(one).map(({ start, end }) => one.slice(start, end))
        expect(quotes(proposed)).toEqual(expect.arrayContaining(quotes(typed)))
      }),
      { numRuns: 1000 },
    )
  })

  test('nothing is proposed a second time', () => {
    fc.assert(
      fc.property(line, session, (typed, from) => {
        const once = improve(typed, from)
        if (!once.ok) return
        expect(better(lineOf(once.improvement.stretches), from).added).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })
})

describe('the data', () => {
  const aspects = [
    ...new Set([...PROMPT_GUIDE, EDIT_GUIDE].flatMap((craft): readonly Aspect[] => craft.aspects)),
    ...EXACT_WORDS,
  ]

  test.each(aspects.map((aspect) => [aspect.name, aspect] as const))(
    'what is added for %s counts as said, and is one sentence or two',
    (_, { choices, usual, said }) => {
      for (const add of [usual, ...choices.map((choice) => choice.add)]) {
        expect(add).toMatch(said)
        expect(add).toMatch(/^\p{Lu}[^@{}"]*\.$/u)
        expect(parseLine(add, known(withImage))).toMatchObject({ named: [], fresh: false })
      }
    },
  )

  test('every kind leads to a topic of /tips', () => {
    const topics = TIPS.map(({ topic }) => topic)
    expect([...PROMPT_GUIDE, EDIT_GUIDE].filter(({ topic }) => !topics.includes(topic))).toEqual([])
  })
})

function known({ versions }: Session) {
  return { versions: new Set(versions.map(({ number }) => number)), references: [] }
}

function meaning(line: string, session: Session) {
  const body = line.replace(/^\s*\/fresh\s+/i, '')
  const parsed = parseLine(body, known(session))
  if (parsed.kind !== 'prompt') return parsed
  const named = parsed.named.map(({ start: _, end: _end, ...one }) => one)
  return { named, base: parsed.base, fresh: parsed.fresh, flags: parsed.flags }
}
