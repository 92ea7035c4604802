import { clip } from '../core/clip.ts'
import { say } from '../core/event.ts'
import { tell } from '../core/failures/failure.ts'
import { shortName } from '../core/models/catalogue.ts'
import { costText } from '../core/money/call-cost.ts'
import { spent } from '../core/money/spent.ts'
import type { Head, Session, Turn } from '../core/session/session.ts'
import { currentVersion, headTurn, isAlone, path } from '../core/session/tree.ts'
import { defineCommand } from './define.ts'

export const log = defineCommand({
  name: 'log',
  summary: 'Every turn and every image of this session; ● is the current one, │ the path to it',
  example: '/log',
  group: 'sessions',
  changes: [],
  async *run(_, { session }) {
    if (session.versions.length === 0 && session.turns.length === 0) {
      yield say('Nothing has happened in this session yet.')
      return
    }
    const steps = path(session, session.head)
    const marks = new Map(steps.map(({ turn }) => [turn.id, '│']))
    const current = headTurn(session)
    if (current) marks.set(current.id, '●')
    const brought = session.versions.filter(({ turn }) => turn === null)
    yield {
      type: 'list',
      rows: [
        ...brought.map(({ number, name = '', parent }) => [
          session.head.version === number ? '●' : ' ',
          `v${number}`,
          from(session, parent),
          `(brought in) ${name}`,
          '',
          '',
        ]),
        ...session.turns.map((turn) => row(session, turn, marks.get(turn.id) ?? ' ')),
      ],
    }
    yield say(total(session))
  },
})

function row(session: Session, turn: Turn, mark: string): readonly string[] {
  const { outcome } = turn
  const words = clip(turn.text, 60)
  const parent = from(session, turn.parent)
  const model = shortName(turn.settings.model)
  switch (outcome.kind) {
    case 'open':
      return [mark, '…', parent, words, model, turn.letGo ? 'let go' : 'no answer yet']
    case 'failed':
      return [mark, '×', parent, words, model, clip(tell(outcome.failure, turn.engine).what, 50)]
    case 'answered': {
      const versions =
        outcome.versions.map((number) => `v${number}`).join(' ') ||
        (outcome.words === '' ? 'nothing' : 'words')
      const side = turn.letGo ? ' · side version' : ''
      return [mark, versions, parent, words, model, `${costText(outcome.cost)}${side}`]
    }
  }
}

function from(session: Session, head: Head): string {
  return `← v${currentVersion(session, head)?.number ?? 0}${isAlone(session, head) ? ' alone' : ''}`
}

function total(session: Session): string {
  const images = session.versions.length
  const turns = session.turns.length
  return `${images} image${images === 1 ? '' : 's'}, ${turns} turn${turns === 1 ? '' : 's'}, ${spent(session)}`
}
