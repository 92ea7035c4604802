import { describe, expect, test } from 'vitest'
import { TIPS } from '../../src/core/wording/tip-list.ts'
import { practiceSession, run } from './stage.ts'

describe('/tips', () => {
  test('lists the topics', async () => {
    const { rows } = await run(await practiceSession(), '/tips')
    expect(rows.map(([name]) => name)).toEqual(TIPS.map(({ topic }) => `/tips ${topic}`))
  })

  test.each(TIPS)('explains $topic, with an example', async ({ topic, rules }) => {
    const { words } = await run(await practiceSession(), `/tips ${topic}`)
    expect(words[0]).toContain(rules[0])
    expect(words[0]).toContain('For example: ')
  })

  test('by the beginning of a topic, and for a slip names the nearest', async () => {
    const one = await practiceSession()
    expect((await run(one, '/tips ill')).words[0]).toMatch(/^Drawings and paintings\./)
    expect((await run(one, '/tips lettering')).words[0]).toMatch(/^Text in the picture\./)
    const slip = await run(one, '/tips potho')
    expect(slip.words).toEqual(['There are no tips on potho; did you mean /tips photo? /tips lists all.'])
    expect(slip.tones).toEqual(['bad'])
  })
})

describe('/improve', () => {
  test('proposes a line and what Esc gives back, and sends nothing', async () => {
    const one = await practiceSession()
    const { gos, words } = await run(one, '/improve an old fisherman')
    expect(gos).toEqual([
      {
        type: 'go',
        to: 'propose',
        line: expect.stringMatching(/^an old fisherman\. Photographed with an 85 mm lens/),
        instead: 'an old fisherman',
      },
    ])
    expect(words[0]).toMatch(/^Read as a photograph\. Added the lens, the light and the viewpoint/)
    expect(words[0]).toContain('nothing is sent yet')
    expect(one.session.turns).toEqual([])
  })

  test('gives a line back to which a rule adds nothing, and says what is left to the user', async () => {
    const one = await practiceSession('a red fox')
    const { gos, words } = await run(one, '/improve make it better, keep the rest')
    expect(gos).toEqual([{ type: 'go', to: 'offer', line: 'make it better, keep the rest' }])
    expect(words[0]).toContain('The rules have nothing to add.')
  })

  test.each([
    ['/improve', /Which words\?/],
    ['/improve /undo', /"\/undo" is not a prompt/],
  ])('%s says what to do instead', async (line, sentence) => {
    const { words, gos } = await run(await practiceSession(), line)
    expect(words.join()).toMatch(sentence)
    expect(gos).toEqual([])
  })
})
