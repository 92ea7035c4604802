// foot runs only on Wayland, so it runs in a sway without a screen.
import { chownSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readPpm } from './shot.ts'
import { type Environment, type Stage, until } from './stage.ts'
import type { Size, Window } from './window.ts'

/** The user id for sway when the tests run as root: sway refuses to run as root. */
const NOBODY = 65534

type Node = {
  readonly app_id?: string
  readonly rect: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  readonly nodes?: readonly Node[]
  readonly floating_nodes?: readonly Node[]
}

export async function openFoot(
  stage: Stage,
  size: Size,
  [command, ...args]: readonly string[],
): Promise<Window> {
  const folder = join(stage.folder, 'wayland')
  mkdirSync(folder, { mode: 0o700 })
  const wayland: Environment = {
    ...stage.env,
    XDG_RUNTIME_DIR: folder,
    WLR_BACKENDS: 'headless',
    WLR_LIBINPUT_NO_DEVICES: '1',
    WLR_RENDERER: 'pixman',
  }
  const config = join(stage.folder, 'sway.conf')
  stage.write(
    config,
    [
      'output HEADLESS-1 resolution 1600x1200',
      'default_border none',
      'for_window [app_id="foot"] floating enable, move position 0 0',
      'focus_follows_mouse no',
    ].join('\n'),
  )
  const isRoot = process.getuid?.() === 0
  if (isRoot) {
    chownSync(folder, NOBODY, NOBODY)
    stage.open()
  }
  stage.start('sway', ['-c', config], {
    env: wayland,
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  })
  const socket = (prefix: string) =>
    until(`sway's ${prefix}`, () =>
      readdirSync(folder).find((name) => name.startsWith(prefix) && !name.endsWith('.lock')),
    )
  const env: Environment = {
    ...wayland,
    WAYLAND_DISPLAY: await socket('wayland-'),
    SWAYSOCK: join(folder, await socket('sway-ipc')),
  }
  const foot = stage.start(command ?? '', args, { env })
  const message = (...words: readonly string[]) => stage.run('swaymsg', ['-r', ...words], env).toString()
  const area = () => find(JSON.parse(message('-t', 'get_tree')) as Node)?.rect
  let first = await until('the window of foot', () => {
    if (foot.exitCode !== null) throw new Error(`foot ended (${foot.exitCode})`)
    const now = area()
    return now && now.width > 200 && now
  })
  await until('a window that rests', () => {
    const now = area() ?? first
    const rests = now.width === first.width && now.height === first.height
    first = now
    return rests
  })
  const cell = { width: Math.floor(first.width / size.columns), height: Math.floor(first.height / size.rows) }
  // The keys of a new virtual keyboard are lost while foot learns its layout.
  const keys = (...words: readonly string[]) =>
    void stage.run('wtype', ['-s', '150', ...words, '-s', '50'], env)
  return {
    async type(text) {
      keys('-d', '8', text)
    },
    async enter() {
      keys('-k', 'Return')
    },
    async clear() {
      keys('-M', 'ctrl', '-k', 'u', '-m', 'ctrl')
    },
    async look() {
      const { x, y, width, height } = area() ?? first
      return readPpm(stage.run('grim', ['-g', `${x},${y} ${width}x${height}`, '-t', 'ppm', '-'], env))
    },
    async resize(columns, rows) {
      const width = first.width + (columns - size.columns) * cell.width
      const height = first.height + (rows - size.rows) * cell.height
      message(`[app_id="foot"] resize set ${width} px ${height} px, move position 0 0`)
    },
  }
}

function find(node: Node): Node | undefined {
  if (node.app_id === 'foot') return node
  for (const child of [...(node.nodes ?? []), ...(node.floating_nodes ?? [])]) {
    const found = find(child)
    if (found) return found
  }
  return undefined
}
