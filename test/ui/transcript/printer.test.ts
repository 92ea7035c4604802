import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import headless from '@xterm/headless'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Notice } from '../../../src/core/event.ts'
import { replay } from '../../../src/core/session/apply.ts'
import { emptySession } from '../../../src/core/session/session.ts'
import type { Settings } from '../../../src/store/settings/all-settings.ts'
import { probeEnvironment, type Terminal } from '../../../src/terminal/which/probe.ts'
import { Printer } from '../../../src/ui/transcript/printer.ts'
import { quarters } from '../../image/samples.ts'
import { temporaryHome } from '../../store/temporary-home.ts'

const HEADER = 'limn 0.1.0 · practice engine: not AI, free. /key connects Gemini'
const settings = { model: 'gemini-3.1-flash-image', aspect: 'auto', size: '1K' }

/** A printer on a virtual terminal, with three images brought in. */
async function openPrinter(more: Partial<Terminal> = {}) {
  const folder = await temporaryHome()
  await mkdir(join(folder, 'images'))
  const at = '2026-11-22T20:00:00.000Z'
  const image = { mime: 'image/png', width: 300, height: 300, bytes: 1, sha256: '1' }
  const brought = [1, 2, 3].map((version) => {
    const file = { ...image, file: `images/v${version}.png` }
    return { at, type: 'brought', version, name: 'a fox at dawn.png', file } as const
  })
  for (const { file } of brought) await writeFile(join(folder, file.file), await quarters(300, 300))
  const session = replay(emptySession('s', settings), brought)
  const size = { columns: 100, rows: 40 }
  let terminal: Terminal = { ...probeEnvironment({ TERM: 'xterm-256color' }, size), ...more }
  const screen = new headless.Terminal({ cols: size.columns, rows: size.rows, allowProposedApi: true })
  onTestFinished(() => screen.dispose())
  const written: string[] = []
  let wrote: (() => void) | undefined
  const chosen: { graphics: Settings['graphics']; preview: Settings['preview'] } = {
    graphics: 'auto',
    preview: 'large',
  }
  const printer = new Printer(
    {
      write(text) {
        written.push(text)
        screen.write(text.replaceAll('\n', '\r\n'))
        wrote?.()
      },
      terminal: async () => terminal,
      graphics: () => chosen.graphics,
      preview: () => chosen.preview,
      transparency: () => 'checkerboard',
      folder: () => folder,
      home: folder,
    },
    HEADER,
  )
  return {
    chosen,
    written,
    says: (notice: Notice) => printer.print({ kind: 'notice', notice, session }),
    /** Like dragging the window's edge. */
    async resize(columns: number, rows = size.rows) {
      const width = columns === terminal.columns ? 'same' : 'another'
      terminal = { ...terminal, columns, rows }
      screen.resize(columns, rows)
      const written = new Promise<void>((done) => {
        wrote = done
      })
      printer.resized(width)
      await written
      await new Promise<void>((done) => screen.write('', done))
    },
    rows() {
      const { active } = screen.buffer
      return Array.from(
        { length: screen.rows },
        (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
      ).filter((row) => row !== '')
    },
  }
}

test('in a narrower window the text on the screen wraps between words, and in a wider one it is whole again', async () => {
  const it = await openPrinter()
  it.chosen.preview = 'none'
  await it.says({ type: 'say', text: 'It shows the words of the transcript.' })
  await it.says({ type: 'show', version: 1, size: 'usual' })
  await it.resize(34)
  expect(it.rows()).toEqual([
    'limn 0.1.0 · practice engine: not',
    'AI, free. /key connects Gemini',
    'It shows the words of the',
    'transcript.',
    'v1 ← v0 · 300×300 · png ·',
    'brought in: a fox at dawn.png',
    '~/images/v1.png',
  ])
  await it.resize(100)
  expect(it.rows()).toEqual([
    HEADER,
    'It shows the words of the transcript.',
    'v1 ← v0 · 300×300 · png · brought in: a fox at dawn.png · ~/images/v1.png',
  ])
})

const ids = (text: string | undefined, command: string) =>
  [...(text ?? '').matchAll(new RegExp(`\\x1b_G${command},[^;\\x1b]*\\bi=(\\d+)`, 'g'))].map(([, id]) => id)
const drawn = (text: string | undefined) => ids(text, 'a=T')
const deleted = (text: string | undefined) => ids(text, 'a=d,d=I')

describe('pictures that lie over the cells', () => {
  const kitty = { brand: 'kitty', version: '0.26.5', protocols: ['kitty', 'blocks'] } as const

  test('are deleted before the screen is drawn again, those of /doctor too', async () => {
    const it = await openPrinter(kitty)
    await it.says({ type: 'show', version: 1, size: 'small' })
    await it.says({ type: 'card', graphics: 'kitty', caption: 'kitty' })
    const first = drawn(it.written.join(''))
    expect(first).toHaveLength(2)
    await it.resize(60)
    expect(deleted(it.written.at(-1))).toEqual(first)
    expect(drawn(it.written.at(-1))).toHaveLength(2)
  })

  test('are drawn again when only the height changes too, because kitty moves the text and not the pictures', async () => {
    const it = await openPrinter(kitty)
    await it.says({ type: 'show', version: 1, size: 'small' })
    await it.resize(100, 20)
    expect(deleted(it.written.at(-1))).toEqual(drawn(it.written[0]))
    await it.resize(100, 40)
    expect(drawn(it.written.at(-1))).toHaveLength(1)
  })

  test('stay in the scrollback of Konsole, which moves them with their rows', async () => {
    const it = await openPrinter({ brand: 'konsole', protocols: ['kitty', 'blocks'] })
    await it.says({ type: 'show', version: 1, size: 'small' })
    await it.resize(60)
    expect(drawn(it.written.at(-1))).toHaveLength(1)
    expect(deleted(it.written.join(''))).toEqual([])
  })
})

describe('the pictures sent to kitty', () => {
  const kitty = {
    brand: 'kitty',
    version: '0.41.1',
    protocols: ['kitty-placeholders', 'kitty', 'blocks'],
  } as const

  test('are all shown, even where a narrower window has no room for one', async () => {
    const it = await openPrinter({ ...kitty, cell: { width: 4, height: 8 } })
    it.chosen.preview = 18
    for (const version of [1, 2, 3]) await it.says({ type: 'show', version, size: 'usual' })
    await it.resize(30)
    for (const version of [1, 2, 3]) await it.says({ type: 'show', version, size: 'usual' })
    const all = it.written.join('')
    const shown = [...all.matchAll(/\x1b\[38;2;(\d+);(\d+);(\d+)m\u{10eeee}/gu)].map(([, ...rgb]) => {
      const [red = 0, green = 0, blue = 0] = rgb.map(Number)
      return String((red << 16) | (green << 8) | blue)
    })
    expect(new Set(shown)).toEqual(new Set(ids(all, 'a=t')))
  })

  test('include a test picture for each of its two protocols', async () => {
    const it = await openPrinter(kitty)
    for (const graphics of kitty.protocols) await it.says({ type: 'card', graphics, caption: graphics })
    const [placeholders = '', direct = '', blocks = ''] = it.written
    expect([ids(placeholders, 'a=p').length, drawn(direct).length]).toEqual([1, 1])
    expect(direct).not.toContain('\u{10eeee}')
    expect(blocks).not.toContain('\x1b_G')
  })

  test('leave no file that kitty has not been given to read', async () => {
    const temporary = await temporaryHome()
    vi.stubEnv('TMPDIR', temporary)
    onTestFinished(() => void vi.unstubAllEnvs())
    const it = await openPrinter({
      ...kitty,
      version: '0.26.5',
      protocols: ['kitty', 'blocks'],
      filesReadable: true,
    })
    for (const version of [1, 2, 3]) await it.says({ type: 'show', version, size: 'usual' })
    await it.resize(60, 20)
    const given = [...it.written.join('').matchAll(/\x1b_G[^;]*t=t[^;]*;([^\x1b]*)/g)].map(([, path = '']) =>
      Buffer.from(path, 'base64').toString(),
    )
    const written = (await readdir(temporary)).filter((name) => name.startsWith('tty-graphics-protocol'))
    expect(written.map((name) => join(temporary, name)).sort()).toEqual(given.sort())
  })
})

test('a change of height prints nothing again where pictures are text', async () => {
  const it = await openPrinter()
  await it.says({ type: 'show', version: 1, size: 'small' })
  await it.resize(100, 20)
  expect(it.written.slice(1)).toEqual(['\x1b[J'])
})

test('/show --full uses all rows but three, whatever the preview setting', async () => {
  const it = await openPrinter({ rows: 40, cell: { width: 2, height: 4 } })
  it.chosen.preview = 'none'
  await it.says({ type: 'show', version: 1, size: 'full' })
  expect((it.written[0] ?? '').split('\n').findIndex((line) => line.includes('v1 ← v0'))).toBe(37)
})

test.each([
  ['large', 40, 24],
  ['large', 12, 8],
  ['large', 8, 5],
  ['medium', 40, 16],
  ['small', 40, 10],
  [30, 40, 30],
  [60, 40, 37],
] as const)(
  'with preview %s, a picture in a window of %i rows has %i, and leaves three to the caption and the prompt',
  async (preview, rows, high) => {
    const it = await openPrinter({ rows, cell: { width: 2, height: 4 } })
    it.chosen.preview = preview
    await it.says({ type: 'show', version: 1, size: 'usual' })
    const lines = (it.written[0] ?? '').split('\n')
    expect(lines.findIndex((line) => line.includes('v1 ← v0'))).toBe(high)
  },
)
