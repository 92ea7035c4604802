import { describe, expect, test } from 'vitest'
import { type Talk, talk } from '../turn/talk.ts'
import { bringIn, picture, practiceSession, run } from './stage.ts'

const at = (one: Talk) => one.session.head.version

describe('/undo and /redo', () => {
  test('show where one is, and say what the next line does', async () => {
    const one = await practiceSession('a red fox', 'brighter', 'darker')
    const { shown, words } = await run(one, '/undo')
    expect(shown).toEqual([2])
    expect(words).toEqual(['next line edits v2 and starts a branch; model, size, references unchanged'])
    expect((await run(one, '/redo')).words).toEqual(['next line edits v3; model, size, references unchanged'])
    await run(one, '/undo 2')
    expect(at(one)).toBe(1)
    await run(one, '/undo')
    expect(one.session.head).toEqual({ turn: null, version: null })
  })

  test('redo of several steps shows only where it ends', async () => {
    const one = await practiceSession('a red fox', 'brighter', 'darker')
    await run(one, '/undo')
    await run(one, '/undo')
    expect((await run(one, '/redo 2')).shown).toEqual([3])
    expect(at(one)).toBe(3)
  })

  test('that lead nowhere get a sentence', async () => {
    const one = await practiceSession()
    expect((await run(one, '/undo')).words).toEqual(['There is nothing to undo.'])
    expect((await run(one, '/redo')).words).toEqual([expect.stringMatching(/^There is nothing to redo/)])
    await one.line('a red fox')
    expect((await run(one, '/undo 5')).words).toEqual(['There are fewer than 5 steps to undo.'])
    expect(at(one)).toBe(1)
  })

  test.each(['/undo two', '/undo 0', '/undo -1', '/redo 0', '/undo 1 2'])(
    '%s gets a sentence with an example',
    async (line) => {
      const one = await practiceSession()
      expect((await run(one, line)).words).toEqual([
        expect.stringMatching(/^".*" is .*\. For example: \/(?:undo 2|redo)$/),
      ])
    },
  )
})

describe('/goto', () => {
  test.each([
    ['v1', 1],
    ['V1', 1],
    ['@v1', 1],
    ['1', 1],
    ['v0', null],
  ])('%s', async (word, version) => {
    const one = await practiceSession('a red fox', 'brighter')
    await run(one, `/goto ${word}`)
    expect(at(one)).toBe(version)
  })

  test('- leads back, and back again', async () => {
    const one = await practiceSession('a red fox', 'brighter')
    expect((await run(one, '/goto -')).words).toEqual(['There is no earlier place to go back to yet.'])
    await run(one, '/goto v1')
    await run(one, '/goto -')
    expect(at(one)).toBe(2)
    await run(one, '/go -')
    expect(at(one)).toBe(1)
  })

  test('a missing one gets a sentence with those that exist', async () => {
    const one = await practiceSession('a red fox')
    expect((await run(one, '/goto v9')).words).toEqual(['There is no v9: this session has v1.'])
    expect((await run(one, '/goto')).words).toEqual([
      expect.stringMatching(/What is missing: a version.*\/goto v3/),
    ])
    expect((await run(one, '/goto there')).words).toEqual([expect.stringMatching(/"there" is not a version/)])
  })
})

describe('/show and /open', () => {
  test('show a version without going there', async () => {
    const one = await practiceSession('a red fox', 'brighter')
    expect((await run(one, '/show')).shown).toEqual([2])
    expect((await run(one, '/show v1')).shown).toEqual([1])
    expect((await run(one, '/show v7')).words).toEqual([expect.stringContaining('no v7')])
    await run(one, '/goto v1')
    expect((await run(one, '/show -')).shown).toEqual([2])
    expect(at(one)).toBe(1)
    expect((await run(await practiceSession(), '/show')).words).toEqual(['There is no image yet.'])
  })

  test('over ssh /open says where the image is', async () => {
    const one = await practiceSession('a red fox')
    Object.assign(one, { place: { ...one.place, remote: 'studio' } })
    expect((await run(one, '/open')).words).toEqual([`studio:${one.store.path('images/v1.jpg')}`])
    expect((await run(one, '/open v2')).words).toEqual([expect.stringContaining('no v2')])
  })
})

