import { describe, expect, test } from 'vitest'
import { TIPS } from '../../src/core/wording/tip-list.ts'
import { desk, run } from './stage.ts'

describe('/tips', () => {
  test('lists the topics', async () => {
    const { rows } = await run(await desk(), '/tips')
    expect(rows.map(([name]) => name)).toEqual(TIPS.map(({ topic }) => `/tips ${topic}`))
  })

  test.each(TIPS)('tells about $topic, with an example', async ({ topic, rules }) => {
    const { words } = await run(await desk(), `/tips ${topic}`)
    expect(words[0]).toContain(rules[0])
    expect(words[0]).toContain('For example: ')
  })

  test('by the beginning of a topic, and for a slip names the nearest', async () => {
    const one = await desk()
    expect((await run(one, '/tips ill')).words[0]).toMatch(/^Drawings and paintings\./)
    expect((await run(one, '/tips lettering')).words[0]).toMatch(/^Text in the picture\./)
    const slip = await run(one, '/tips potho')
    expect(slip.words).toEqual(['There are no tips on potho; did you mean /tips photo? /tips lists all.'])
    expect(slip.tones).toEqual(['bad'])
  })
})

describe('/improve', () => {
  test('proposes a line and what Esc gives back, and sends nothing', async () => {
    const one = await desk()
    const { gos, words } = await run(one, '/improve an old fisherman')
    expect(gos).toEqual([
      {
        type: 'go',
        to: 'propose',
        line: expect.stringMatching(/^an old fisherman\. Photographed with an 85 mm lens/),
        instead: 'an old fisherman',
      },
    ])
    expect(words[0]).toMatch(/^Taken for a photograph\. Added the lens, the light and the viewpoint/)
    expect(words[0]).toContain('nothing is sent yet')
    expect(one.session.turns).toEqual([])
  })

  test('gives a line back to which a rule adds nothing, and says what is left to the user', async () => {
    const one = await desk('a red fox')
    const { gos, words } = await run(one, '/improve make it better, keep the rest')
    expect(gos).toEqual([{ type: 'go', to: 'offer', line: 'make it better, keep the rest' }])
    expect(words[0]).toContain('There is nothing that a rule could add.')
  })

  test.each([
    ['/improve', /Which words\?/],
    ['/improve /undo', /"\/undo" is not a prompt/],
  ])('%s says what to do instead', async (line, sentence) => {
    const { words, gos } = await run(await desk(), line)
    expect(words.join()).toMatch(sentence)
    expect(gos).toEqual([])
  })
})
