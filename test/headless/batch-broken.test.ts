// What ends in between: limn, the network, the server. Nothing is lost, and nothing is paid for twice.
import { spawn } from 'node:child_process'
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { halves } from '../../practice/test/client.ts'
import { lockFolder } from '../../src/store/session/lock.ts'
import { batcher, onlyJob, type Relay, relay, sessionOf } from './batch-limn.ts'

const TWO = 'name,prompt,size,model\nfox,a red fox,512,nb2\nowl,an owl,512,nb2\n'
const THREE = `${TWO}bear,a bear,512,nb2\n`

const created = ({ heard }: Relay) => heard.filter(({ what }) => what === 'create').length

test('limn is killed when the server has the job and limn does not know it: the job is found again, not sent again', async () => {
  const server = await relay()
  const user = await batcher(server.url)
  await user.write('two.csv', TWO)
  const child = spawn(
    process.execPath,
    ['src/cli.ts', 'batch', 'submit', join(user.home, 'two.csv'), '--yes'],
    { env: { ...process.env, ...user.env, LIMN_HOME: user.root }, stdio: 'ignore' },
  )
  const ended = new Promise((done) => child.once('exit', done))
  await new Promise<void>((done) => {
    server.between = (what) => {
      if (what !== 'create') return 'pass'
      done()
      return 'drop'
    }
  })
  child.kill('SIGKILL')
  await ended
  server.between = () => 'pass'

  expect((await user.limn('batch status')).out).toContain('two  2 ready: limn batch fetch two')
  expect(await user.limn('batch fetch two')).toMatchObject({ code: 0 })
  expect((await sessionOf(user)).versions.map(({ name }) => name)).toEqual(['fox', 'owl'])
  expect(created(server)).toBe(1)
})

test('the answer to a job breaks off: it may have been taken, so it is looked for before anything is sent again', async () => {
  const server = await relay()
  const user = await batcher(server.url)
  await user.write('two.csv', TWO)
  server.between = (what) => (what === 'create' ? 'cut' : 'pass')
  const submitted = await user.limn(`batch submit ${user.home}/two.csv --yes`)
  expect(submitted).toMatchObject({ code: 6, out: 'two\n' })
  expect(submitted.err).toContain('The connection broke before the answer came')
  server.between = () => 'pass'
  const retried = await user.limn('batch retry two --yes')
  expect(retried).toMatchObject({ code: 1, err: expect.stringContaining('2 ready: limn batch fetch two') })
  expect(created(server)).toBe(1)
})

test('a job that never arrived is not there two minutes later either, and can then be sent', async () => {
  const server = await relay()
  const user = await batcher(server.url)
  await user.write('two.csv', TWO)
  await user.limn(`batch submit ${user.home}/two.csv --yes`)
  // As it was written down before the call.
  const file = join(user.root, 'jobs/two/job.json')
  const job = JSON.parse(await readFile(file, 'utf8'))
  const at = new Date(Date.parse(job.at)).toISOString()
  job.parts[0] = { ...job.parts[0], label: 'limn two 00000000', state: { kind: 'sending', since: at } }
  await writeFile(file, JSON.stringify(job))

  expect((await user.limn('batch status two')).out).toContain('limn will ask the server whether it has it')
  expect(await user.limn('batch retry two --yes')).toMatchObject({ code: 1 })
  user.later = 200_000
  expect((await user.limn('batch status two')).out).toContain('two: 2 not sent · limn batch retry two')
  expect(await user.limn('batch retry two --yes')).toMatchObject({ code: 0 })
  expect(await user.limn('batch fetch two')).toMatchObject({ code: 0 })
})

