import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openInput } from '../../../src/terminal/keys/input.ts'
import type { InputEvent } from '../../../src/terminal/keys/parse-keys.ts'
import { isDeviceAttributes } from '../../../src/terminal/which/terminal-answers.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

function terminal() {
  const raw: boolean[] = []
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (mode: boolean) => raw.push(mode),
  })
  const written: string[] = []
  const input = openInput(stdin as unknown as NodeJS.ReadStream, (text) => written.push(text))
  input.start()
  const type = async (bytes: string | Buffer) => {
    stdin.write(bytes)
    await new Promise((done) => setImmediate(done))
  }
  return { stdin, input, raw, written, type }
}

const said = (events: InputEvent[]) =>
  events.map((event) =>
    event.kind === 'key'
      ? event.key.text || event.key.name
      : event.kind === 'paste'
        ? `paste ${event.text}`
        : event.kind,
  )

function listen(input: ReturnType<typeof openInput>): InputEvent[] {
  const events: InputEvent[] = []
  input.onEvent((event) => events.push(event))
  return events
}

describe('stdin has one owner', () => {
  test('keys typed before there is a listener are kept, and given in order', async () => {
    const { input, type } = terminal()
    await type('fox\r')
    const events = listen(input)
    await type('x')
    expect(said(events)).toEqual(['fox', 'enter', 'x'])
  })

  test('Escape is reported when nothing has followed it for 30 ms', async () => {
    const { input, type } = terminal()
    const events = listen(input)
    await type('\x1b')
    expect(events).toEqual([])
    vi.advanceTimersByTime(30)
    expect(said(events)).toEqual(['escape'])
  })

  test('a character that comes in two chunks is one', async () => {
    const { input, type } = terminal()
    const events = listen(input)
    const bytes = Buffer.from('狐')
    await type(bytes.subarray(0, 1))
    await type(bytes.subarray(1))
    expect(said(events)).toEqual(['狐'])
  })

  test('a stalled paste is reported after 600 ms, and given when its end comes', async () => {
    const { input, type } = terminal()
    const events = listen(input)
    await type('\x1b[200~half a text')
    vi.advanceTimersByTime(570)
    expect(events).toEqual([])
    vi.advanceTimersByTime(30)
    expect(said(events)).toEqual(['pasting'])
    vi.advanceTimersByTime(3_600_000)
    await type(' and the rest\r\x1b[201~')
    expect(said(events)).toEqual(['pasting', 'paste half a text and the rest\n'])
  })

  test('raw mode is on while it runs and off afterwards; it can be released and taken again', async () => {
    const { input, raw, type } = terminal()
    input.stop()
    input.stop()
    input.start()
    const events = listen(input)
    await type('again')
    expect(raw).toEqual([true, false, true])
    expect(said(events)).toEqual(['again'])
  })

  test('a terminal that goes away is an end, not a crash', () => {
    const { input, stdin } = terminal()
    let ended = 0
    input.onEnd(() => ended++)
    stdin.emit('error', Object.assign(new Error('read EIO'), { code: 'EIO' }))
    expect(ended).toBe(1)
  })

  test('Ink is given a terminal without input', async () => {
    const { input, type } = terminal()
    const read: unknown[] = []
    input.inkStdin.on('readable', () => read.push(input.inkStdin.read()))
    input.inkStdin.setEncoding('utf8')
    input.inkStdin.setRawMode(true).ref().unref()
    await type('secret')
    expect(input.inkStdin.isTTY).toBe(true)
    expect(read).toEqual([])
  })
})

describe('the terminal is asked', () => {
  test('its answers go to the caller; keys typed meanwhile go to the prompt', async () => {
    const { input, type, written } = terminal()
    const events = listen(input)
    const asked = input.ask('\x1b[>q\x1b[c', isDeviceAttributes, 300)
    await type('ab\x1bP>|kitty(0.41.1)\x1b\\c\x1b[?62;c')
    expect(await asked).toEqual(['\x1bP>|kitty(0.41.1)\x1b\\', '\x1b[?62;c'])
    expect(written).toEqual(['\x1b[>q\x1b[c'])
    expect(said(events)).toEqual(['ab', 'c'])
  })

  test('answers that come too late are still answers, never keys', async () => {
    const { input, type } = terminal()
    const events = listen(input)
    const asked = input.ask('\x1b[c', isDeviceAttributes, 300)
    await type('\x1b[6;18;9t')
    vi.advanceTimersByTime(300)
    expect(await asked).toEqual(['\x1b[6;18;9t'])
    await type('x\x1b_Gi=31;OK\x1b\\\x1b[?62;cy')
    expect(said(events)).toEqual(['x', 'answer', 'answer', 'y'])
  })

  test('one question is asked at a time', async () => {
    const { input, type, written } = terminal()
    const first = input.ask('first', isDeviceAttributes, 300)
    const second = input.ask('second', isDeviceAttributes, 300)
    await type('\x1b[?1c')
    expect(await first).toEqual(['\x1b[?1c'])
    await type('\x1b[?2c')
    expect(await second).toEqual(['\x1b[?2c'])
    expect(written).toEqual(['first', 'second'])
  })
})
