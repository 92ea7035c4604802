import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { halves } from '../../practice/test/client.ts'
import { batcher, onlyJob, relay, sessionOf } from './batch-limn.ts'

const ROWS = `name,prompt,ar,size,model,refs
fox,a red fox,16:9,512,nb2,
bear,"a bear, asleep",,512,nb2,
owl,an owl,1:1,,lite,
`

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

  const session = await sessionOf(user)
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

test('a budget that does not hold a batch stops it with status 4, also with --yes', async () => {
  const server = await relay()
  const user = await batcher(server.url)
  await user.write('animals.csv', ROWS)
  await mkdir(user.root, { recursive: true })
  await writeFile(join(user.root, 'settings.json'), '{"budgetDay": 0.05}')
  const { code, out, err } = await user.limn(`batch submit ${user.home}/animals.csv --yes`)
  expect({ code, out }).toEqual({ code: 4, out: '' })
  expect(err).toMatch(
    /^Not sent: the budget of \$0\.05 for today would be exceeded: \$0\.000 spent, and this can cost \$0\.\d+\.$/m,
  )
  expect(server.heard.filter(({ what }) => what === 'create')).toEqual([])
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
  expect((await sessionOf(user)).turns).toHaveLength(3)
})

test('everything that is wrong with a file is told at once, by line, and nothing is sent', async () => {
  const server = await relay()
  const user = await batcher(server.url)
  await user.write(
    'rows.csv',
    'prompt,ar,model,refs\na fox,17:9,,\n,1:1,,\nan owl,,nanno,\na bear,,,gone.png; gone.png\n',
  )
  const { code, out, err } = await user.limn(`batch submit ${user.home}/rows.csv --yes`)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err.split('\n')).toEqual([
    expect.stringContaining('line 2  Nano Banana 2.1 has no ratio "17:9"'),
    'line 3  The prompt is missing.',
    expect.stringContaining('line 4  limn does not know the model "nanno"'),
    'line 5  There is no file gone.png.',
    expect.stringContaining('Nothing was sent.'),
    '',
  ])
  expect(server.heard).toEqual([])
})

test('the price is stated and asked, and nothing is sent without a yes', async () => {
  const server = await relay()
  const user = await batcher(server.url)
  await user.write('rows.csv', 'prompt,size,model\na fox,,pro\nan owl,,models/my-own\n')
  const submit = `batch submit ${user.home}/rows.csv`

  const dry = await user.limn(`${submit} --dry-run`)
  expect(dry.code).toBe(0)
  expect(dry.out).toContain('a-fox  auto  1K  Nano Banana Pro')
  expect(dry.out).toMatch(/about \$0\.0[67]\d, half of the list price, and one row whose price is not known/)
  const rows = JSON.parse((await user.limn(`${submit} --dry-run --json`)).out)
  expect(rows).toMatchObject([
    { name: 'a-fox', prompt: 'a fox', ar: 'auto', size: '1K', most: expect.closeTo(0.08, 1) },
    { name: 'an-owl', model: 'my-own', most: null },
  ])
  const nobody = await user.limn(submit)
  expect(nobody).toMatchObject({
    code: 4,
    out: '',
    err: expect.stringContaining('--yes sends without asking'),
  })
  const no = await user.limn(submit, false)
  expect(no).toMatchObject({
    code: 1,
    err: expect.stringMatching(/2 images, about .* Send them\?\nNothing was sent/),
  })
  expect(server.heard).toEqual([])

  await user.write('one.csv', 'prompt,size,model\na fox,512,nb2\n')
  expect(await user.limn(`batch submit ${user.home}/one.csv`, true)).toMatchObject({ code: 0, out: 'one\n' })
})

test('a budget holds a batch too, with what other batches have out, and a script ends with 4', async () => {
  const server = await relay()
  const user = await batcher(server.url)
  await user.write('limn/settings.json', JSON.stringify({ budgetDay: 0.3 }))
  await user.write('four.csv', 'prompt,model\na fox,pro\nan owl,pro\na bear,pro\n')
  const submit = `batch submit ${user.home}/four.csv --yes`
  // Three at about $0.07 each; and while they are out, the same again is too much.
  expect(await user.limn(submit)).toMatchObject({ code: 0, out: 'four\n' })
  const held = await user.limn(submit)
  expect(held).toMatchObject({ code: 4, out: '' })
  expect(held.err).toMatch(
    /Not sent: the budget of \$0\.30 for today would be exceeded: .* at most \$0\.2\d\d in progress/,
  )
  const asked = await user.limn(`batch submit ${user.home}/four.csv`, false)
  expect(asked).toMatchObject({ code: 1, err: expect.stringMatching(/would be exceeded: .* Send them\?/) })
  expect(server.heard.filter(({ what }) => what === 'create')).toHaveLength(1)
})

