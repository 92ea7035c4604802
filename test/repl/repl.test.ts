import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { explain } from '../../src/core/failures/failure.ts'
import { plainText } from '../../src/headless/plain-text.ts'
import type { Screen } from '../../src/repl/screen.ts'
import { picture } from '../commands/stage.ts'
import { drifting } from '../turn/drifting.ts'
import { draw, drawn, ended, ready, startRepl, type TestRepl } from './drive.ts'

const texts = ({ session }: TestRepl) => session.turns.map(({ text, parent }) => [text, parent.version])
const waiting = ({ session }: TestRepl) => session.waiting.map(({ line }) => line)

describe('a typed line', () => {
  test('is on the disk before the engine hears of it, and whatever is shown is there too', async () => {
    const one = await startRepl()
    const late: string[] = []
    one.watchers.push((item) => {
      if (item.kind !== 'fact') return
      if (!one.journal().some((fact) => JSON.stringify(fact) === JSON.stringify(item.fact)))
        late.push(item.fact.type)
      const { fact } = item
      if (fact.type === 'answered') {
        for (const { file } of fact.images)
          if (!existsSync(join(one.repl.folder ?? '', file.file))) late.push(file.file)
      }
    })
    await one.type('a red fox')
    await one.wire.arrived()
    expect(one.journal().map(({ type }) => type)).toEqual(['prompted', 'set'])
    await one.wire.open()
    await one.until(drawn(1))
    expect(one.facts.map(({ type }) => type)).toEqual(['prompted', 'answered'])
    expect(late).toEqual([])
  })

  test('is shown at once, with what it edits', async () => {
    const one = await startRepl()
    await one.type('a red fox')
    expect(one.printed[0]).toEqual({ kind: 'line', label: 'v0', text: 'a red fox' })
    await one.wire.open()
    await one.until(drawn(1))
    await one.type('brighter')
    expect(one.printed.findLast(({ kind }) => kind === 'line')).toMatchObject({
      label: 'v1',
      text: 'brighter',
    })
    expect(one.screen.lane).toMatchObject({ kind: 'turn', prompt: { text: 'brighter' } })
    await one.wire.open()
    await one.until(drawn(2))
  })

  test('that is an unknown command is answered with the nearest, and not sent', async () => {
    const one = await startRepl()
    await one.type('/svae')
    expect(one.words).toEqual([expect.stringContaining('did you mean /save?')])
    expect(one.repl.folder).toBeUndefined()
  })

  test('with bad words for a command gets a sentence and an example', async () => {
    const one = await startRepl()
    await one.type('/undo two')
    expect(one.words).toEqual(['"two" is not a number of steps. For example: /undo 2'])
  })

  test('that is nothing does nothing', async () => {
    const one = await startRepl()
    await one.type('   ')
    expect(one.printed).toEqual([])
  })
})