test('the server takes only the first of two jobs: the other waits, and is sent by retry, alone', async () => {
  const server = await relay('batch-429')
  const user = await batcher(server.url)
  await user.write('two.csv', 'name,prompt,size,model\nfox,a fox,512,nb2\nowl,an owl,,lite\n')
  const submitted = await user.limn(`batch submit ${user.home}/two.csv --yes`)
  expect(submitted).toMatchObject({ code: 6, out: 'two\n' })
  expect(submitted.err).toContain('Part 1 of 2: Too many requests')
  expect(submitted.err).toContain('two: 2 not sent · limn batch retry two')
  expect(await user.limn('batch retry two --yes')).toMatchObject({ code: 0 })
  expect(await user.limn('batch fetch two')).toMatchObject({ code: 0 })
  expect((await sessionOf(user)).versions).toHaveLength(2)
})

test('the results break off in the middle: what came is kept, and the next fetch brings the rest', async () => {
  const server = await relay()
  const user = await batcher(server.url)
  await user.write('three.csv', THREE)
  await user.limn(`batch submit ${user.home}/three.csv --yes`)
  server.between = (what) => (what === 'download' ? 'cut' : 'pass')
  const broken = await user.limn('batch fetch three')
  expect(broken).toMatchObject({ code: 6, err: expect.stringContaining('3 ready: limn batch fetch three') })
  const before = await sessionOf(user)
  expect(before.versions.length).toBeGreaterThan(0)
  expect(before.versions.length).toBeLessThan(3)
  expect(broken.out.trimEnd().split('\n')).toHaveLength(before.versions.length)

  server.between = () => 'pass'
  expect(await user.limn('batch fetch three')).toMatchObject({ code: 0 })
  const after = await sessionOf(user)
  expect(after.versions.map(({ name }) => name)).toEqual(['fox', 'owl', 'bear'])
  expect(after.turns).toHaveLength(3)
})

test('limn is killed between the prompt of a row and its answer: the row is brought once, in that turn', async () => {
  const server = await relay()
  const user = await batcher(server.url)
  await user.write('two.csv', TWO)
  await user.limn(`batch submit ${user.home}/two.csv --yes`)
  const job = await readFile(join(user.root, 'jobs/two/job.json'), 'utf8')
  await user.limn('batch fetch two')
  const { id } = await sessionOf(user)
  // Back to where only the prompt of the second row was on the disk.
  const folder = join(user.root, 'sessions', id)
  const lines = (await readFile(join(folder, 'session.jsonl'), 'utf8')).trimEnd().split('\n')
  const prompt = lines.findLastIndex((line) => line.includes('"type":"prompted"'))
  await writeFile(join(folder, 'session.jsonl'), `${lines.slice(0, prompt + 1).join('\n')}\n`)
  for (const name of ['images/v2.jpg', 'answers/t2.json']) await rm(join(folder, name))
  await writeFile(join(user.root, 'jobs/two/job.json'), job)

  expect(await user.limn('batch fetch two')).toMatchObject({ code: 0 })
  const { turns, versions } = await sessionOf(user)
  expect(turns.map(({ text, outcome }) => [text, outcome.kind])).toEqual([
    ['a red fox', 'answered'],
    ['an owl', 'answered'],
  ])
  expect(versions.map(({ name, turn }) => [name, turn])).toEqual([
    ['fox', 't1'],
    ['owl', 't2'],
  ])
})

test('a reference that the server is still at work on is waited for; one that it cannot use stops the batch', async () => {
  const waits = await relay('file-processing:3')
  const one = await batcher(waits.url)
  await one.write('fox.png', await halves('red', 'blue', 60, 40))
  await one.write('one.csv', 'name,prompt,size,model,refs\nfox,a poster,512,nb2,fox.png\n')
  expect(await one.limn(`batch submit ${one.home}/one.csv --yes`)).toMatchObject({ code: 0 })
  expect(await one.limn('batch fetch one')).toMatchObject({ code: 0 })

  const fails = await relay('file-failed')
  const other = await batcher(fails.url)
  await other.write('fox.png', await halves('red', 'blue', 60, 40))
  await other.write('one.csv', 'name,prompt,size,model,refs\nfox,a poster,512,nb2,fox.png\n')
  const failed = await other.limn(`batch submit ${other.home}/one.csv --yes`)
  expect(failed).toMatchObject({
    code: 1,
    err: expect.stringMatching(/The server cannot read an image of this request: .*fox\.png/),
  })
  expect(failed.err).toContain('one: 1 not sent · limn batch retry one')
  expect(created(fails)).toBe(0)
})

