import type { Front } from '../core/queue/line-queue.ts'
import { turnOf } from '../core/session/tree.ts'
import type { LineRun } from './line-run.ts'
import type { Lane } from './screen.ts'

/** What the screen shows while nothing has the foreground. */
export const READY: Lane = { kind: 'ready' }

/** What the screen shows of the line in the foreground. */
export function laneOf(
  { since, prompts, waitText: text, ended: done }: LineRun,
  doing: Front['doing'],
): Lane {
  const [prompt] = prompts
  if (!since || doing === 'starting' || doing === 'choosing') return READY
  if (doing === 'command' || !prompt) return { kind: 'command', since }
  return { kind: 'turn', since, prompt, text, of: prompts.length, done }
}

/** Running turns of a line; a line that has none yet, or none any more, still counts as one. */
export function runningTurns({ slots, home }: LineRun): number {
  const session = home?.recorder.session
  const open = slots.filter(({ turn }) => session && turnOf(session, turn)?.outcome.kind === 'open')
  return Math.max(1, open.length)
}
