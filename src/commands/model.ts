import { closest, distance } from 'fastest-levenshtein'
import { change, say } from '../core/event.ts'
import { CATALOGUE, findModel, type Model, priced } from '../core/models/model-catalogue.ts'
import { estimate } from '../core/money/call-cost.ts'
import { imagesWith } from '../core/request/request.ts'
import { kindWarning, limitProblem } from '../core/session/reference.ts'
import type { Session } from '../core/session/session.ts'
import { currentVersion, path } from '../core/session/tree.ts'
import { fitSettings } from '../core/settings/turn-settings.ts'
import { checkTurnSetting } from './checks.ts'
import { defineCommand } from './define.ts'

export const model = defineCommand({
  name: 'model',
  summary: 'Switch the model and keep the conversation; without a name, list the models',
  example: '/model pro',
  group: 'look',
  changes: ['settings'],
  arguments: { model: { kind: 'model', about: 'an alias or id of a model', optional: true } },
  check: ({ model: word }, before) => checkTurnSetting('model', word, before),
  async *run({ model: word }, { session, chat, settings: user }) {
    const { settings } = session
    if (word === undefined) {
      yield {
        type: 'list',
        rows: [HEADINGS, ...CATALOGUE.map((one) => row(priced(one, user.prices), settings.model))],
      }
      return
    }
    const { model: next, replaced } = findModel(word)
    if (replaced) yield say(`${replaced} is switched off; ${next.id} has taken its place.`, 'warning')
    if (!next.known) {
      const names = CATALOGUE.flatMap(({ alias, id }) => (alias === null ? [id] : [alias, id]))
      const near = closest(next.id, names)
      const hint = distance(next.id, near) <= 2 ? `; did you mean ${near}?` : '.'
      yield say(
        `${next.id} is not a model that limn knows: its limits and its price are not known${hint}`,
        'warning',
      )
    }
    if (next.retires) yield say(`${next.name}: ${next.retires.note}.`, 'warning')
    const fitted = fitSettings(next, settings)
    for (const words of fitted.words) yield say(words, 'warning')
    const { references } = session
    const limit = limitProblem(next, imagesWith(references, session, chat.engine.id))
    const words = limit ?? kindWarning(next, references)
    if (words !== undefined) yield say(words, 'warning')
    if (next.id === settings.model) {
      yield say(`${next.name} is already the model.`)
      return
    }
    yield change({ type: 'set', settings: { model: next.id, ...fitted.change } })
    yield say(sentNext(session, next))
  },
})

/** What the next line sends to the next model. */
function sentNext(session: Session, next: Model): string {
  const turns = path(session, session.head).length
  const current = currentVersion(session)
  if (turns === 0 && !current) return `The next line goes to ${next.name}.`
  const signed = next.signatures ? ' (signed with the placeholder that Google documents)' : ''
  const parts = [
    ...(current ? [`v${current.number}`] : []),
    ...(turns > 0 ? [`the latest turns as they were${signed}`, 'the older prompts as a list'] : []),
    'the references in force',
  ]
  return `The next line goes to ${next.name} with ${parts.join(', ')}.`
}

const HEADINGS = ['', 'alias', 'model', 'an image', 'sizes', 'ratios', 'images in', 'typically', 'can']

function row(one: Model, current: string): readonly string[] {
  const price = estimate(one, '1K')
  return [
    one.id === current ? '●' : ' ',
    one.alias ?? '',
    one.id,
    price === undefined ? 'unknown' : `$${price.toFixed(3)}`,
    one.sizes.join(' ') || 'about 1K',
    `${one.ratios.length}`,
    `${one.images.most}`,
    `${one.seconds[0]}-${one.seconds[1]} s`,
    abilities(one),
  ]
}

function abilities({ search, thinking, retires }: Model): string {
  return [
    search.length > 0 ? `search ${search.join('+')}` : '',
    thinking.length > 0 ? `thinking ${thinking.join('/')}` : '',
    retires?.note ?? '',
  ]
    .filter(Boolean)
    .join(', ')
}