test('a session that is open elsewhere, or a batch that another limn is at, is told and left as it is', async () => {
  const server = await relay()
  const user = await batcher(server.url)
  await user.write('two.csv', TWO)
  await user.limn(`batch submit ${user.home}/two.csv --yes`)
  const { id } = await sessionOf(user)
  const session = await lockFolder(join(user.root, 'sessions', id), new Date())
  const busy = await user.limn('batch fetch two')
  expect(busy).toMatchObject({ code: 1, out: '', err: expect.stringContaining('has this session') })
  expect(busy.err).toContain('nothing of two is lost')
  if (session.kind === 'held') session.release()

  const job = await lockFolder(join(user.root, 'jobs/two'), new Date())
  const other = await user.limn('batch fetch two')
  expect(other).toMatchObject({ code: 1, err: expect.stringContaining('is working on two') })
  if (job.kind === 'held') job.release()
  expect(await user.limn('batch fetch two')).toMatchObject({ code: 0 })
})

test('a line of the results that is no JSON is one row that is missing, and the others come', async () => {
  const server = await relay()
  const user = await batcher(server.url)
  await user.write('two.csv', TWO)
  await user.limn(`batch submit ${user.home}/two.csv --yes`)
  server.rewrite = (what, bytes) => {
    if (what !== 'download') return bytes
    const lines = bytes.toString('utf8').trimEnd().split('\n')
    return Buffer.from(['{"key":"fox","respon', lines[1] ?? ''].join('\n'))
  }
  const fetched = await user.limn('batch fetch two')
  expect(fetched).toMatchObject({
    code: 1,
    err: expect.stringContaining('fox  limn cannot read the answer'),
  })
  expect((await sessionOf(user)).versions.map(({ name }) => name)).toEqual(['owl'])
})