describe('lines typed while a turn runs', () => {
  test('wait in order, and each continues from the one before', async () => {
    const one = await startRepl()
    await one.type('a red fox')
    for (const line of ['brighter', 'v1 but darker', 'warmer']) await one.type(line)
    expect(waiting(one)).toEqual(['brighter', 'v1 but darker', 'warmer'])
    expect(one.wire.requests.length).toBeLessThanOrEqual(1)
    for (let n = 0; n < 4; n++) await one.wire.open()
    await one.until(drawn(4))
    // There was no v1 yet when the third was typed: it is words.
    expect(texts(one)).toEqual([
      ['a red fox', null],
      ['brighter', 1],
      ['v1 but darker', 2],
      ['warmer', 3],
    ])
    // Each leaves the queue with the fact that it has been sent: a kill at any moment loses none.
    const waited = one.facts.flatMap((fact) => (fact.type === 'queued' ? [fact.waiting.id] : []))
    const sent = one.facts.flatMap((fact) => (fact.type === 'prompted' && fact.queued ? [fact.queued] : []))
    expect(sent).toEqual(waited)
    expect(one.session.waiting).toEqual([])
  })

  test('keep the base and the images that they had when Enter was pressed', async () => {
    const one = await startRepl()
    await draw(one, 'a red fox')
    await picture({ place: one.place }, 'hat.png')
    await one.type('brighter')
    await one.type('v1 but darker, with @hat.png')
    await rm(join(one.place.folder, 'hat.png'))
    await one.wire.open()
    await one.wire.open()
    await one.until(drawn(3))
    expect(texts(one)[2]).toEqual(['v1 but darker, with hat.png', 1])
    expect(one.session.turns[2]?.mentions.map(({ name }) => name)).toEqual(['hat.png'])
  })

  test('may be commands, which wait too; help and what is unknown do not', async () => {
    const one = await startRepl()
    await one.type('a red fox')
    await one.type('/set aspect 16:9')
    await one.type('wider')
    await one.type('/help undo')
    await one.type('/nonsense')
    expect(waiting(one)).toEqual(['/set aspect 16:9', 'wider'])
    expect(one.words.join('\n')).toMatch(/\/undo \[N\][\s\S]*no command \/nonsense/)
    await one.wire.open()
    await one.wire.open()
    await one.until(drawn(2))
    expect(one.session.turns.map(({ settings }) => settings.aspect)).toEqual(['auto', '16:9'])
  })

  test('all run before the REPL has settled, commands too', async () => {
    const one = await startRepl()
    await one.type('a red fox')
    await one.type('/set aspect 16:9')
    const settled = one.repl.settled()
    await one.wire.open()
    await settled
    expect(waiting(one)).toEqual([])
    expect(one.session.settings.aspect).toBe('16:9')
  })

  test('outlive limn: they are there when the session is opened again', async () => {
    const one = await startRepl()
    await one.type('a red fox')
    await one.type('brighter')
    await one.repl.close()
    const again = await startRepl({ home: one.place.home, target: { kind: 'session', id: one.session.id } })
    await again.repl.start()
    expect(waiting(again)).toEqual(['brighter'])
    expect(again.screen.held).toBe(true)
    expect(again.facts).toMatchObject([{ type: 'failed', failure: { kind: 'no-answer' } }])
    expect(again.screen.offer).toEqual({ line: 'a red fox' })
  })
})

test.each(['a red fox -n 4', 'a {red|blue|grey|black} fox'])(
  '%s, of which limn ended before three came: that is told once, and the line is offered as it was typed',
  async (line) => {
    const one = await startRepl()
    await one.type(line)
    await one.until(({ session }) => session.turns.length === 4)
    await one.wire.open()
    await one.until(({ session }) => session.versions.length === 1)
    await one.repl.close()
    const again = await startRepl({ home: one.place.home, target: { kind: 'session', id: one.session.id } })
    await again.repl.start()
    const told = again.printed.map(plainText).filter((words) => words !== '')
    expect(told.filter((words) => words === `› ${line}`)).toHaveLength(1)
    expect(told.filter((words) => /ended before/.test(words))).toEqual([
      expect.stringMatching(/^3 of 4 images: limn ended before the answer came\. .*billed/),
    ])
    expect(again.facts).toHaveLength(3)
    expect(again.screen.offer).toEqual({ line })
  },
)

describe('the queue is held', () => {
  test.each([
    ['after a failure', '403'],
    ['after an answer without an image', 'no-image'],
    ['after an answer in words', 'text-only'],
  ])('%s, until Enter runs it', async (_, fault) => {
    const one = await startRepl({ faults: `slow:0,${fault}` })
    await draw(one, 'a red fox')
    await one.type('brighter')
    await one.type('darker')
    await one.wire.open()
    await one.until(ended(2))
    expect(one.screen.held).toBe(true)
    expect(waiting(one)).toEqual(['darker'])
    await one.type('')
    await one.wire.open()
    await one.until(ended(3))
    expect(one.session.turns[2]?.text).toBe('darker')
    expect(one.screen.held).toBe(false)
  })

  test('after Esc, and a second Esc drops it', async () => {
    const one = await startRepl()
    await one.type('a red fox')
    await one.wire.arrived()
    await one.type('brighter')
    await one.repl.letGo()
    expect(one.screen).toMatchObject({ held: true, lane: { kind: 'ready' }, behind: 1 })
    await one.repl.dropHeld()
    expect(waiting(one)).toEqual([])
    expect(one.screen.held).toBe(false)
    await one.wire.open()
    await one.until(drawn(1))
  })

  test('after a jump', async () => {
    const one = await startRepl()
    await draw(one, 'a red fox')
    await draw(one, 'brighter')
    await one.type('darker')
    await one.type('/goto v1')
    await one.type('warmer')
    await one.wire.open()
    await one.until(({ held }) => held)
    expect(waiting(one)).toEqual(['warmer'])
    await one.repl.runHeld()
    await one.wire.open()
    await one.until(drawn(4))
    expect(texts(one)[3]).toEqual(['warmer', 1])
  })

  test('when a line of it carries too many images; the prompt is free', async () => {
    const one = await startRepl()
    await one.type('/model nb1')
    for (let n = 0; n < 4; n++) await picture({ place: one.place }, `p${n}.png`, `rgb(${n}, 0, 0)`)
    await one.type('a red fox')
    await one.type('with @p0.png @p1.png @p2.png @p3.png')
    await one.type('darker')
    await one.wire.open()
    await one.until(({ held, lane }) => held && lane.kind === 'ready')
    expect(one.words.join('\n')).toMatch(/takes 3 images.*carry 4/)
    expect(waiting(one)).toEqual(['darker'])
    expect(one.screen.offer).toEqual({ line: 'with @p0.png @p1.png @p2.png @p3.png' })
  })
})

