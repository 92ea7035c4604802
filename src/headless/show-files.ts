import type { ReadStream, WriteStream } from 'node:tty'
import { EXIT } from '../core/exit-codes.ts'
import type { Place } from '../host/place.ts'
import type { CliCommand } from '../options/command.ts'
import { printed } from '../terminal/pictures/printed.ts'
import { picture } from '../terminal/pictures/render.ts'
import { askTerminal } from '../terminal/which/ask.ts'
import { choose } from '../terminal/which/choose.ts'
import { sanitizeLine } from '../text/sanitize.ts'
import { readImage } from '../turn/read-image.ts'

type Streams = { readonly stdin: ReadStream; readonly stdout: WriteStream; err(text: string): void }

/** Draws image files as a session would, in at most the given cells. Returns the exit code. */
export async function showFiles(
  { files, graphics, cells }: CliCommand & { kind: 'show' },
  place: Place,
  streams: Streams,
): Promise<number> {
  const terminal = await askTerminal(streams.stdin, streams.stdout, place.env)
  // The last row is the shell's own.
  const room = cells ?? { columns: terminal.columns, rows: Math.max(1, terminal.rows - 1) }
  const protocol = choose(terminal, graphics ?? 'auto')
  let status: number = EXIT.done.code
  for (const path of files) {
    const read = await readImage(path, place, false)
    if (!read.ok) {
      streams.err(`${sanitizeLine(read.sentence)}\n`)
      status = EXIT.failed.code
      continue
    }
    const shown = await picture(read.bytes, {
      terminal,
      protocol,
      maxColumns: room.columns,
      maxRows: room.rows,
    })
    if (shown.kind === 'none') {
      streams.err('This terminal shows no pictures; --graphics=blocks draws one all the same.\n')
      status = EXIT.failed.code
    } else {
      await written(streams.stdout, printed(shown).text)
    }
  }
  return status
}

function written(stdout: WriteStream, text: string): Promise<void> {
  return new Promise((done) => {
    stdout.write(text, () => done())
  })
}