test('results that the server does not give any more can be had again only by paying, which is asked', async () => {
  const server = await relay()
  const user = await batcher(server.url)
  await user.write('two.csv', TWO)
  await user.limn(`batch submit ${user.home}/two.csv --yes`)
  const file = join(user.root, 'jobs/two/job.json')
  await user.limn('batch status two')
  await writeFile(file, (await readFile(file, 'utf8')).replace(/"files\/[^"]+"/, '"files/gone"'))
  const gone = await user.limn('batch fetch two')
  expect(gone.code).toBe(5)
  expect(gone.err).toContain('fox  Its results could not be fetched, but were billed.')
  expect(await user.limn('batch retry two', false)).toMatchObject({
    code: 1,
    err: expect.stringContaining('Send them?'),
  })
  expect(await user.limn('batch retry two', true)).toMatchObject({ code: 0 })
  expect(await user.limn('batch fetch two')).toMatchObject({ code: 0 })
  expect(await user.limn('batch fetch')).toMatchObject({ code: 0, err: 'No batch waits to be fetched.\n' })
})

test('results that are refused after some of them had come: what came is not paid for again', async () => {
  const server = await relay()
  const user = await batcher(server.url)
  await user.write('three.csv', THREE)
  await user.limn(`batch submit ${user.home}/three.csv --yes`)
  server.between = (what) => (what === 'download' ? 'cut' : 'pass')
  await user.limn('batch fetch three')
  const came = (await sessionOf(user)).versions.length
  expect(came).toBeGreaterThan(0)
  server.between = () => 'pass'
  const file = join(user.root, 'jobs/three/job.json')
  await writeFile(file, (await readFile(file, 'utf8')).replace(/"files\/[^"]+"/, '"files/gone"'))
  expect((await user.limn('batch fetch three')).err).toContain(
    `three: ${came} in the session · ${3 - came} missing`,
  )
  await user.limn('batch retry three', true)
  expect(await user.limn('batch fetch three')).toMatchObject({ code: 0 })
  expect((await sessionOf(user)).versions.map(({ name }) => name)).toEqual(['fox', 'owl', 'bear'])
})

test('a job that cannot be read is told, and its folder is left alone', async () => {
  const server = await relay()
  const user = await batcher(server.url)
  await user.write('two.csv', TWO)
  await user.limn(`batch submit ${user.home}/two.csv --yes`)
  await appendFile(join(user.root, 'jobs/two/job.json'), 'torn')
  expect((await user.limn('batch status')).err).toContain('jobs/two/job.json cannot be read')
  expect(await user.limn('batch fetch two')).toMatchObject({ code: 1, err: 'There is no batch "two".\n' })
})

test('a batch that is stopped before its session is open sends nothing', async () => {
  const server = await relay()
  const user = await batcher(server.url)
  await user.write('two.csv', TWO)
  const stopped = AbortSignal.abort()
  const { code } = await user.limn(`batch submit ${user.home}/two.csv --yes`, undefined, user.env, stopped)
  expect(code).toBe(1)
  expect(server.heard).toEqual([])
})

test('an error of the network that nobody can catch fails its own call, and limn goes on', async () => {
  const server = await relay()
  const user = await batcher(server.url)
  await user.write('big.csv', 'name,prompt,size,model\nfox,a red fox,2K,nb2\nowl,an owl,2K,nb2\n')
  await user.limn(`batch submit ${user.home}/big.csv --yes`)
  server.between = (what) => (what === 'download' ? 'hasty' : 'pass')
  const child = spawn(process.execPath, ['src/cli.ts', 'batch', 'fetch', 'big'], {
    env: { ...process.env, ...user.env, LIMN_HOME: user.root },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let told = ''
  child.stderr.on('data', (piece) => {
    told += piece
  })
  expect(await new Promise((done) => child.once('exit', done))).toBe(6)
  expect(told).toContain('The connection broke before the answer came (ERR_ASSERTION).')
  expect(told).not.toContain('falsy')

  server.between = () => 'pass'
  expect((await user.limn('batch fetch big')).code).toBe(0)
  expect((await sessionOf(user)).versions).toHaveLength(2)
})

test('a program that gives such an error back to limn goes on too', async () => {
  const server = await relay()
  const user = await batcher(server.url)
  await user.write('big.csv', 'name,prompt,size,model\nfox,a red fox,2K,nb2\nowl,an owl,2K,nb2\n')
  await user.limn(`batch submit ${user.home}/big.csv --yes`)
  const { session } = await onlyJob(user)
  server.between = (what) => (what === 'download' ? 'hasty' : 'pass')
  const program = `
    import { endsLimnCall, openSession } from ${JSON.stringify(join(import.meta.dirname, '../../src/index.ts'))}
    process.on('uncaughtException', (error) => {
      if (!endsLimnCall(error)) process.exit(99)
    })
    const [home, resume, url] = process.argv.slice(1)
    const session = await openSession({ home, resume, engine: { url }, apiKey: 'a-good-key' })
    const events = await Array.fromAsync(session.send('/batch fetch big'))
    console.log(JSON.stringify(events.at(-1)))
    await session.close()
    setTimeout(() => { throw new Error('of the program') }, 0)`
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', program, user.root, session, server.url],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  let told = ''
  child.stdout.on('data', (piece) => {
    told += piece
  })
  expect(await new Promise((done) => child.once('exit', done)), 'an error of its own is its own').toBe(99)
  expect(JSON.parse(told)).toMatchObject({ type: 'result', subtype: 'unavailable', exit_code: 6 })
})