describe('a failure', () => {
  test('offers the line again as it was typed, and the session goes on', async () => {
    const one = await startRepl({ faults: '403' })
    await draw(one, 'a red fox --fresh')
    expect(one.screen.offer).toEqual({ line: 'a red fox --fresh' })
    expect(one.facts.at(-1)).toMatchObject({ type: 'failed', failure: { kind: 'permission' } })
    await draw(one, 'a red fox')
    expect(one.session.versions).toHaveLength(1)
  })

  test('offers nothing to a user who has typed the next line', async () => {
    const one = await startRepl({ faults: '403' })
    await one.type('a red fox')
    await one.type('brighter')
    await one.wire.open()
    await one.until(({ held }) => held)
    expect(one.screen.offer?.line).not.toBe('brighter')
  })

  test('while it is overloaded is tried again, visibly', async () => {
    const one = await startRepl({ faults: '503' })
    const seen: string[] = []
    one.repl.live.subscribe(() => {
      const { lane } = one.screen
      if (lane.kind === 'turn' && lane.text !== '') seen.push(lane.text)
    })
    await one.type('a red fox')
    await one.wire.open()
    await one.wire.open()
    await one.until(drawn(1))
    expect(seen[0]).toMatch(/overloaded.*Try 2 of 4/)
  })
})

describe('Esc', () => {
  test('frees the prompt at once; the image comes later, as a side version', async () => {
    const one = await startRepl()
    await draw(one, 'a red fox')
    await one.type('brighter')
    await one.wire.arrived()
    await one.repl.letGo()
    expect(one.screen).toMatchObject({ lane: { kind: 'ready' }, behind: 1 })
    await one.wire.open()
    await one.until(drawn(2))
    expect(one.session.head).toEqual({ turn: 't1', version: 1 })
    expect(one.session.turns[1]).toMatchObject({ letGo: true, outcome: { kind: 'answered', versions: [2] } })
  })

  test('and a new line: both answers come, each with its own number and parent', async () => {
    const one = await startRepl()
    await draw(one, 'a red fox')
    await one.type('brighter')
    await one.wire.arrived()
    await one.repl.letGo()
    await one.type('darker')
    await one.wire.open()
    await one.wire.open()
    await one.until(drawn(3))
    expect(one.session.versions.map(({ number, parent }) => [number, parent.version])).toEqual([
      [1, null],
      [2, 1],
      [3, 1],
    ])
    const current = one.session.versions.find(({ number }) => number === one.session.head.version)
    expect(current?.turn).toBe('t3')
  })

  test('of a turn that then fails and may have been billed offers nothing', async () => {
    const one = await startRepl({ faults: '500' })
    await one.type('a red fox')
    await one.wire.arrived()
    await one.repl.letGo()
    await one.wire.open()
    await one.until(ended(1))
    expect(one.screen.offer).toBeNull()
    expect(one.session.turns[0]?.outcome).toMatchObject({ kind: 'failed', failure: { kind: 'internal' } })
  })

  test('cuts the call for a user who has set that', async () => {
    const one = await startRepl({ values: { escape: 'abort' } })
    await one.type('a red fox')
    await one.wire.arrived()
    await one.repl.letGo()
    await one.until(ended(1))
    const outcome = one.session.turns[0]?.outcome
    expect(outcome).toMatchObject({ kind: 'failed', failure: { kind: 'aborted' } })
    if (outcome?.kind === 'failed') expect(explain(outcome.failure).maybeBilled).toBe(true)
    expect(one.session.turns[0]?.letGo).toBe(false)
  })

  test('after a wait moves the running attempt to the background, like any other', async () => {
    const one = await startRepl({ faults: '503' })
    await one.type('a red fox')
    await one.wire.open()
    await one.wire.arrived()
    expect(one.screen.lane).toMatchObject({ kind: 'turn', text: '' })
    await one.repl.letGo()
    expect(one.screen).toMatchObject({ lane: { kind: 'ready' }, behind: 1 })
    await one.wire.open()
    await one.until(drawn(1))
    expect(one.session.turns[0]).toMatchObject({ letGo: true, outcome: { kind: 'answered' } })
  })

  test('with nothing out does nothing', async () => {
    const one = await startRepl()
    await one.repl.letGo()
    expect(one.printed).toEqual([])
  })
})