test('a reference goes up once however many rows name it, and is part of each turn as it was then', async () => {
  const server = await relay()
  const user = await batcher(server.url)
  await user.write('rows/fox.png', await halves('red', 'blue', 60, 40))
  await user.write(
    'rows/all.csv',
    'name,prompt,size,model,refs\na,make it a poster,512,nb2,fox.png\nb,make it a stamp,512,nb2,fox.png\nc,make it a map,,lite,fox.png\n',
  )
  await user.limn(`batch submit ${user.home}/rows/all.csv --yes`)
  // The image, and a file of requests for each of two models.
  expect(server.heard.filter(({ what }) => what === 'upload')).toHaveLength(3)
  const requests = server.heard.filter(({ what }) => what === 'bytes').map(({ body }) => body)
  const [first] = (requests[1] ?? '')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(first).toMatchObject({
    key: 'a',
    request: {
      contents: [
        {
          role: 'user',
          parts: [
            { text: expect.stringContaining('[fox.png]') },
            { fileData: { fileUri: expect.stringContaining('/files/'), mimeType: 'image/png' } },
            { text: 'make it a poster' },
          ],
        },
      ],
      generationConfig: { responseModalities: ['TEXT', 'IMAGE'], imageConfig: { imageSize: '512' } },
    },
  })

  await user.write('rows/fox.png', 'changed')
  expect(await user.limn('batch fetch all')).toMatchObject({ code: 0 })
  const session = await sessionOf(user)
  const files = session.turns.map(({ mentions }) => mentions[0]?.file)
  expect(new Set(files.map((file) => file?.file)).size).toBe(1)
  const kept = join(user.root, 'sessions', session.id, files[0]?.file ?? '')
  expect(await readFile(kept)).toEqual(await halves('red', 'blue', 60, 40))
})

test('rows that bring no image are listed with their reasons, and can be sent again alone', async () => {
  const server = await relay('slow:0,safety,500')
  const user = await batcher(server.url)
  await user.write('animals.csv', ROWS)
  await user.limn(`batch submit ${user.home}/animals.csv --yes`)
  const fetched = await user.limn('batch fetch animals')
  expect(fetched.code).toBe(1)
  expect(fetched.err).toContain('bear  No image: the filter for finished images blocked this one.')
  expect(fetched.err).toContain('owl  The server had an internal error (500).')
  expect(fetched.err).toContain('animals: 1 in the session · 2 missing · limn batch retry animals')

  const retried = await user.limn('batch retry animals --yes')
  expect(retried).toMatchObject({
    code: 0,
    out: 'animals\n',
    err:
      expect.stringContaining('2 images') === undefined
        ? ''
        : expect.stringContaining('animals: 2 in progress · 1 in the session'),
  })
  const again = await user.limn('batch fetch animals')
  expect(again.code).toBe(0)
  const session = await sessionOf(user)
  expect(session.versions.map(({ name }) => name)).toEqual(['fox', 'bear', 'owl'])
  // What the filter held back was billed, and is told; what was never drawn is no turn.
  expect(session.turns.map(({ batch }) => batch?.row)).toEqual(['fox', 'bear', 'bear', 'owl'])
  expect(await user.limn('batch retry animals --yes')).toMatchObject({
    code: 1,
    err: expect.stringContaining('Nothing of animals is missing'),
  })
})

test('a batch of which all that is missing was refused ends with 3, and one that cannot be asked about with 6', async () => {
  const server = await relay('safety')
  const user = await batcher(server.url)
  await user.write('two.csv', 'name,prompt,size,model\nfox,a fox,512,nb2\nowl,an owl,512,nb2\n')
  await user.limn(`batch submit ${user.home}/two.csv --yes`)
  server.between = (what) => (what === 'look' ? 'cut' : 'pass')
  expect(await user.limn('batch status')).toMatchObject({
    code: 6,
    out: expect.stringContaining('two  2 in progress'),
  })
  server.between = () => 'pass'
  expect(await user.limn('batch fetch two')).toMatchObject({ code: 3, out: expect.stringMatching(/v\d/) })
})

test('results without their keys are told apart by their order', async () => {
  const server = await relay('batch-no-keys')
  const user = await batcher(server.url)
  await user.write('two.csv', 'name,prompt,size,model\na,a fox,512,nb2\nb,an owl,512,nb2\n')
  await user.limn(`batch submit ${user.home}/two.csv --yes`)
  const fetched = await user.limn('batch fetch two')
  expect(fetched).toMatchObject({ code: 0, err: expect.stringContaining('taken in the order of the rows') })
  const { turns } = await sessionOf(user)
  expect(turns.map(({ batch, text }) => [batch?.row, text])).toEqual([
    ['a', 'a fox'],
    ['b', 'an owl'],
  ])
})

