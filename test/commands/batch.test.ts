import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listJobs } from '../../src/store/jobs/jobs.ts'
import { engine, talk } from '../turn/talk.ts'
import { picture, run } from './stage.ts'

const TWO = 'name,prompt,refs\nfox,a red fox,hero.png\nowl,an owl,\n'

test('/batch submits from a session, and its images become side versions of it, any of which can be continued', async () => {
  const one = await talk()
  await one.line('a lighthouse')
  await picture(one, 'hero.png')
  await writeFile(join(one.place.folder, 'two.csv'), TWO)

  const refused = await run(one, '/batch submit two.csv', false)
  expect(refused.questions).toMatchObject([
    { text: expect.stringMatching(/^2 images, about \$.*Send them\?$/) },
  ])
  expect(refused.words.at(-1)).toBe('Nothing was sent.')
  const sent = await run(one, '/batch submit two.csv', true)
  expect(sent.words.at(-1)).toBe('two: 2 in progress')

  const [waiting] = (await run(one, '/batch')).rows
  expect(waiting).toEqual(['two', '2 ready: /batch fetch two'])
  const fetched = await run(one, '/batch fetch')
  expect(fetched.words.at(-1)).toBe('two: 2 in the session')
  const { head, versions, turns } = one.session
  expect(head).toEqual({ turn: 't1', version: 1 })
  expect(versions.map(({ name }) => name)).toEqual([undefined, 'fox', 'owl'])
  // The settings of the session, where the file has none.
  expect(turns.map(({ settings }) => settings.size)).toEqual(['512', '512', '512'])
  expect(turns[1]?.mentions.map(({ name }) => name)).toEqual(['hero.png'])
  expect((await run(one, '/batch fetch')).words).toEqual([
    'This session has no open batch; /batch status lists the batches of all sessions.',
  ])

  expect(one.session.tags).toEqual([
    { name: 'fox', version: 2 },
    { name: 'owl', version: 3 },
  ])
  expect((await run(one, '/show @owl')).shown).toEqual([3])
  await run(one, '/goto @fox')
  expect(one.session.head).toEqual({ turn: 't2', version: 2 })
  await one.line('make it night', { parent: { turn: 't2', version: 2 } })
  expect(one.session.versions.at(-1)?.parent).toEqual({ turn: 't2', version: 2 })
})

test('a batch of a session that nothing happened in yet gives it a title, and so a place to come to', async () => {
  const one = await talk()
  await writeFile(join(one.place.folder, 'owls.csv'), 'prompt\nan owl\n')
  await run(one, '/batch submit owls.csv', true)
  expect(one.session.title).toBe('owls')
  expect((await listJobs(one.place.root))[0]?.session).toBe(one.session.id)
  await run(one, '/batch fetch owls')
  expect(one.session.versions).toHaveLength(1)
})

test('a batch of another session is not brought into this one', async () => {
  const home = await talk()
  await writeFile(join(home.place.folder, 'owls.csv'), 'prompt\nan owl\n')
  await run(home, '/batch submit owls.csv', true)
  const other = await talk({ home: home.place.folder, url: await engine() })
  await other.line('a fox')
  expect((await run(other, '/batch fetch owls')).words).toEqual([
    `owls belongs to the session ${home.session.id}: /resume ${home.session.id}, or limn batch fetch owls.`,
  ])
  expect((await run(other, '/batch fetch no')).words).toEqual(['There is no batch "no".'])
})

test('Esc stops a fetch between two rows, and the next one goes on', async () => {
  const one = await talk()
  await writeFile(join(one.place.folder, 'two.csv'), 'name,prompt\nfox,a fox\nowl,an owl\n')
  await run(one, '/batch submit two.csv', true)
  one.record.add = stopAfter(one, 2)
  const stopped = await run(one, '/batch fetch two')
  expect(stopped.words).toContain('The call was aborted.')
  expect(one.session.versions).toHaveLength(1)
  one.cut = new AbortController()
  await run(one, '/batch fetch two')
  expect(one.session.versions.map(({ name }) => name)).toEqual(['fox', 'owl'])
})

/** Acts as a user who presses Esc after this many changes were recorded. */
function stopAfter(one: Awaited<ReturnType<typeof talk>>, count: number) {
  const add = one.record.add.bind(one.record)
  let left = count
  return async (change: Parameters<typeof add>[0]) => {
    await add(change)
    left -= 1
    if (left === 0) one.cut.abort()
  }
}

test('/batch cancel and /batch retry name a batch by its beginning', async () => {
  const one = await talk({ faults: 'slow:60,batch-running' })
  await writeFile(join(one.place.folder, 'owls.csv'), 'name,prompt\nowl,an owl\n')
  await run(one, '/batch submit owls.csv', true)
  expect((await run(one, '/batch cancel ow')).words[0]).toContain('It is cancelled.')
  const fetched = await run(one, '/batch fetch owls')
  expect(fetched.rows).toEqual([['owl', 'The job was cancelled before it was drawn.']])
  expect(fetched.words.at(-1)).toBe('owls: 1 missing · /batch retry owls')
  expect((await run(one, '/batch retry owls', true)).words.at(-1)).toBe('owls: 1 in progress')
})