describe('a question', () => {
  test('is answered by what does least when a line is typed; the line is not swallowed', async () => {
    const one = await startRepl()
    const first = one.type('a fox like @nobody')
    await one.until(({ question }) => question !== null)
    await Promise.all([first, one.type('a blue fox')])
    await one.wire.open()
    await one.until(drawn(1))
    expect(texts(one)).toEqual([['a blue fox', null]])
    expect(one.screen.question).toBeNull()
    expect(one.words.join()).toMatch(/Not sent/)
  })

  test('is answered by a typed y, which is no line', async () => {
    const one = await startRepl()
    const first = one.type('a fox like @nobody')
    await one.until(({ question }) => question !== null)
    await Promise.all([one.type('y'), first])
    await one.wire.open()
    await one.until(drawn(1))
    expect(texts(one)).toEqual([['a fox like nobody', null]])
  })

  test('that is answered with no gives the line back', async () => {
    const one = await startRepl()
    const first = one.type('a fox like @nobody')
    await one.until(({ question }) => question !== null)
    one.repl.answer(false)
    await first
    expect(one.screen.offer).toEqual({ line: 'a fox like @nobody' })
    expect(one.repl.folder).toBeUndefined()
  })

  test('gets its default if nobody can be asked', async () => {
    const one = await startRepl({ asks: false })
    await one.type('a fox like @nobody')
    expect(one.screen.question).toBeNull()
    expect(one.repl.folder).toBeUndefined()
  })
})

