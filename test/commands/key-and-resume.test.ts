import { cp, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SessionStore, sessionsFolder } from '../../src/store/session/session-store.ts'
import { answering, gate } from '../gemini/wire.ts'
import { engine, type Talk, talk } from '../turn/talk.ts'
import { practiceSession, run } from './stage.ts'

const KEY = 'AIzaSyA-good-key-0123456789'

/** A practice session on a machine whose Gemini is at this address. */
async function beside(url: string, env: Talk['place']['env'] = {}): Promise<Talk> {
  const one = await talk({ practice: true })
  Object.assign(one, { place: { ...one.place, env: { GOOGLE_GEMINI_BASE_URL: url, ...env } } })
  return one
}

const keyOf = (one: Talk) => readFile(join(one.place.root, 'key'), 'utf8').catch(() => '')

describe('/key', () => {
  test('asks without echo, checks for free, keeps it for the user alone, and opens a session with Gemini', async () => {
    const one = await beside(await engine())
    const { questions, words, gos } = await run(one, '/key', ` ${KEY} `)
    expect(questions).toMatchObject([{ kind: 'secret' }])
    expect(words[0]).toMatch(/aistudio\.google\.com.*billing.*\$0\.03/)
    expect(words[1]).toBe('Checking the key…')
    expect(words[2]).toMatch(/The key works: it reaches \d+ image models/)
    expect(words.join()).not.toContain(KEY)
    expect(await keyOf(one)).toBe(`${KEY}\n`)
    expect((await stat(join(one.place.root, 'key'))).mode & 0o777).toBe(0o600)
    expect(gos).toEqual([{ type: 'go', to: 'new', title: '', connected: true }])
  })

  test.each([KEY, 'my-secret words-of-mine', '--file key.txt'])(
    'with words behind it repeats none of them: %s',
    async (rest) => {
      const one = await beside(await engine())
      const { words, questions } = await run(one, `/key ${rest}`)
      expect(words).toEqual([expect.stringMatching(/nothing of it is kept.*Type \/key alone/)])
      for (const word of rest.split(' ')) expect(words.join()).not.toContain(word)
      expect(questions).toEqual([])
      expect(await keyOf(one)).toBe('')
    },
  )

  test.each([undefined, '', '  '])('answered with %j sets none', async (answer) => {
    const one = await beside(await engine())
    const { words, gos } = await run(one, '/key', answer)
    expect(words.at(-1)).toBe('No key was set.')
    expect(gos).toEqual([])
    expect(await keyOf(one)).toBe('')
  })

  test('that Google does not know is not kept', async () => {
    const one = await beside(await engine())
    const { words, gos, tones } = await run(one, '/key', 'bad-key')
    expect(words.at(-1)).toMatch(/does not accept this API key/)
    expect(tones.at(-1)).toBe('bad')
    expect(gos).toEqual([])
    expect(await keyOf(one)).toBe('')
  })

  test.each(['two words', 'AIzaMitÄöü', 'with\nnewline'])('%j is no key, and is not kept', async (typed) => {
    const one = await beside(await engine())
    const { words, gos } = await run(one, '/key', typed)
    expect(words.at(-1)).toMatch(/key/)
    expect(words.join()).not.toContain(typed)
    expect(gos).toEqual([])
    expect(await keyOf(one)).toBe('')
  })

  test('that cannot be checked now is stored, with a warning', async () => {
    const { url } = await answering(503, { error: { code: 503, message: 'busy', status: 'UNAVAILABLE' } })
    const one = await beside(url)
    const { words } = await run(one, '/key', KEY)
    expect(words.at(-1)).toMatch(/is stored, but could not be checked.*overloaded/)
    expect(await keyOf(one)).toBe(`${KEY}\n`)
  })

  test('has a check that Esc ends, and then sets none', async () => {
    const { url, arrived } = await gate(await engine())
    const one = await beside(url)
    const esc = new AbortController()
    const context = one.context.bind(one)
    Object.assign(one, { context: () => ({ ...context(), released: esc.signal }) })
    const running = run(one, '/key', KEY)
    await arrived()
    esc.abort()
    const { words, gos } = await running
    expect(words.slice(1)).toEqual(['Checking the key…', 'The check was stopped. No key was set.'])
    expect(gos).toEqual([])
    expect(await keyOf(one)).toBe('')
  })

  test('checked with a failing server says nothing of a bill, since listing models is never billed', async () => {
    const { url } = await answering(500, { error: { code: 500, message: 'oh', status: 'INTERNAL' } })
    const { words } = await run(await beside(url), '/key', KEY)
    expect(words.at(-1)).toBe(
      'The key is stored, but could not be checked. The server had an internal error (500).',
    )
  })

  test.each(['GEMINI_API_KEY', 'GOOGLE_API_KEY'])(
    'says that %s is used instead of the file',
    async (name) => {
      const one = await beside(await engine(), { [name]: 'other' })
      expect((await run(one, '/key', KEY)).words.at(-1)).toMatch(
        new RegExp(`${name} is set.*is used instead of the file`),
      )
    },
  )

  test('in a session of Gemini changes what answers it', async () => {
    const url = await engine()
    const one = await talk({ url })
    Object.assign(one, { place: { ...one.place, env: { GOOGLE_GEMINI_BASE_URL: url } } })
    expect((await run(one, '/key', KEY)).gos).toMatchObject([{ to: 'new' }])
    await one.line('a red fox')
    expect((await run(one, '/key', KEY)).gos).toEqual([{ type: 'go', to: 'engine' }])
  })
})

