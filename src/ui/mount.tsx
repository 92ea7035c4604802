import type { WriteStream } from 'node:tty'
import { render } from 'ink'
import type { TerminalInput } from '../terminal/keys/input.ts'
import { App, type AppProps } from './App.tsx'

export type Mounted = {
  /** When the first frame is on the screen. */
  readonly drawn: Promise<void>
  update(props: AppProps): void
  unmount(): void
}

/** The live area. Ink has no say over keys, the console or Ctrl-C. */
export function mount(props: AppProps, input: TerminalInput, stdout: WriteStream): Mounted {
  const ink = render(<App {...props} />, {
    stdin: input.inkStdin,
    stdout,
    exitOnCtrlC: false,
    patchConsole: false,
    // A shell with CI=true is a shell too.
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
