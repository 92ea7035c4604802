import { clip } from '../core/clip-text.ts'
import { say } from '../core/event.ts'
import { explain } from '../core/failures/failure.ts'
import { shortName } from '../core/models/model-catalogue.ts'
import { costText } from '../core/money/call-cost.ts'
import { actCostText, spent } from '../core/money/spent.ts'
import { type Head, ROOT, type Session, type Turn } from '../core/session/session.ts'
import { currentVersion, headTurn, isAlone, steps, versionOf } from '../core/session/tree.ts'
import { defineCommand } from './define.ts'

export const log = defineCommand({
  name: 'log',
  summary: 'List every turn and image of this session; ● is the current one, │ the path to it',
  example: '/log',
  group: 'sessions',
  changes: [],
  async *run(_, { session }) {
    if (session.versions.length === 0 && session.turns.length === 0) {
      yield say('Nothing has happened in this session yet.')
      return
    }
    const onPath = steps(session, session.head).map((step) =>
      step.kind === 'turn' ? step.turn.id : (step.version.made?.act.id ?? ''),
    )
    const marks = new Map(onPath.map((id) => [id, '│']))
    const current = versionOf(session, session.head.version)?.made?.act.id ?? headTurn(session)?.id
    if (current !== undefined) marks.set(current, '●')
    const brought = session.versions.filter(({ turn, made }) => turn === null && !made)
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
        ...session.turns.flatMap((turn, index) => [
          ...actRows(session, index, marks),
          row(session, turn, marks.get(turn.id) ?? ' '),
        ]),
        ...actRows(session, session.turns.length, marks),
      ],
    }
    yield say(total(session))
  },
})

type Marks = ReadonlyMap<string, string>

/** Images that tools of limn made between two turns. */
function actRows(session: Session, turnsBefore: number, marks: Marks): readonly (readonly string[])[] {
  const made = session.versions.filter((version) => version.made?.turnsBefore === turnsBefore)
  return [...Map.groupBy(made, (version) => version.made?.act.id)].map(([id = '', versions]) => {
    const [first] = versions
    const names = versions.map(({ number }) => `v${number}`).join(' ')
    const act = first?.made?.act
    const words = `(${[act?.tool, ...(act?.arguments ?? [])].join(' ')})`
    // What was done to each of several images is shown under its picture.
    const did = versions.length === 1 ? ` ${first?.made?.did}` : ''
    return [
      marks.get(id) ?? ' ',
      names,
      from(session, first?.parent ?? ROOT),
      clip(`${words}${did}`, 60),
      '',
      act ? actCostText(session, act) : '',
    ]
  })
}

function row(session: Session, turn: Turn, mark: string): readonly string[] {
  const { outcome } = turn
  const words = clip(turn.text, 60)
  const parent = from(session, turn.parent)
  const model = shortName(turn.settings.model)
  switch (outcome.kind) {
    case 'open':
      return [mark, '…', parent, words, model, turn.letGo ? 'in the background' : 'no answer yet']
    case 'failed':
      return [mark, '×', parent, words, model, clip(explain(outcome.failure, turn.engine).what, 50)]
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
