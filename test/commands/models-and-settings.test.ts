import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SETTINGS } from '../../src/store/settings/all-settings.ts'
import { bringIn, picture, practiceSession, run } from './stage.ts'

describe('/model', () => {
  test('lists the models with what they cost, take and can, and marks the current one', async () => {
    const { rows } = await run(await practiceSession(), '/model')
    const told = rows.map((row) => row.join(' '))
    expect(told).toHaveLength(6)
    expect(told.find((row) => row.includes('gemini-3.1-flash-image'))).toMatch(
      /^●.*\$0\.067 512 1K 2K 4K 14 14 /,
    )
    expect(told.find((row) => row.includes(' pro '))).toMatch(
      /gemini-3-pro-image \$0\.134 1K 2K 4K 10 14 35-140 s/,
    )
    expect(told.find((row) => row.includes('nb1'))).toMatch(/listed to end on 2026-10-02/)
  })

  test('switches, keeps the conversation, and says what is sent', async () => {
    const one = await practiceSession('a red fox')
    const { words } = await run(one, '/model pro')
    expect(one.session.settings.model).toBe('gemini-3-pro-image')
    expect(words.at(-1)).toMatch(/next line goes to Nano Banana Pro with v1/)
    expect(await one.line('brighter')).toMatchObject({ kind: 'answered', main: 2 })
  })

  test('lowers what the model lacks, and says so', async () => {
    const one = await practiceSession()
    await run(one, '/set size 2K')
    await run(one, '/set aspect 1:8')
    const { words } = await run(one, '/model lite')
    expect(words.slice(0, 2)).toEqual([
      expect.stringContaining('no ratio 1:8'),
      expect.stringContaining('no size 2K; 1K'),
    ])
    expect(one.session.settings).toEqual({ model: 'gemini-3.1-flash-lite-image', aspect: 'auto', size: '1K' })
  })

  test('says that a retired id has a successor, and that a model is about to end', async () => {
    const one = await practiceSession()
    expect((await run(one, '/model gemini-3-pro-image-preview')).words[0]).toMatch(
      /switched off; gemini-3-pro-image has/,
    )
    expect((await run(one, '/model nb1')).words[0]).toMatch(/listed to end on 2026-10-02/)
  })

  test('takes any other id with a warning, and asks about one that looks like a slip', async () => {
    const one = await practiceSession()
    expect((await run(one, '/model My-Own_Model')).words[0]).toMatch(
      /not a model that limn knows: its limits and its price/,
    )
    expect(one.session.settings.model).toBe('My-Own_Model')
    expect((await run(one, '/model por')).words[0]).toMatch(/did you mean pro\?/)
    expect((await run(one, '/model gemini-3-pro-imag')).words[0]).toMatch(/did you mean gemini-3-pro-image\?/)
  })

  test('says so if it is already the model, and changes nothing', async () => {
    const one = await practiceSession()
    const before = one.session
    expect((await run(one, '/model nb2')).words.at(-1)).toMatch(/is already the model/)
    expect(one.session).toBe(before)
  })

  test('warns when more images are in force than it takes', async () => {
    const one = await practiceSession()
    await bringIn(one, await picture(one, 'base.png', 'white'))
    for (let n = 0; n < 3; n++) await picture(one, `p${n}.png`, `rgb(${n}, 0, 0)`)
    await run(one, '/ref add p*.png')
    expect((await run(one, '/model nb1')).words.join('\n')).toMatch(/takes 3 images.*carry 4/)
  })
})

