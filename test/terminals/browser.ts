// The parts of VS Code's terminal, xterm.js and its image addon, in Chromium on a pseudo-terminal.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { spawn } from '@lydell/node-pty'
import { readPng } from './shot.ts'
import { type Stage, until } from './stage.ts'
import { FONT, type Size, type Window } from './window.ts'

const require = createRequire(import.meta.url)

export async function openBrowser(
  stage: Stage,
  size: Size,
  [command = '', ...args]: readonly string[],
): Promise<Window> {
  const profile = join(stage.folder, 'profile')
  const chromium = stage.start('chromium', [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--window-size=1600,1200',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    'about:blank',
  ])
  const port = await until('the port of Chromium', () => {
    if (chromium.exitCode !== null) throw new Error(`chromium ended (${chromium.exitCode})`)
    try {
      // The line is complete only once it has ended: the file is there before its contents.
      return /^\d+(?=\n)/.exec(readFileSync(join(profile, 'DevToolsActivePort'), 'utf8'))?.[0]
    } catch {
      return undefined
    }
  })
  const address = await until('a page of Chromium', async () => {
    const pages = (await fetch(`http://127.0.0.1:${port}/json`).then((answer) => answer.json())) as readonly {
      readonly type: string
      readonly webSocketDebuggerUrl: string
    }[]
    return pages.find(({ type }) => type === 'page')?.webSocketDebuggerUrl
  })
  const page = await Page.connect(address)
  const read = (file: string) => readFileSync(file, 'utf8')
  await page.run(read(require.resolve('@xterm/xterm/lib/xterm.js')))
  await page.run(read(require.resolve('@xterm/addon-image/lib/addon-image.js')))
  const style = read(require.resolve('@xterm/xterm/css/xterm.css'))
  const shell: { pty?: ReturnType<typeof spawn> } = {}
  await page.listen('answer', (data) => shell.pty?.write(data))
  await page.run(`
    const style = document.createElement('style')
    style.textContent = ${JSON.stringify(`${style} body { margin: 0; background: #000 }`)}
    document.head.append(style)
    const place = document.createElement('div')
    place.style.display = 'inline-block'
    document.body.append(place)
    // The options of the terminal and of the addon are VS Code's.
    const term = new Terminal({
      cols: ${size.columns}, rows: ${size.rows}, fontFamily: '${FONT}', fontSize: 14, allowProposedApi: true,
      cursorBlink: false,
      windowOptions: { getWinSizePixels: true, getCellSizePixels: true, getWinSizeChars: true },
    })
    term.loadAddon(new ImageAddon.ImageAddon())
    term.open(place)
    term.onData((data) => answer(data))
    term.focus()
    globalThis.term = term
    undefined
  `)
  const pty = spawn(command, [...args], {
    cols: size.columns,
    rows: size.rows,
    encoding: null,
    env: {
      ...stage.env,
      TERM: 'xterm-256color',
      COLORTERM: 'truecolor',
      TERM_PROGRAM: 'vscode',
      TERM_PROGRAM_VERSION: '1.105.0',
    },
  })
  shell.pty = pty
  let written: Promise<unknown> = Promise.resolve()
  pty.onData((data) => {
    const bytes = Buffer.from(data as string | Uint8Array).toString('base64')
    const write = `new Promise((done) => term.write(Uint8Array.from(atob('${bytes}'), (c) => c.charCodeAt(0)), done))`
    written = written.then(() => page.run(write)).catch(() => undefined)
  })
  return {
    async type(text) {
      for (const key of text) {
        await page.ask('Input.dispatchKeyEvent', { type: 'keyDown', text: key, key })
        await page.ask('Input.dispatchKeyEvent', { type: 'keyUp', key })
      }
    },
    async enter() {
      const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 }
      await page.ask('Input.dispatchKeyEvent', { type: 'keyDown', text: '\r', ...key })
      await page.ask('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
    },
    async clear() {
      const key = { key: 'u', code: 'KeyU', windowsVirtualKeyCode: 85, modifiers: 2 }
      await page.ask('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key })
      await page.ask('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
    },
    async look() {
      await written
      // Waits for two frames: what was written is drawn in the next one.
      await page.run('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
      const clip = await page.run(`
        (({ x, y, width, height }) => ({ x, y, width, height, scale: 1 }))(
          document.querySelector('.xterm-screen').getBoundingClientRect())`)
      const { data } = await page.ask('Page.captureScreenshot', { format: 'png', clip })
      return readPng(Buffer.from(String(data), 'base64'))
    },
    async resize(columns, rows) {
      await page.run(`term.resize(${columns}, ${rows})`)
      pty.resize(columns, rows)
    },
    async rows() {
      return (await page.run(`
        Array.from({ length: term.rows }, (_, row) =>
          term.buffer.active.getLine(term.buffer.active.baseY + row)?.translateToString(true) ?? '')`)) as string[]
    },
    async close() {
      page.close()
      pty.kill('SIGKILL')
    },
  }
}

type Message = {
  readonly id?: number
  readonly method?: string
  readonly params?: { readonly name: string; readonly payload: string }
  readonly result?: Readonly<Record<string, unknown>>
  readonly error?: { readonly message: string }
}

/** A page, controlled over Chromium's own protocol. */
class Page {
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, (message: Message) => void>()
  readonly #listeners = new Map<string, (data: string) => void>()
  #last = 0

  static async connect(address: string): Promise<Page> {
    const socket = new WebSocket(address)
    await new Promise((done, fail) => {
      socket.onopen = done
      socket.onerror = () => fail(new Error('Chromium does not answer'))
    })
    const page = new Page(socket)
    await page.ask('Runtime.enable')
    return page
  }

  constructor(socket: WebSocket) {
    this.#socket = socket
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(String(data)) as Message
      if (message.id !== undefined) this.#waiting.get(message.id)?.(message)
      if (message.method === 'Runtime.bindingCalled' && message.params) {
        this.#listeners.get(message.params.name)?.(message.params.payload)
      }
    }
  }

  async ask(method: string, params: object = {}): Promise<Readonly<Record<string, unknown>>> {
    const id = ++this.#last
    const message = await new Promise<Message>((done) => {
      this.#waiting.set(id, done)
      this.#socket.send(JSON.stringify({ id, method, params }))
    })
    this.#waiting.delete(id)
    if (message.error) throw new Error(`${method}: ${message.error.message}`)
    return message.result ?? {}
  }

  /** Runs an expression in the page, and waits for its promise. */
  async run(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.ask('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails))
    return (result as { readonly value?: unknown }).value
  }

  /** Adds a function to the page that calls us. */
  async listen(name: string, listener: (data: string) => void): Promise<void> {
    this.#listeners.set(name, listener)
    await this.ask('Runtime.addBinding', { name })
  }

  close(): void {
    this.#socket.close()
  }
}