describe('/resume', () => {
  async function withOthers(...lines: readonly string[]) {
    const one = await practiceSession('here and now')
    for (const line of lines) {
      const other = await talk({ practice: true, home: one.place.home })
      await other.line(line)
      await other.store.close()
    }
    return one
  }

  test('without another session says so', async () => {
    expect((await run(await practiceSession('a red fox'), '/resume')).words).toEqual([
      'There is no other session yet.',
    ])
    expect((await run(await practiceSession(), '/resume fox')).words).toEqual([
      'No other session contains "fox".',
    ])
  })

  test('lists the others, and goes to the one that is chosen', async () => {
    const one = await withOthers('a red fox', 'a blue sea')
    const { questions } = await run(one, '/resume', '')
    const [question] = questions
    const choices = question?.kind === 'choice' ? question.choices : []
    expect(choices.map(({ label }) => label).toSorted()).toEqual([
      expect.stringMatching(/^a blue sea · 1 images · /),
      expect.stringMatching(/^a red fox · 1 images · /),
    ])
    expect(choices.map(({ value }) => value)).not.toContain(one.session.id)
    const id = choices[0]?.value ?? ''
    expect((await run(one, '/resume', id)).gos).toEqual([{ type: 'go', to: 'session', id }])
    expect((await run(one, '/resume', undefined)).gos).toEqual([])
  })

  test('by words goes straight to the only one that has them, and asks between several', async () => {
    const one = await withOthers('a red fox', 'a blue fox')
    expect((await run(one, '/resume blue FOX')).gos).toMatchObject([
      { to: 'session', id: expect.stringContaining('a-blue-fox') },
    ])
    expect((await run(one, '/resume fox')).questions).toHaveLength(1)
    expect((await run(one, '/resume wolf')).words).toEqual(['No other session contains "wolf".'])
  })

  test('gives back the session itself when it is only looked at', async () => {
    const one = await withOthers()
    const { id } = one.session
    expect((await run(one, '/resume here')).gos).toEqual([])
    const looking = new SessionStore(one.place.root, one.place.folder, () => new Date(), {
      kind: 'looking',
      id,
      because: 'another limn has this session.',
    })
    Object.assign(one, { store: looking })
    expect((await run(one, '/resume here')).gos).toEqual([{ type: 'go', to: 'session', id }])
  })

  test('says how many more there are than it lists', async () => {
    const one = await withOthers('a red fox')
    const sessions = sessionsFolder(one.place.root)
    const fox = (await readdir(sessions)).find((name) => name.includes('fox')) ?? ''
    for (let copy = 0; copy < 49; copy++) {
      await cp(join(sessions, fox), join(sessions, `${fox}-${copy}`), { recursive: true })
    }
    expect((await run(one, '/resume', '')).questions).toMatchObject([{ text: 'Which session?' }])
    await cp(join(sessions, fox), join(sessions, `${fox}-49`), { recursive: true })
    await cp(join(sessions, fox), join(sessions, `${fox}-50`), { recursive: true })
    expect((await run(one, '/resume red', '')).questions).toMatchObject([
      { text: expect.stringMatching(/ and 2 more: \/resume words$/), choices: { length: 50 } },
    ])
  })
})
