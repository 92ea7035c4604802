import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import type { Outcome } from '../../src/core/session/session.ts'
import { thoughtImages, thoughtWords } from '../../src/core/session/thoughts.ts'
import { readJournal } from '../../src/store/session/journal.ts'
import { readAnswer } from '../../src/store/session/stored-answers.ts'
import { run } from '../commands/stage.ts'
import { wiretap } from '../gemini/wire.ts'
import { engine, SMALL, talk } from './talk.ts'

function answered(outcome: Outcome) {
  if (outcome.kind !== 'answered') throw new Error(`${outcome.kind}, not answered`)
  return outcome
}

test('thoughts are stored with the answer, their images in files of their own, and none is a version', async () => {
  const one = await talk({ settings: { ...SMALL, thoughts: 'on', thinking: 'high' } })
  const { thoughts = [], versions } = answered(await one.line('a red fox'))
  expect(versions).toEqual([1])
  expect(thoughtWords(thoughts)).toMatch(/^Considering the picture\n\n/)
  const files = thoughtImages(thoughts).map(({ file }) => file)
  // The last draft is the image itself, which is stored once.
  expect(files).toEqual(['thoughts/t1-2.jpg', 'images/v1.jpg'])
  for (const file of files) expect((await readFile(one.store.path(file))).length).toBeGreaterThan(1000)
  const folder = one.store.folder ?? ''
  expect((await readAnswer(folder, 't1'))?.thoughts).toEqual(thoughts)
  const { facts } = await readJournal(folder)
  expect(facts.find(({ type }) => type === 'answered')).toMatchObject({ thoughts })
})

test('thoughts without being asked for are not versions either, and none is sent back to the model', async () => {
  const wire = await wiretap(await engine('thoughts'))
  const one = await talk({ url: wire.url })
  const { versions, thoughts = [] } = answered(await one.line('a red fox'))
  expect(versions).toEqual([1])
  expect(thoughtImages(thoughts)).toHaveLength(2)
  await one.line('make it night')
  const sent = JSON.stringify(wire.requests.at(-1)?.body)
  expect(sent).not.toContain('Considering')
  const images = wire.requests
    .at(-1)
    ?.body.contents.flatMap(({ parts }) => parts.filter((part) => part.inlineData))
  expect(images).toHaveLength(1)
})

test('/show --thoughts shows them again with their images, and says how to get some', async () => {
  const one = await talk({ settings: { ...SMALL, thoughts: 'on', thinking: 'high' } })
  await one.line('a red fox')
  const { words, shown } = await run(one, '/show v1 --thoughts')
  expect(words).toEqual([expect.stringMatching(/^Considering the picture/)])
  expect(shown).toEqual([
    expect.stringMatching(/^thought 1 of 2 before v1 · .* · thoughts\/t1-2\.jpg$/),
    expect.stringMatching(/^thought 2 of 2 before v1/),
  ])
  const none = await talk()
  await none.line('a red fox')
  expect((await run(none, '/show --thoughts')).words).toEqual([
    'v1 came without thoughts; /set thoughts on asks for them from the next line on.',
  ])
})

test('searches and their results are stored with the turn, and shown again by /show --sources', async () => {
  const one = await talk({ settings: { ...SMALL, search: 'image' } })
  const { grounding } = answered(await one.line('a red fox'))
  expect(grounding).toMatchObject({
    queries: ['red fox', 'red fox what it looks like'],
    imageQueries: ['red fox'],
    suggestions: [{ text: 'red fox', uri: 'https://www.google.com/search?q=red%20fox' }, {}],
  })
  expect(grounding?.sources.at(-1)).toEqual({
    kind: 'image',
    uri: 'https://example.net/gallery/red-fox',
    title: 'red fox — a gallery',
  })
  const { facts } = await readJournal(one.store.folder ?? '')
  expect(facts.find(({ type }) => type === 'answered')).toMatchObject({ grounding })
  expect((await run(one, '/show v1 --sources')).sources).toEqual([grounding])
  const none = await talk()
  await none.line('a red fox')
  expect((await run(none, '/show --sources')).words[0]).toMatch(
    /^Nothing was searched for v1; \/set search web/,
  )
})
