import { PassThrough, Writable } from 'node:stream'
import xterm from '@xterm/headless'
import { render } from 'ink'
import type { ReactElement } from 'react'
import { openInput } from '../../src/terminal/keys/input.ts'

/** A keyboard on limn's own input; each typed string is one chunk. */
export function keyboard() {
  const stdin = new PassThrough()
  const input = openInput(stdin as unknown as NodeJS.ReadStream, () => {})
  input.start()
  return { input, type: (bytes: string) => void stdin.write(bytes) }
}

/** Draws with Ink on a virtual terminal of this size, whose text can be read. */
export function onScreen(element: ReactElement, columns: number, rows: number) {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true })
  const stdout = Object.assign(
    new Writable({
      decodeStrings: false,
      write: (data: string, _, done) => terminal.write(data, () => done()),
    }),
    { columns, rows, isTTY: true },
  )
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => stdin,
    ref() {},
    unref() {},
  })
  const app = render(element, {
    stdout: stdout as unknown as NodeJS.WriteStream,
    stdin: stdin as unknown as NodeJS.ReadStream,
    interactive: true,
    patchConsole: false,
    exitOnCtrlC: false,
    maxFps: 120,
  })
  return {
    lines(): string[] {
      const buffer = terminal.buffer.active
      const all = Array.from(
        { length: rows },
        (_, row) => buffer.getLine(row)?.translateToString().trimEnd() ?? '',
      )
      return all.slice(0, all.findLastIndex((line) => line !== '') + 1)
    },
    /** Resolves when everything drawn so far is on the terminal. */
    async written(): Promise<void> {
      await app.waitUntilRenderFlush()
      await new Promise<void>((done) => terminal.write('', done))
    },
    cursor(): { x: number; y: number } {
      return { x: terminal.buffer.active.cursorX, y: terminal.buffer.active.cursorY }
    },
    async close() {
      app.unmount()
      await app.waitUntilExit()
      terminal.dispose()
    },
  }
}
