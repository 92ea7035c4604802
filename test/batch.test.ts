import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { emptySession, replay, type Session } from '../src/core/session.ts'
import { listJobs } from '../src/store/jobs.ts'
import { readJournal } from '../src/store/journal.ts'
import { type Batcher, batcher, relay } from './batch-limn.ts'

const ROWS = `name,prompt,ar,size,model,refs
fox,a red fox,16:9,512,nb2,
bear,"a bear, asleep",,512,nb2,
owl,an owl,1:1,,lite,
`

async function sessionOf({ root }: Batcher, id: string): Promise<Session> {
  const { facts } = await readJournal(join(root, 'sessions', id))
  return replay(emptySession(id, { model: '', aspect: '', size: '' }), facts)
}

async function onlyJob({ root }: Batcher) {
  const [job, ...others] = await listJobs(root)
  if (!job || others.length > 0) throw new Error(`${others.length + 1} jobs`)
  return job
}

test('rows go out in jobs of one model each, and come back as versions with their names, at half the price', async () => {
  const server = await relay()
  const user = await batcher(server.url)
  await user.write('animals.csv', ROWS)

  const submitted = await user.limn(`batch submit ${user.home}/animals.csv --yes`)
  expect(submitted).toMatchObject({ code: 0, out: 'animals\n' })
  expect(submitted.err).toContain(
    '3 images: 2 × 512 by Nano Banana 2, 1 × 1K by Nano Banana 2 Lite · in 2 jobs',
  )
  expect(submitted.err).toMatch(/about \$0\.0\d\d, half of the list price/)
  expect(server.heard.filter(({ what }) => what === 'create')).toHaveLength(2)

  expect((await user.limn('batch status')).out).toContain('animals  3 ready: limn batch fetch animals')
  const fetched = await user.limn('batch fetch animals --json')
  expect(fetched.code).toBe(0)
  const report = JSON.parse(fetched.out)
  expect(report).toMatchObject({ id: 'animals', rows: { all: 3, landed: 3, missing: 0 } })
  expect(report.images.map(({ name }: { name: string }) => name)).toEqual(['fox', 'bear', 'owl'])

  const session = await sessionOf(user, report.session)
  expect(session.title).toBe('animals')
  expect(session.head).toEqual({ turn: null, version: null })
  expect(session.versions.map(({ name, file }) => [name, file.width])).toEqual([
    ['fox', 688],
    ['bear', 512],
    ['owl', 1024],
  ])
  expect(session.turns.map(({ text }) => text)).toEqual(['a red fox', 'a bear, asleep', 'an owl'])
  // 747 tokens of an image at $60 a million are $0.0448; a job costs half of that, and a few words.
  const costs = session.turns.map(({ outcome }) => (outcome.kind === 'answered' ? outcome.cost : undefined))
  expect(costs[0]).toMatchObject({ kind: 'known', usd: expect.closeTo(0.0228, 3) })
  const ledger = await readFile(join(user.root, 'ledger.jsonl'), 'utf8')
  expect(ledger.match(/"type":"ended"/g)).toHaveLength(3)
})

test('fetching again lands nothing twice and pays nothing twice', async () => {
  const server = await relay()
  const user = await batcher(server.url)
  await user.write('animals.csv', ROWS)
  await user.limn(`batch submit ${user.home}/animals.csv --yes`)
  const first = await user.limn('batch fetch animals')
  const asked = server.heard.length
  const second = await user.limn('batch fetch animals')
  expect(second).toMatchObject({ code: 0, out: first.out })
  expect(server.heard).toHaveLength(asked)
  const { session } = await onlyJob(user)
  expect((await sessionOf(user, session)).turns).toHaveLength(3)
})
