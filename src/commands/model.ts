import { estimate } from '../core/cost.ts'
import { change, say } from '../core/event.ts'
import { CATALOGUE, findModel, fitSettings, type Model, modelOf } from '../core/model.ts'
import { imagesCount, limitProblem } from '../core/reference.ts'
import { path } from '../core/tree.ts'
import { defineCommand } from './define.ts'

export const model = defineCommand({
  name: 'model',
  summary: 'Switch the model and keep the conversation; without a name, list the models',
  example: '/model pro',
  arguments: { model: { kind: 'model', about: 'an alias or id of a model', optional: true } },
  async *run({ model: word }, { session }) {
    const { settings } = session
    if (word === undefined) {
      yield { type: 'list', rows: [HEADINGS, ...CATALOGUE.map((one) => row(one, settings.model))] }
      return
    }
    const { model: next, replaced } = findModel(word)
    if (replaced) yield say(`${replaced} is switched off; ${next.id} has taken its place.`, 'warning')
    if (!next.known) {
      yield say(
        `${next.id} is not a model that limn knows: its limits and its price are not known.`,
        'warning',
      )
    }
    if (next.retires) yield say(`${next.name}: ${next.retires.note}.`, 'warning')
    const fitted = fitSettings(next, settings)
    for (const words of fitted.words) yield say(words, 'warning')
    const limit = limitProblem(next, imagesCount(session.references))
    if (limit !== undefined) yield say(limit, 'warning')
    if (next.id === settings.model) {
      yield say(`${next.name} is the model already.`)
      return
    }
    yield change({ type: 'set', settings: { model: next.id, aspect: fitted.aspect, size: fitted.size } })
    const turns = path(session, session.head).length
    yield say(
      turns === 0
        ? `The next line goes to ${next.name}.`
        : `The next line goes to ${next.name}; the conversation and its images go with it, signed for ${modelOf(settings.model).name} and sent with the documented stand-in.`,
    )
  },
})

const HEADINGS = ['', 'alias', 'model', 'an image', 'sizes', 'ratios', 'images in', 'typically', '']

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
    one.retires?.note ?? '',
  ]
}