describe('/retry', () => {
  test('sends the last line again from the same place, with what is in force now', async () => {
    const one = await practiceSession('a red fox', 'brighter')
    await run(one, '/set aspect 16:9')
    expect((await run(one, '/retry')).gos).toMatchObject([
      {
        to: 'turns',
        prompts: [
          {
            text: 'brighter',
            parent: { version: 1 },
            settings: { aspect: '16:9' },
            engine: 'practice',
          },
        ],
      },
    ])
  })

  test('with new words sends those from there', async () => {
    const one = await practiceSession('a red fox', 'brighter')
    expect((await run(one, '/retry much darker')).gos).toMatchObject([
      { to: 'prompt', line: 'much darker', parent: { turn: 't1', version: 1 }, fresh: false },
    ])
  })

  test('after a failure sends the line that failed', async () => {
    const one = await practiceSession('a red fox')
    await one.line('brighter', { settings: { model: 'gone', aspect: 'auto', size: '1K' } })
    expect(one.session.turns.at(-1)?.outcome.kind).toBe('failed')
    expect((await run(one, '/retry')).gos).toMatchObject([
      { to: 'turns', prompts: [{ text: 'brighter', parent: { version: 1 } }] },
    ])
  })

  test('after a line from elsewhere that failed sends that one, from there', async () => {
    const one = await practiceSession('a red fox', 'brighter')
    const gone = { model: 'gone', aspect: 'auto', size: '1K' }
    await one.line('v1 but blue', { settings: gone, parent: { turn: 't1', version: 1 } })
    expect((await run(one, '/retry')).gos).toMatchObject([
      { prompts: [{ text: 'v1 but blue', parent: { version: 1 } }] },
    ])
  })

  test('after an answer in words sends the line that got it', async () => {
    const one = await talk({ faults: 'text-only' })
    await one.line('make something')
    expect((await run(one, '/retry')).gos).toMatchObject([
      { prompts: [{ text: 'make something', parent: { turn: null } }] },
    ])
  })

  test('of a first line that failed sends that one', async () => {
    const one = await practiceSession()
    await one.line('a red fox', { settings: { model: 'gone', aspect: 'auto', size: '1K' } })
    expect((await run(one, '/retry')).gos).toMatchObject([{ to: 'turns', prompts: [{ text: 'a red fox' }] }])
  })

  test('before there is a line gets a sentence', async () => {
    expect((await run(await practiceSession(), '/retry')).words).toEqual([
      'There is no line yet that could be sent again.',
    ])
  })
})

describe('/fresh, /new and /quit', () => {
  test('/fresh leaves the sheet blank, or draws on a blank one', async () => {
    const one = await practiceSession('a red fox')
    expect((await run(one, '/fresh a lighthouse')).gos).toEqual([
      {
        type: 'go',
        to: 'prompt',
        line: 'a lighthouse',
        typed: '/fresh a lighthouse',
        parent: { turn: null, version: null },
        fresh: true,
      },
    ])
    await run(one, '/fresh')
    expect(at(one)).toBeNull()
    expect((await run(one, '/fresh')).words).toEqual(['The next line already makes a new image.'])
  })

  test('/new takes its title as it was typed', async () => {
    expect((await run(await practiceSession(), '/clear Poster  "for spring"')).gos).toEqual([
      { type: 'go', to: 'new', title: 'Poster  "for spring"' },
    ])
  })

  test.each(['/quit', '/exit', '/q', 'q'])('%s leaves', async (line) => {
    expect((await run(await practiceSession(), line)).gos).toEqual([{ type: 'go', to: 'quit' }])
  })
})

describe('/log', () => {
  test('lists every turn and image, and marks the path', async () => {
    const one = await practiceSession('a red fox', 'brighter')
    await one.line('fails', { settings: { model: 'gone', aspect: 'auto', size: '1K' } })
    await bringIn(one, await picture(one, 'base.png'))
    await run(one, '/goto v1')
    const { rows, words } = await run(one, '/log')
    const told = rows.map((row) => row.join(' '))
    expect(told).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/● v1 ← v0 .*a red fox .*practice · free/),
        expect.stringMatching(/^ {2}v2 ← v1 .*brighter/),
        expect.stringMatching(/× ← v2 .*fails .*no model gone/),
        expect.stringMatching(/v3 ← v2 .*base\.png/),
      ]),
    )
    expect(words).toEqual([expect.stringMatching(/3 images, 3 turns/)])
  })

  test('of nothing says so', async () => {
    expect((await run(await practiceSession(), '/log')).words).toEqual([
      'Nothing has happened in this session yet.',
    ])
  })
})