describe('a disk that fails', () => {
  test('during an answer: the image is kept elsewhere, which is said, and the next line works', async () => {
    const one = await startRepl()
    await draw(one, 'a red fox')
    await one.type('brighter')
    await one.wire.arrived()
    const journal = join(one.repl.folder ?? '', 'session.jsonl')
    await rename(journal, `${journal}-away`)
    await mkdir(journal)
    await one.wire.open()
    await one.until(ready)
    const said = [
      ...one.words,
      ...one.facts.flatMap((fact) => (fact.type === 'failed' ? [JSON.stringify(fact)] : [])),
    ].join('\n')
    const kept = /The image is kept in (\S+?)\.?(?:["\s]|$)/.exec(said)?.[1] ?? ''
    onTestFinished(() => rm(kept, { recursive: true, force: true }))
    expect(await readdir(kept)).toEqual(['v2.jpg'])
    await rm(journal, { recursive: true })
    await rename(`${journal}-away`, journal)
    await one.type('darker')
    await one.wire.open()
    await one.until(ready)
    expect(one.session.versions.map(({ number }) => number)).toEqual([1, 3])
    expect(existsSync(join(one.repl.folder ?? '', 'images', 'v2.jpg'))).toBe(true)
  })

  test('before a line is sent: nothing is sent, and the line is given back', async () => {
    const one = await startRepl()
    await mkdir(join(one.place.home), { recursive: true })
    await rename(one.place.home, `${one.place.home}-away`)
    onTestFinished(() => rename(`${one.place.home}-away`, one.place.home).catch(() => undefined))
    const { writeFile } = await import('node:fs/promises')
    await writeFile(one.place.home, '')
    onTestFinished(() => rm(one.place.home, { force: true }))
    await one.type('a red fox')
    await one.until(({ offer }) => offer !== null)
    expect(one.wire.requests).toEqual([])
    expect(one.screen.offer).toEqual({ line: 'a red fox' })
    expect(one.words.join()).toMatch(/\./)
  })
})

describe('another session', () => {
  test('while a turn runs in the background: its image arrives in its own session, which is reported, and the session is closed', async () => {
    const one = await startRepl()
    await draw(one, 'a red fox')
    const old = one.repl.folder ?? ''
    await one.type('brighter')
    await one.wire.arrived()
    await one.repl.letGo()
    await one.type('/new Sea')
    expect(one.session.title).toBe('Sea')
    expect(one.session.versions).toEqual([])
    await one.type('a blue sea')
    await one.wire.open()
    await one.wire.open()
    await one.until(drawn(1))
    expect(one.words.join('\n')).toMatch(/v2 arrived in the session .*a-red-fox/)
    expect(existsSync(join(old, 'images', 'v2.jpg'))).toBe(true)
    expect(existsSync(join(old, 'lock'))).toBe(false)
    expect(await readFile(join(old, 'session.jsonl'), 'utf8')).toMatch(/"type":"answered","turn":"t2"/)
  })

  test('/new leaves the one before as it was, and /resume goes back to it', async () => {
    const one = await startRepl()
    await draw(one, 'a red fox')
    const { id } = one.session
    await one.type('/clear')
    expect(one.repl.folder).toBeUndefined()
    await one.type(`/resume ${id}`)
    expect(one.session.id).toBe(id)
    await draw(one, 'brighter')
    expect(texts(one)[1]).toEqual(['brighter', 1])
  })

  test('a new key is in force in the same session at once, and an image that is still being drawn is not lost', async () => {
    const one = await startRepl({ env: { GEMINI_API_KEY: '' } })
    await draw(one, 'a red fox')
    await one.type('brighter')
    await one.wire.arrived()
    await one.repl.letGo()
    const key = one.type('/key')
    await one.until(({ question }) => question !== null)
    one.repl.answer('AIza-a-new-key')
    // The list of models, while the image is still being drawn.
    await one.wire.openLast()
    await key
    await one.wire.open()
    await one.until(drawn(2))
    expect(existsSync(join(one.repl.folder ?? '', 'images', 'v2.jpg'))).toBe(true)
    await draw(one, 'darker')
    expect(one.session.versions).toHaveLength(3)
    expect(one.wire.requests.at(-1)?.headers['x-goog-api-key']).toBe('AIza-a-new-key')
  })
})

describe('sessions and questions side by side', () => {
  test('lines typed after /new go to the new session', async () => {
    const one = await startRepl()
    await one.type('a red fox')
    await one.wire.arrived()
    await one.type('/new second')
    await one.type('a dog')
    await one.wire.open()
    await one.until(({ session }) => session.title === 'second' && session.turns.length === 1)
    expect(one.session.turns[0]?.text).toBe('a dog')
    await one.wire.open()
    await one.until(drawn(1))
  })

  test('/resume goes back to a session whose turn still runs, and the image arrives in it', async () => {
    const one = await startRepl()
    await one.type('a red fox')
    await one.wire.arrived()
    await one.repl.letGo()
    const { id } = one.session
    await one.type('/new')
    await one.type(`/resume ${id}`)
    expect(one.session.id).toBe(id)
    expect(one.screen.readOnly).toBeNull()
    await one.wire.open()
    await one.until(drawn(1))
    expect(one.session.turns[0]?.outcome.kind).toBe('answered')
  })

  test('who only looks at a session runs none of its waiting lines, and can still look around', async () => {
    const one = await startRepl()
    await draw(one, 'a red fox')
    await one.type('brighter')
    await one.wire.arrived()
    await one.type('warmer')
    const other = await startRepl({ home: one.place.home, target: { kind: 'session', id: one.session.id } })
    await other.repl.start()
    expect(other.screen.readOnly).toMatch(/has this session/)
    expect(other.screen.held).toBe(false)
    await other.type('')
    await other.type('/log')
    await other.type('/undo')
    expect(other.session.head).toEqual({ turn: null, version: null })
    await one.wire.open()
    await one.wire.open()
    await one.until(drawn(3))
  })

  test('of two questions at once each gets its own answer', async () => {
    const one = await startRepl({ env: { GEMINI_API_KEY: '' } })
    await one.type('a red fox')
    await one.wire.arrived()
    await one.type('/key')
    const line = one.type('draw @nofile now')
    await one.until(({ question }) => question?.kind === 'yes-no')
    await one.wire.open()
    await one.until(({ session }) => session.versions.length === 1)
    one.repl.answer(false)
    await line
    await one.until(({ question }) => question?.kind === 'secret')
    one.repl.answer(undefined)
    await one.repl.settled()
    await draw(one, 'brighter')
  })

  test('a settings command alone makes no session on the disk, and the first prompt names it', async () => {
    const one = await startRepl()
    await one.type('/set aspect 16:9')
    expect(one.repl.folder).toBeUndefined()
    await draw(one, 'a red fox')
    expect(one.repl.folder).toMatch(/a-red-fox$/)
    expect(one.journal().find(({ type }) => type === 'set')).toMatchObject({ settings: { aspect: '16:9' } })
  })
})

describe('the end', () => {
  test('records what is still running, and closes the session', async () => {
    const one = await startRepl()
    await one.type('a red fox')
    await one.wire.arrived()
    const folder = one.repl.folder ?? ''
    await one.type('/quit')
    expect(one.screen.ended).toBe(true)
    expect(one.journal().at(-1)).toMatchObject({ type: 'left', out: ['t1'] })
    expect(existsSync(join(folder, 'lock'))).toBe(false)
  })

  test('of a session in which nothing happened leaves nothing', async () => {
    const one = await startRepl()
    await one.type('/help')
    await one.repl.close()
    expect(existsSync(join(one.place.root, 'sessions'))).toBe(false)
  })
})

test('a session of Gemini without a key can be looked at, and a line asks for the key and is kept', async () => {
  const one = await startRepl()
  await draw(one, 'a red fox')
  await draw(one, 'brighter')
  const { id } = one.session
  await one.repl.close()
  const none = { GOOGLE_GEMINI_BASE_URL: '', GEMINI_API_KEY: '' }
  const again = await startRepl({ home: one.place.home, target: { kind: 'session', id }, env: none })
  expect(again.screen.engine.kind).toBe('none')
  await again.type('/undo')
  expect(again.session.head.version).toBe(1)
  await again.type('darker')
  await again.until(({ offer }) => offer !== null)
  expect(again.printed.at(-1)).toMatchObject({
    kind: 'notice',
    notice: { problem: { why: { reason: 'no-key' } } },
  })
  expect(again.screen.offer).toEqual({ line: 'darker' })
  expect(again.session.turns).toHaveLength(2)
})

test('a line with an API key in it is neither sent, nor kept, nor shown', async () => {
  const one = await startRepl()
  await draw(one, 'a red fox')
  const key = 'AIzaSyA-1234567890abcdefghijklmnop'
  await one.type(key)
  await one.type(`/key ${key}`)
  await one.type('/k another-makers-key')
  await one.repl.settled()
  expect(JSON.stringify(one.printed)).not.toContain('another-makers-key')
  expect(JSON.stringify(one.printed)).not.toContain(key)
  expect(JSON.stringify(one.journal())).not.toContain(key)
  expect(one.wire.requests).toHaveLength(1)
  expect(one.words.at(-1)).toMatch(/type \/key alone/i)
})

test('a picture that drifts is reported after the tenth edit, while the prompt is free', async () => {
  const url = await drifting((image) => image.linear([1.015, 1, 0.98], [0, 0, 0]))
  const one = await startRepl({ url })
  const told = new Promise<Screen>((done) => {
    one.watchers.push((item) => {
      if (item.kind === 'notice' && item.notice.type === 'say' && /\/forget/.test(item.notice.text))
        done(one.screen)
    })
  })
  for (let turn = 0; turn <= 10; turn++) await draw(one, 'the same again')
  const screen = await told
  expect(screen.lane.kind).toBe('ready')
  expect(screen.session.versions).toHaveLength(11)
  expect(one.words).toEqual([expect.stringMatching(/^Since v1, 10 edits ago/)])
})
