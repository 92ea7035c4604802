import type { WriteStream } from 'node:tty'
import { render } from 'ink'
import type { TerminalInput } from '../terminal/keys/input.ts'
import { App, type AppProps } from './App.tsx'

export type Mounted = {
  /** Resolves when the first frame is on the screen. */
  readonly drawn: Promise<void>
  update(props: AppProps): void
  unmount(): void
}

/** Renders the live area. Ink handles neither keys nor the console nor Ctrl-C. */
export function mount(props: AppProps, input: TerminalInput, stdout: WriteStream): Mounted {
  const ink = render(<App {...props} />, {
    stdin: input.inkStdin,
    stdout,
    exitOnCtrlC: false,
    patchConsole: false,
    // Ink takes CI=true to mean that nobody is watching; here somebody is.
    interactive: true,
    maxFps: 120,
    incrementalRendering: true,
  })
  return {
    drawn: ink.waitUntilRenderFlush(),
    update: (next) => ink.rerender(<App {...next} />),
    unmount: () => ink.unmount(),
  }
}
