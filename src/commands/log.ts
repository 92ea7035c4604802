import { costText, sum, sumText } from '../core/cost.ts'
import { say } from '../core/event.ts'
import { tell } from '../core/failure.ts'
import { shortName } from '../core/model.ts'
import { clip } from '../core/request.ts'
import type { Session, Turn } from '../core/session.ts'
import { path } from '../core/tree.ts'
import { defineCommand } from './define.ts'

export const log = defineCommand({
  name: 'log',
  summary: 'Every turn and every image of this session; ● marks the path to the current one',
  example: '/log',
  async *run(_, { session }) {
    if (session.versions.length === 0 && session.turns.length === 0) {
      yield say('Nothing has happened in this session yet.')
      return
    }
    const on = new Set(path(session, session.head).map(({ turn }) => turn.id))
    const brought = session.versions.filter(({ turn }) => turn === null)
    yield {
      type: 'list',
      rows: [
        ...brought.map(({ number, name = '', parent }) => [
          session.head.version === number ? '●' : ' ',
          `v${number}`,
          from(parent.version),
          `(brought in) ${name}`,
          '',
          '',
        ]),
        ...session.turns.map((turn) => row(turn, on.has(turn.id))),
      ],
    }
    yield say(spent(session))
  },
})

function row(turn: Turn, on: boolean): readonly string[] {
  const { outcome } = turn
  const words = clip(turn.text, 60)
  const mark = on ? '●' : ' '
  const model = shortName(turn.settings.model)
  switch (outcome.kind) {
    case 'open':
      return [mark, '…', from(turn.parent.version), words, model, turn.letGo ? 'let go' : 'no answer yet']
    case 'failed':
      return [mark, '×', from(turn.parent.version), words, model, clip(tell(outcome.failure).what, 50)]
    case 'answered': {
      const versions =
        outcome.versions.map((number) => `v${number}`).join(' ') ||
        (outcome.words === '' ? 'nothing' : 'words')
      const side = turn.letGo ? ' · side version' : ''
      return [mark, versions, from(turn.parent.version), words, model, `${costText(outcome.cost)}${side}`]
    }
  }
}

function from(version: number | null): string {
  return `← v${version ?? 0}`
}

/** What the session has cost so far; practice turns cost nothing. */
function spent(session: Session): string {
  const costs = session.turns.flatMap(({ outcome }) => (outcome.kind === 'answered' ? [outcome.cost] : []))
  const free = costs.length > 0 && costs.every(({ kind }) => kind === 'free')
  return `${session.versions.length} images, ${session.turns.length} turns, ${free ? 'free' : sumText(sum(costs))}`
}