describe('/set', () => {
  test('lists every setting with its value, where it comes from, and what it means', async () => {
    const { rows } = await run(await practiceSession(), '/set')
    expect(rows.map(([name]) => name)).toEqual(SETTINGS.map(({ name }) => name))
    expect(rows.find(([name]) => name === 'size')).toEqual([
      'size',
      '512',
      'this session',
      expect.any(String),
    ])
    expect(rows.find(([name]) => name === 'timeout')?.slice(0, 3)).toEqual(['timeout', '300', 'default'])
  })

  test('shows one setting and what it takes', async () => {
    expect((await run(await practiceSession(), '/set timeout')).words).toEqual([
      expect.stringMatching(/timeout is 300 \(default\).*whole number of seconds, 5 to 3600/),
    ])
  })

  test('of ratio and size holds for this session, and for new ones with --always', async () => {
    const one = await practiceSession()
    await run(one, '/set Aspect 16:9')
    await run(one, '/set size 2k --always')
    expect(one.session.settings).toMatchObject({ aspect: '16:9', size: '2K' })
    expect(JSON.parse(await readFile(join(one.place.root, 'settings.json'), 'utf8'))).toEqual({ size: '2K' })
  })

  test('of the others holds from now on, in a file', async () => {
    const one = await practiceSession()
    expect((await run(one, '/set escape abort')).words).toEqual(['escape is now abort.'])
    expect(JSON.parse(await readFile(join(one.place.root, 'settings.json'), 'utf8'))).toEqual({
      escape: 'abort',
    })
    expect((await run(one, '/set escape')).words).toEqual([
      expect.stringContaining('escape is abort (yours)'),
    ])
  })

  test('takes each setting of a turn for the session, and the way back to its default', async () => {
    const one = await practiceSession()
    await run(one, '/model nano')
    for (const line of ['thinking HIGH', 'thoughts on', 'search image', 'temperature 0.7', 'safety few'])
      await run(one, `/set ${line}`)
    for (const line of ['tier flex', 'history 4', 'seed 7', "system don't add text"])
      await run(one, `/set ${line}`)
    expect(one.session.settings).toMatchObject({
      ...{ thinking: 'high', thoughts: 'on', search: 'image', temperature: 0.7, safety: 'few' },
      ...{ tier: 'flex', history: 4, seed: 7, system: "don't add text" },
    })
    await run(one, '/set seed none')
    await run(one, '/set system off')
    expect(one.session.settings).not.toHaveProperty('seed')
    expect(one.session.settings).not.toHaveProperty('system')
    const { rows } = await run(one, '/set')
    expect(rows.find(([name]) => name === 'tier')?.slice(0, 3)).toEqual(['tier', 'flex', 'this session'])
    expect(rows.find(([name]) => name === 'seed')?.slice(0, 3)).toEqual(['seed', 'none', 'default'])
  })

  test('has /ar and /size as short forms', async () => {
    expect((await run(await practiceSession(), '/ar 16:9')).gos).toEqual([
      { type: 'go', to: 'line', line: '/set aspect 16:9' },
    ])
    expect((await run(await practiceSession(), '/size')).gos).toEqual([
      { type: 'go', to: 'line', line: '/set size' },
    ])
  })

  test('model is /model', async () => {
    expect((await run(await practiceSession(), '/set model pro')).gos).toEqual([
      { type: 'go', to: 'line', line: '/model pro' },
    ])
  })

  test.each([
    ['/set colour red', /no setting colour; \/set lists/],
    ['/set constructor x', /no setting constructor/],
    ['/set size 3K', /no size 3K; it takes 512, 1K, 2K, 4K/],
    ['/set aspect 7:5', /no aspect 7:5; it takes auto, 1:1/],
    ['/set timeout soon', /whole number of seconds, 5 to 3600; "soon" is not/],
    ['/set timeout 1', /"1" is not/],
    ['/set ar 7:5', /no aspect 7:5; it takes auto, 1:1/],
    ['/set thinking low', /no thinking low; it takes default, minimal, high/],
    ['/set temperature warm', /default, or a number, 0 to 2; "warm" is not/],
    ['/set person none', /Only Vertex AI takes person/],
    ['/set seed 1.5', /whole number|none, or a number/],
    ['/set system', /system is none \(default\)/],
    ['/set escape never', /one of keep, abort; "never" is not/],
    ['/set size 1K 2K', /size is a word, such as 2K; "1K 2K" is not/],
    ['/set size 1K --ever', /There is no --ever here; there is --always/],
  ])('%s gets a sentence', async (line, sentence) => {
    const one = await practiceSession()
    const before = one.session
    expect((await run(one, line)).words).toEqual([expect.stringMatching(sentence)])
    expect(one.session).toBe(before)
  })

  test('a size for a model without sizes gets a sentence', async () => {
    const one = await practiceSession()
    await run(one, '/model nb1')
    expect((await run(one, '/set size 2K')).words).toEqual([
      expect.stringMatching(/no size at all, and always makes about 1K/),
    ])
  })
})
