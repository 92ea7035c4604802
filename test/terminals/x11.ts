// An X11 terminal, in a server without a screen.
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readPpm } from './shot.ts'
import { type Environment, type Stage, until } from './stage.ts'
import type { Size, Window } from './window.ts'

const SCREEN = { width: 1600, height: 1200 }

export async function openX11(
  stage: Stage,
  size: Size,
  [command, ...args]: readonly string[],
): Promise<Window> {
  const display = await startServer(stage)
  const env = { ...stage.env, DISPLAY: display }
  const log = join(stage.folder, 'terminal.log')
  const terminal = stage.start(command ?? '', args, { env, stdio: ['ignore', 'ignore', openSync(log, 'w')] })
  const tool = (...words: readonly string[]) => stage.run('xdotool', words, env).toString()
  const area = (id: string) => {
    const geometry = tool('getwindowgeometry', '--shell', id)
    const number = (name: string) => Number(new RegExp(`^${name}=(\\d+)`, 'm').exec(geometry)?.[1])
    return { width: number('WIDTH'), height: number('HEIGHT') }
  }
  const id = await until(`a window of ${command}`, () => {
    if (terminal.exitCode !== null)
      throw new Error(`${command} ended (${terminal.exitCode}):\n${readFileSync(log, 'utf8')}`)
    return windowIds(stage, env).find((one) => {
      try {
        const { width, height } = area(one)
        return width > 200 && height > 100 && width < SCREEN.width
      } catch {
        return false
      }
    })
  })
  tool('windowmove', id, '0', '0')
  // Some take keys only once the pointer has been over them; then it is moved out of the way.
  tool('mousemove', '300', '200', 'windowfocus', id)
  tool('mousemove', String(SCREEN.width - 1), String(SCREEN.height - 1))
  // The window may not have its final size yet.
  let first = area(id)
  await until('a window that rests', () => {
    const now = area(id)
    const rests = now.width === first.width && now.height === first.height
    first = now
    return rests
  })
  const cell = { width: Math.floor(first.width / size.columns), height: Math.floor(first.height / size.rows) }
  return {
    async type(text) {
      tool('type', '--delay', '8', text)
    },
    async enter() {
      tool('key', 'Return')
    },
    async clear() {
      tool('key', 'ctrl+u')
    },
    async look() {
      return readPpm(stage.run('import', ['-silent', '-window', id, '-depth', '8', 'ppm:-'], env))
    },
    async resize(columns, rows) {
      tool(
        'windowsize',
        id,
        String(first.width + (columns - size.columns) * cell.width),
        String(first.height + (rows - size.rows) * cell.height),
      )
    },
  }
}

/**
 * Retries, because two servers that start at the same moment may claim the same display. `-noreset`, because otherwise a
 * server restarts when its last client leaves and refuses new ones meanwhile: xdotool is the first client here, and the
 * terminal could then not open its window.
 */
async function startServer(stage: Stage, tries = 3): Promise<string> {
  const server: ChildProcess = stage.start(
    'Xvfb',
    [
      '-displayfd',
      '3',
      '-screen',
      '0',
      `${SCREEN.width}x${SCREEN.height}x24`,
      '-nolisten',
      'tcp',
      '-dpi',
      '96',
      '-noreset',
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  )
  const told = server.stdio[3]
  if (!told) throw new Error('Xvfb has no pipe to report its display on')
  const ended = once(server, 'exit').then(() => '')
  const number = String(await Promise.race([once(told, 'data'), ended])).trim()
  const display = `:${number}`
  try {
    if (number === '') throw new Error('Xvfb did not start')
    stage.run('xdotool', ['getdisplaygeometry'], { ...stage.env, DISPLAY: display })
    return display
  } catch (error) {
    server.kill('SIGKILL')
    if (tries <= 1) throw error
    return startServer(stage, tries - 1)
  }
}

function windowIds(stage: Stage, env: Environment): readonly string[] {
  try {
    return stage
      .run('xdotool', ['search', '--onlyvisible', '--name', '.*'], env)
      .toString()
      .split('\n')
      .filter((id) => id !== '')
  } catch {
    return []
  }
}