test('what is not done yet is said, with a status of its own for scripts', async () => {
  const server = await relay('batch-pending,batch-running')
  const user = await batcher(server.url)
  await user.write('one.csv', 'prompt,size,model\na fox,512,nb2\n')
  await user.limn(`batch submit ${user.home}/one.csv --yes`)
  expect(await user.limn('batch fetch one')).toMatchObject({ code: 7, out: '', err: 'one: 1 in progress\n' })
  expect((await user.limn('batch status one')).out).toContain('part 1  1 row · Nano Banana 2 · in progress')
  const { rows, missing } = JSON.parse((await user.limn('batch fetch --json')).out)[0]
  expect({ rows, missing }).toMatchObject({ rows: { landed: 1 }, missing: [] })
  expect(await user.limn('batch fetch')).toMatchObject({ code: 0, err: 'No batch waits to be fetched.\n' })
})

test.each([
  ['batch-failed', 'The job failed before it was drawn.'],
  ['batch-expired', 'The job was not finished within its 48 hours.'],
])('a job that ends by %s says so of each row, and what to do next', async (fault, says) => {
  const server = await relay(fault)
  const user = await batcher(server.url)
  await user.write('one.csv', 'name,prompt,size,model\nfox,a fox,512,nb2\n')
  await user.limn(`batch submit ${user.home}/one.csv --yes`)
  const fetched = await user.limn('batch fetch one')
  expect(fetched).toMatchObject({ code: 1, out: '' })
  expect(fetched.err).toBe(`fox  ${says}\none: 1 missing · limn batch retry one\n`)
  await user.limn('batch retry one --yes')
  expect(await user.limn('batch fetch one')).toMatchObject({ code: 0 })
})

test('a batch that is cancelled keeps what is there, and the rest can be sent again', async () => {
  const server = await relay('slow:60,batch-running')
  const user = await batcher(server.url)
  await user.write('one.csv', 'name,prompt,size,model\nfox,a fox,512,nb2\n')
  await user.limn(`batch submit ${user.home}/one.csv --yes`)
  const cancelled = await user.limn('batch cancel one')
  expect(cancelled).toMatchObject({ code: 0, err: expect.stringContaining('It is cancelled.') })
  expect((await user.limn('batch status one')).out).toContain('cancelled')
  const fetched = await user.limn('batch fetch one')
  expect(fetched).toMatchObject({
    code: 1,
    err: expect.stringContaining('fox  The job was cancelled before it was drawn.'),
  })
})

test('results go into the session that was named, on the side, and a deleted one is replaced', async () => {
  const server = await relay()
  const user = await batcher(server.url)
  await user.write('one.csv', 'name,prompt,size,model\nfox,a fox,512,nb2\n')
  await user.write('two.csv', 'name,prompt,size,model\nowl,an owl,512,nb2\n')
  await user.limn(`batch submit ${user.home}/one.csv --yes`)
  const { session } = await onlyJob(user)
  expect(await user.limn(`batch submit ${user.home}/two.csv --yes --session ${session}`)).toMatchObject({
    code: 0,
  })
  expect(await user.limn('batch fetch')).toMatchObject({ code: 0 })
  const both = await sessionOf(user, session)
  expect(both.versions.map(({ name }) => name).toSorted()).toEqual(['fox', 'owl'])
  expect(both.head).toEqual({ turn: null, version: null })
  const none = await user.limn(`batch submit ${user.home}/two.csv --yes --session nowhere`)
  expect(none).toMatchObject({ code: 1, err: 'No session has "nowhere" in it.\n' })

  await user.limn(`batch submit ${user.home}/two.csv --yes --session ${session}`)
  await rm(join(user.root, 'sessions', session), { recursive: true })
  const fetched = await user.limn('batch fetch two-2 --json')
  expect(fetched.err).toContain(`The session ${session} is gone; the images go to a new one.`)
  expect(JSON.parse(fetched.out)).toMatchObject({ images: [{ name: 'owl', version: 1 }] })
})

test('Vertex AI, no key, and another engine than the job’s are told before anything happens', async () => {
  const server = await relay()
  const user = await batcher(server.url)
  await user.write('one.csv', 'prompt,size,model\na fox,512,nb2\n')
  const submit = `batch submit ${user.home}/one.csv --yes`
  const vertex = { GOOGLE_GENAI_USE_VERTEXAI: 'true', GOOGLE_CLOUD_PROJECT: 'p' }
  expect(await user.limn(submit, undefined, vertex)).toMatchObject({
    code: 1,
    err: expect.stringContaining('the Files API, which Vertex AI does not have'),
  })
  await user.limn(submit)
  const gemini = { GEMINI_API_KEY: 'another' }
  const other = await user.limn('batch fetch one', undefined, gemini)
  expect(other).toMatchObject({
    code: 1,
    err: expect.stringMatching(/one was sent to server:.*, and limn is connected to Gemini/),
  })
})
