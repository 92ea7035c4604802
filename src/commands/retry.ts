import { seeded } from '../chat/prepare.ts'
import { styleOf } from '../chat/style.ts'
import { say } from '../core/event.ts'

import { countOf, type Given, isDry } from '../core/flags.ts'
import { knownIn } from '../core/label.ts'
import { parseLine } from '../core/line.ts'
import { inForce } from '../core/reference.ts'
import type { Prompt, Session, Turn } from '../core/session.ts'

import { styling } from '../core/styles.ts'
import { headTurn } from '../core/tree.ts'
import { withFlags } from '../core/turn-settings.ts'
import { defineCommand } from './define.ts'

export const retry = defineCommand({
  name: 'retry',
  summary: 'Send the last line again from the same place, with other flags or words: siblings of its image',
  example: '/retry -n 4 --model pro',
  arguments: { words: { kind: 'line', about: 'flags, new words, or both', optional: true } },
  async *run({ words = '' }, { session, chat, place }) {
    const last = lastAside(session) ?? headTurn(session) ?? session.turns.findLast(({ batch }) => !batch)
    if (!last) {
      yield say('There is no line to send again yet.', 'warning')
      return
    }
    const typed = `/retry ${words}`.trim()
    const flags = onlyFlags(words, session)
    if (!flags) {
      yield { type: 'go', to: 'prompt', line: words, typed, parent: last.parent, fresh: last.fresh }
      return
    }
    const count = countOf(flags)
    const anew = new Set(flags.map(({ flag }) => flag))
    const all = [...flagsOfTurn(last, session).filter(({ flag }) => !anew.has(flag)), ...flags]
    const flagged = withFlags(all, session.settings, chat.engine.id)
    if (!flagged.ok || typeof count === 'string') {
      yield say(flagged.ok ? String(count) : flagged.sentence, 'bad')
      return
    }
    const styled = await styleOf(all, place.root)
    if (!styled.ok) {
      yield say(styled.sentence, 'bad')
      return
    }
    for (const word of flagged.words) yield say(word, 'warning')
    const { style = session.style } = styled.given
    const references = inForce(session.references)
    const prompt = {
      ...promptOf(last),
      // So that it can be sent again in its turn, with these flags.
      line: `${last.line ?? last.text} ${words}`.trim(),
      ...styling(last.text, style),
      settings: flagged.settings,
      references,
      engine: chat.engine.id,
    }
    const line = words === '' ? (last.line ?? last.text) : typed
    const prompts = Array.from({ length: count }, (_, number) => seeded(prompt, number))
    yield { type: 'go', to: 'turns', line, prompts, dry: isDry(flags) }
  },
})

/** The flags of words that are nothing else; undefined when there is something to say to the model. */
function onlyFlags(words: string, session: Session): readonly Given[] | undefined {
  if (words === '') return []
  const parsed = parseLine(words, knownIn(session))
  const alone = parsed.kind === 'prompt' && parsed.text === '' && parsed.problem === undefined
  return alone ? parsed.flags : undefined
}

/** What its line asked for itself: that is no setting of the session, and holds for the line again. */
function flagsOfTurn({ line = '' }: Turn, session: Session): readonly Given[] {
  const parsed = parseLine(line, knownIn(session))
  return parsed.kind === 'prompt' ? parsed.flags.filter(({ flag }) => flag !== 'foreign') : []
}

function promptOf(turn: Turn): Prompt {
  const { id: _id, at: _at, outcome: _outcome, letGo: _letGo, group: _group, batch: _batch, ...rest } = turn
  const { sent: _sent, style: _style, ...prompt } = rest
  return prompt
}

/** The last line of all, when the head could not move to it: nothing came of it, or nobody has chosen from its images. */
function lastAside(session: Session): Turn | undefined {
  const last = session.turns.at(-1)
  if (last?.group !== undefined && last.group === session.choice?.group) return last
  if (!last || last.letGo || last.batch || last.outcome.kind === 'open') return undefined
  const missed = last.outcome.kind === 'failed' || last.outcome.main === null
  return missed && last.id !== headTurn(session)?.id ? last : undefined
}
