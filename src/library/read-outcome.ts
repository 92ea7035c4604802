import { join } from 'node:path'
import { EXIT, exitCodeOf } from '../core/exit-codes.ts'
import type { LineOutcome } from '../core/line/line-outcome.ts'
import type { TaskProblem } from '../core/line/part-outcome.ts'
import type { Session, Version } from '../core/session/session.ts'
import { turnOf, versionOf } from '../core/session/tree.ts'
import type { DrawOutput, DrawResult, LimnProblem, LimnVersion } from './draw-result.ts'
import { problemEvents } from './line-events.ts'

export function versionFor(version: Version, session: Session, folder: string): LimnVersion {
  const { number, file } = version
  const turn = turnOf(session, version.turn)
  return {
    number,
    path: join(folder, file.file),
    mime: file.mime,
    width: file.width,
    height: file.height,
    tags: session.tags.filter((tag) => tag.version === number).map(({ name }) => name),
    prompt: version.source === undefined ? (turn?.text ?? null) : null,
  }
}

export function drawResultOf(outcome: LineOutcome, session: Session, folder: string): DrawResult {
  const { versions, cost, said, turns } = outcome
  const drawn: DrawOutput = {
    versions: versions.flatMap((number) => {
      const version = versionOf(session, number)
      return version ? [versionFor(version, session, folder)] : []
    }),
    words: turns.flatMap((id) => wordsOf(session, id)).join('\n'),
    notes: said.flatMap((notice) => (notice.type === 'say' ? [notice.text] : [])),
    usd: cost.usd,
    mayHaveBeenBilled: cost.unknown,
  }
  return outcome.kind === 'done' ? { kind: 'done', ...drawn } : { ...problemFor(outcome), ...drawn }
}

/** A problem for a program; its kind follows the same rule as the exit code. */
export function problemFor(
  ended: (LineOutcome & { kind: 'failed' | 'not-sent' }) | TaskProblem,
): LimnProblem {
  const events = problemEvents(ended)
  const text = events.map((event) => event.text).join('\n')
  if (ended.kind === 'not-sent') return { kind: 'not-sent', reason: ended.why.reason, text }
  const kind = exitCodeOf([ended]) === EXIT.refused.code ? 'refused' : 'failed'
  const first = events.find((event) => event.kind === kind) ?? events[0]
  return { kind, reason: first?.reason ?? 'problem', text }
}

function wordsOf(session: Session, turn: string): readonly string[] {
  const outcome = turnOf(session, turn)?.outcome
  return outcome?.kind === 'answered' && outcome.words !== '' ? [outcome.words] : []
}
