import { fail, say } from '../core/event.ts'
import { countOf, isDry } from '../core/line/flags.ts'
import type { Given } from '../core/line/given-flag.ts'
import { parseLine } from '../core/line/line.ts'
import { withFlags } from '../core/line/line-settings.ts'
import { knownIn } from '../core/session/label.ts'
import { inForce } from '../core/session/reference.ts'
import type { Prompt, Session, Turn } from '../core/session/session.ts'
import { headTurn } from '../core/session/tree.ts'
import { styling } from '../core/wording/style-list.ts'
import { styleOf } from '../turn/line-style.ts'
import { seeded } from '../turn/prepare.ts'
import { checked } from './checks.ts'
import { defineCommand } from './define.ts'

export const retry = defineCommand({
  name: 'retry',
  summary:
    'Send the last line again from the same place, with other flags or words, for siblings of its image; the whole line, with its braces and -n, while you have not chosen from its images',
  example: '/retry -n 4 --model pro',
  group: 'again',
  changes: [],
  arguments: { words: { kind: 'line', about: 'flags, new words, or both', optional: true } },
  check({ words = '' }, { session }) {
    const line = parseLine(words, knownIn(session))
    return line.kind === 'prompt' ? checked(line.problem) : undefined
  },
  async *run({ words = '' }, { session, chat, place }) {
    const last = lastOffPath(session) ?? headTurn(session) ?? session.turns.findLast(({ batch }) => !batch)
    if (!last) {
      return yield* fail('There is no line yet that could be sent again.')
    }
    const typed = `/retry ${words}`.trim()
    const flags = onlyFlags(words, session)
    const prompted = { type: 'go', to: 'prompt', typed, parent: last.parent, fresh: last.fresh } as const
    if (!flags) {
      yield { ...prompted, line: words }
      return
    }
    const siblings = toChoose(last, session)
    if (siblings.length > 0 && last.whole !== undefined) {
      yield { ...prompted, line: `${last.whole} ${words}`.trim() }
      return
    }
    const given = new Set(flags.map(({ flag }) => flag))
    const all = [...flagsOfTurn(last, session).filter(({ flag }) => !given.has(flag)), ...flags]
    const count = countOf(siblings.length > 0 ? [asMany(siblings), ...all] : flags)
    const flagged = withFlags(all, session.settings, chat.engine.id)
    if (!flagged.ok || typeof count === 'string') {
      return yield* fail(flagged.ok ? String(count) : flagged.sentence)
    }
    const styled = await styleOf(all, place.root)
    if (!styled.ok) {
      return yield* fail(styled.sentence)
    }
    for (const word of flagged.words) yield say(word, 'warning')
    const { style = session.style } = styled.given
    const references = inForce(session.references)
    const prompt = {
      ...promptOf(last),
      // So that /retry can send it again with these flags.
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

/** The flags, if the words are flags only; undefined if there are words for the model. */
function onlyFlags(words: string, session: Session): readonly Given[] | undefined {
  if (words === '') return []
  const parsed = parseLine(words, knownIn(session))
  const alone = parsed.kind === 'prompt' && parsed.text === '' && parsed.problem === undefined
  return alone ? parsed.flags : undefined
}

/** The flags on its own line: they are no settings of the session, so they apply to the line again. */
function flagsOfTurn({ line = '' }: Turn, session: Session): readonly Given[] {
  const parsed = parseLine(line, knownIn(session))
  return parsed.kind === 'prompt' ? parsed.flags.filter(({ flag }) => flag !== 'foreign') : []
}

/** The turns of a line whose images the user has not chosen from; none for any other line. */
function toChoose({ group }: Turn, { turns, choice }: Session): readonly Turn[] {
  return group !== undefined && group === choice?.group ? turns.filter((turn) => turn.group === group) : []
}

/** For a line without a flag for its number of images, such as /vary. */
function asMany({ length }: readonly Turn[]): Given {
  return { flag: 'n', name: '-n', value: String(length) }
}

function promptOf(turn: Turn): Prompt {
  const { id: _id, at: _at, outcome: _outcome, letGo: _letGo, group: _group, batch: _batch, ...rest } = turn
  const { sent: _sent, style: _style, whole: _whole, ...prompt } = rest
  return prompt
}

/** The last line, if the head did not move to it: the user has not chosen from its images, or it made none. */
function lastOffPath(session: Session): Turn | undefined {
  const { choice } = session
  if (choice) return session.turns.findLast(({ group }) => group === choice.group)
  const last = session.turns.at(-1)
  if (!last || last.letGo || last.batch || last.outcome.kind === 'open') return undefined
  const missed = last.outcome.kind === 'failed' || last.outcome.main === null
  return missed && last.id !== headTurn(session)?.id ? last : undefined
}
