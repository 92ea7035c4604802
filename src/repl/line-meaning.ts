import type { Command } from '../commands/define.ts'
import { resolveCommand, resolveVersion, spelledOut } from '../commands/usage.ts'
import { notSent, type Task } from '../core/event.ts'
import { type Line, parseLine } from '../core/line/line.ts'
import { knownIn } from '../core/session/label.ts'
import type { Session } from '../core/session/session.ts'
import type { Context } from '../turn/context.ts'

/** What a typed line means in the current session. */
export type LineMeaning =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'prompt'; readonly parsed: Line & { readonly kind: 'prompt' } }
  | {
      readonly kind: 'command'
      /** It runs even while a turn runs. */
      readonly atOnce: boolean
      readonly task: (context: Context) => Task
    }
  /** A command that does not exist. */
  | { readonly kind: 'unknown'; readonly sentence: string }

export function meaningOf(line: string, session: Session, commands: readonly Command[]): LineMeaning {
  const parsed = parseLine(spelledOut(line, commands), knownIn(session))
  switch (parsed.kind) {
    case 'nothing':
      return parsed
    case 'prompt':
      return { kind: 'prompt', parsed }
    case 'goto':
    case 'command': {
      const found =
        parsed.kind === 'command'
          ? resolveCommand(parsed.name, parsed.rest, commands)
          : resolveVersion(parsed.version, commands)
      if (found.kind === 'unknown') return found
      const { command, rest } = found
      return { kind: 'command', atOnce: command.atOnce, task: (context) => started(command, rest, context) }
    }
  }
}

function started(command: Command, rest: string, context: Context): Task {
  const begun = command.start(rest, context)
  return 'work' in begun ? begun.work : refusal(begun.problem)
}

/** The line is wrong in any session. */
export async function* refusal(says: string): Task {
  return yield* notSent({ reason: 'usage', says })
}
