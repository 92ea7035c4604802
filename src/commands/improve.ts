import { type Event, fail, say } from '../core/event.ts'
import type { Session } from '../core/session/session.ts'
import {
  type Improved,
  type Improvement,
  improve as improvedLine,
  lineOf,
} from '../core/wording/improvement.ts'
import { defineCommand } from './define.ts'
import { fresh } from './fresh.ts'

export const improve = defineCommand({
  name: 'improve',
  summary:
    'Propose a better line by the rules of /tips, and send nothing; Ctrl-T does this for the line being typed',
  example: '/improve a red fox in the snow',
  group: 'help',
  atOnce: true,
  changes: [],
  arguments: { words: { kind: 'line', about: 'the words of a prompt', optional: true } },
  async *run({ words }, { session }) {
    if (words === undefined) {
      return yield* fail('Which words? Type /improve WORDS; or type a line and press Ctrl-T before Enter.')
    }
    const improved = improvedPrompt(words, session)
    if (!improved.ok) {
      return yield* fail(improved.sentence)
    }
    const { improvement } = improved
    yield* explained(improvement)
    if (improvement.added.length === 0) yield { type: 'go', to: 'offer', line: words }
    else yield { type: 'go', to: 'propose', line: lineOf(improvement.stretches), instead: words }
  },
})

/** A better line for a prompt, with or without the command before it that starts a new image. */
export function improvedPrompt(line: string, session: Session): Improved {
  const [opening = ''] = new RegExp(`^\\s*${fresh.line()}\\s+`, 'i').exec(line) ?? []
  return improvedLine(line, session, opening)
}

/** What was added and why, and what only the user can say. */
export function* explained({ guide, added, stretches, yours }: Improvement): Generator<Event, void, unknown> {
  if (added.length > 0) yield { type: 'proposal', stretches }
  const what =
    added.length > 0
      ? `Added ${list(added)}, by rules and for free; nothing is sent yet.`
      : 'The rules have nothing to add.'
  yield say(`Read as ${guide.name}. ${what} /tips ${guide.topic} says more.`)
  if (yours.length > 0) yield say(`Only you can say: ${yours.join('; ')}.`)
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
