// What a line weighs on the wire in a long session: 20 turns against the practice engine, through a proxy that
// counts. Contract 5: it does not grow with the session; the bench fails when it does.
import { spawn } from 'node:child_process'
import {
  createServer,
  request as forward,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { listen } from '../src/practice/server.ts'
import { environmentOf, LIMN, newHome, printTable } from './measure.ts'

const TURNS = 20
const LINES = ['slightly warmer', 'slightly darker', 'slightly cooler', 'slightly brighter']
/** From turn 3 on two turns with images go along; images of one size weigh a little more or less. */
const MOST = 1.1

type Counted = { readonly sent: number; readonly received: number }

const practice = await listen({})
const counted: Counted[] = []
const proxy = createServer(
  (request, response) => void pass(request, response).catch(() => response.destroy()),
)
await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done))

const env = environmentOf(newHome(), {
  GOOGLE_GEMINI_BASE_URL: `http://127.0.0.1:${portOf(proxy)}`,
  GEMINI_API_KEY: 'bench',
})
for (let turn = 1; turn <= TURNS; turn++) {
  const line = turn === 1 ? 'a red fox in the snow' : (LINES[turn % LINES.length] ?? '')
  await limn([...(turn === 1 ? [] : ['--continue']), '-p', line])
}
proxy.closeAllConnections()
proxy.close()
await practice.close()

const at = (turn: number) => counted[turn - 1]?.sent ?? Number.NaN
const whole = (turn: number) => counted.slice(0, turn - 1).reduce((sum, { received }) => sum + received, 0)
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`
printTable('Bytes sent in a turn', [
  ['', 'sent', 'to turn 2', 'to turn 3', 'the whole history'],
  ...[1, 2, 3, 5, 10, 20].map((turn) => [
    `turn ${turn}`,
    turn === 1 ? `${at(1)} B` : megabytes(at(turn)),
    turn === 1 ? '' : `${(at(turn) / at(2)).toFixed(2)} x`,
    turn < 3 ? '' : `${(at(turn) / at(3)).toFixed(2)} x`,
    turn === 1 ? '' : megabytes(whole(turn)),
  ]),
])
if (!(at(TURNS) <= MOST * at(3))) {
  process.stdout.write(`\nTurn ${TURNS} sends more than ${MOST} times what turn 3 sends.\n`)
  process.exitCode = 1
}

async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await bytesOf(request)
  const { host: _, ...headers } = request.headers
  const answer = await new Promise<IncomingMessage>((done, fail) => {
    const on = forward(`${practice.url}${request.url}`, { method: request.method ?? 'GET', headers }, done)
    on.on('error', fail)
    on.end(body)
  })
  const received = await bytesOf(answer)
  if (request.url?.includes(':generateContent'))
    counted.push({ sent: body.length, received: received.length })
  response.writeHead(answer.statusCode ?? 500, { 'content-type': answer.headers['content-type'] ?? '' })
  response.end(received)
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function limn(args: readonly string[]): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [LIMN, ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', (data) => (said += data))
    child.on('close', (code) => (code === 0 ? done() : fail(new Error(`limn ended with ${code}: ${said}`))))
  })
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.')
  return address.port
}
