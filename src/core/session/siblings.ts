import type { Session, Turn } from './session.ts'

/** The words in which a turn differs from the others of its line: `dawn` of `a fox at {dawn|noon}`; empty if none. */
export function choiceOf(session: Session, turn: Turn): string {
  if (turn.group === undefined) return ''
  const texts = session.turns.filter(({ group }) => group === turn.group).map(({ text }) => text.split(/\s+/))
  const own = turn.text.split(/\s+/)
  const least = Math.min(...texts.map(({ length }) => length))
  const first = count(least, (at) => texts.every((words) => words[at] === own[at]))
  const last = count(least - first, (at) => texts.every((words) => words.at(-1 - at) === own.at(-1 - at)))
  return own.slice(first, own.length - last).join(' ')
}

/** How many places in a row, from 0 on, fulfil the condition. */
function count(most: number, isSo: (at: number) => boolean): number {
  let at = 0
  while (at < most && isSo(at)) at += 1
  return at
}
