import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openInput } from '../../../src/terminal/keys/input.ts'
import type { InputEvent } from '../../../src/terminal/keys/parse-keys.ts'
import { choose } from '../../../src/terminal/which/choose.ts'
import { probeEnvironment } from '../../../src/terminal/which/probe.ts'
import { converse } from '../../../src/terminal/which/query.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

function terminal(env: Record<string, string>) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined })
  const written: string[] = []
  const input = openInput(stdin as unknown as NodeJS.ReadStream, (text) => written.push(text))
  const events: InputEvent[] = []
  input.onEvent((event) => events.push(event))
  input.start()
  const conversation = converse(input, probeEnvironment(env, { columns: 100, rows: 40 }))
  const says = async (bytes: string) => {
    stdin.write(bytes)
    await new Promise((done) => setImmediate(done))
  }
  const typed = () => events.flatMap((event) => (event.kind === 'key' ? [event.key.text] : [])).join('')
  return { ...conversation, written, says, typed, protocol: () => choose(conversation.now(), 'auto') }
}

const kitty = '\x1bP>|kitty(0.41.1)\x1b\\\x1b[6;18;9t\x1b_Gi=31;OK\x1b\\'

describe('the terminal’s answers', () => {
  test('a picture waits until the terminal has answered', async () => {
    const it = terminal({ TERM: 'xterm-256color' })
    void it.ask()
    const known = it.known()
    await it.says(`${kitty}\x1b[?62;c`)
    expect(await known).toMatchObject({ brand: 'kitty', cell: { width: 9, height: 18 }, complete: true })
  })

  test('a picture waits no longer than it may, and later answers are used and never typed', async () => {
    const it = terminal({ TERM: 'xterm-256color' })
    void it.ask({ pictureWait: 120 })
    const known = it.known()
    await vi.advanceTimersByTimeAsync(120)
    expect(choose(await known, 'auto')).toBe('blocks')
    await vi.advanceTimersByTimeAsync(2000)
    await it.says('ab\x1bP>|kitty(0.41.1)')
    await it.says('\x1b\\c\x1b_Gi=31;OK\x1b\\\x1b[?62;c')
    expect(it.protocol()).toBe('kitty-placeholders')
    expect(it.typed()).toBe('abc')
  })

  test('a late answer does not undo earlier ones', async () => {
    const it = terminal({ TERM: 'xterm-kitty' })
    const asked = it.ask()
    await it.says('\x1bP>|kitty(0.41.1)\x1b\\\x1b[?62;c')
    await asked
    expect(it.protocol()).toBe('blocks') // the graphics question was not answered
    await it.says('\x1b[6;20;10t')
    expect(it.protocol()).toBe('blocks')
    expect(it.now().cell).toEqual({ width: 10, height: 20 })
  })

  test('a terminal that is not asked delays nothing', async () => {
    const it = terminal({ TERM: 'dumb' })
    await it.ask()
    expect(choose(await it.known(), 'auto')).toBe('none')
    expect(it.written).toEqual([''].slice(1))
  })
})

describe('in tmux', () => {
  const own = '\x1bP>|tmux 3.5a\x1b\\\x1b[?1;2;4c'

  test('the terminal around it is asked once tmux has answered', async () => {
    const it = terminal({ TERM: 'tmux-256color', TMUX: 'x' })
    const asked = it.ask()
    await it.says(own)
    expect(it.written).toHaveLength(2)
    expect(it.written[1]).toMatch(/^\x1bPtmux;/)
    await it.says(`x${kitty}\x1b[?62;cy`)
    await asked
    expect(it.protocol()).toBe('kitty-placeholders')
    expect(it.typed()).toBe('xy')
  })

  test('if no answer comes, it does not let sequences through', async () => {
    const it = terminal({ TERM: 'tmux-256color', TMUX: 'x' })
    const asked = it.ask()
    await it.says(own)
    expect(it.now().passthrough).toBeUndefined()
    await vi.advanceTimersByTimeAsync(2000)
    await asked
    expect(it.now()).toMatchObject({ passthrough: false, protocols: ['blocks'] })
    await it.says(`${kitty}\x1b[?62;c`)
    expect(it.now().passthrough).toBe(true)
    expect(it.protocol()).toBe('kitty-placeholders')
  })

  test('the terminal around it is asked even if tmux answers too late', async () => {
    const it = terminal({ TERM: 'tmux-256color', TMUX: 'x' })
    const asked = it.ask()
    await vi.advanceTimersByTimeAsync(2000)
    await asked
    await it.says(own)
    await it.says(`${kitty}\x1b[?62;c`)
    expect(it.protocol()).toBe('kitty-placeholders')
  })
})

describe('a window of another size', () => {
  test('is measured again, once while it is dragged; until then the old cell is used', async () => {
    const it = terminal({ TERM: 'xterm-256color' })
    const asked = it.ask()
    await it.says(`${kitty}\x1b[?62;c`)
    await asked
    it.resized({ columns: 50, rows: 20 })
    expect(it.now()).toMatchObject({ columns: 50, rows: 20, cell: { width: 9, height: 18 } })
    await it.says('')
    it.resized({ columns: 49, rows: 20 })
    it.resized({ columns: 48, rows: 20 })
    await it.says('\x1b[6;36;18t\x1b[?62;c')
    await it.says('\x1b[6;38;19t\x1b[?62;c')
    expect(it.now()).toMatchObject({ columns: 48, cell: { width: 19, height: 38 } })
    expect(it.written).toHaveLength(3)
    expect(it.protocol()).toBe('kitty-placeholders')
  })
})
