import { type Answer, change, type Event, fail, say, type Task } from '../core/event.ts'
import { inStyle, PLACE, styleNameProblem, takenName, templateProblem } from '../core/wording/style-list.ts'
import {
  findStyle,
  type ListedStyle,
  listStyles,
  noStyle,
  removeStyle,
  saveStyle,
  stylePath,
} from '../store/settings/style-files.ts'
import { styleOf } from '../turn/line-style.ts'
import { checked } from './checks.ts'
import { defineCommand } from './define.ts'

export const style = defineCommand({
  name: 'style',
  summary: 'Send every line in a style, until /style off; without a name, list the styles',
  example: '/style watercolour',
  group: 'look',
  changes: [],
  arguments: { name: { kind: 'style', about: 'the name of a style, or off', optional: true } },
  async check({ name = 'off' }, { newStyles, place }) {
    if (newStyles) return undefined
    const styled = await styleOf([{ flag: 'style', name: '/style', value: name }], place.root)
    return checked(styled.ok ? undefined : styled.sentence)
  },
  async *run({ name }, { session, place }) {
    if (name === undefined) {
      yield* listed(await listStyles(place.root), session.style?.name)
      return
    }
    if (/^(?:off|none)$/i.test(name)) {
      if (session.style === null) yield say('No style is in force.')
      else {
        yield change({ type: 'styled', style: null })
        yield say(`Lines are sent as typed again, without ${session.style.name}.`)
      }
      return
    }
    const found = await findStyle(place.root, name)
    if (!found) {
      return yield* fail(await noStyle(place.root, name))
    }
    if (found.problem !== undefined) {
      return yield* fail(`${found.name} cannot be used. ${found.problem}`)
    }
    const { name: known, template } = found
    yield change({ type: 'styled', style: { name: known, template } })
    yield say(`From the next line on, until /style off: ${inStyle(found, '…')}`)
  },
})

export const styleList = defineCommand({
  name: 'style list',
  summary: 'List the styles: your own, then the built-in ones',
  example: '/style list',
  group: 'look',
  changes: [],
  async *run(_, { session, place }) {
    yield* listed(await listStyles(place.root), session.style?.name)
  },
})

export const styleSave = defineCommand({
  name: 'style save',
  summary: `Save a style of your own: a template with ${PLACE} where the words of a line go`,
  example: '/style save noir {prompt}. Make it black and white, lit by one street lamp.',
  group: 'look',
  changes: ['styles'],
  arguments: {
    name: { kind: 'text', about: 'a name for the style' },
    template: { kind: 'words', about: `the template, with ${PLACE} in it` },
  },
  async *run({ name, template }, { place }) {
    const problem = styleNameProblem(name) ?? formProblem(name) ?? templateProblem(template)
    if (problem !== undefined) {
      return yield* fail(problem)
    }
    const before = await findStyle(place.root, name)
    if (before?.own && before.template !== template && !(yield* replaces(before))) return
    await saveStyle(place.root, { name, template })
    yield say(`Saved in ${stylePath(place.root, name)}. /style ${name} puts it in force.`)
  },
})

export const styleRemove = defineCommand({
  name: 'style remove',
  summary: 'Delete a style of your own; the built-in ones stay',
  example: '/style remove noir',
  group: 'look',
  changes: ['styles'],
  arguments: { name: { kind: 'style', about: 'the name of a style of your own' } },
  async *run({ name }, { place }) {
    const removed = await removeStyle(place.root, name)
    const left = await findStyle(place.root, name)
    if (!removed && left) return yield* fail(`${left.name} is built in and stays.`)
    if (!removed) return yield* fail(`There is no style ${name} of your own.`)
    yield say(left ? `Removed; ${name} is the built-in style again.` : `Removed ${name}.`)
  },
})

/** Why a name cannot be given to a style: after /style it would be read as one of the forms. */
function formProblem(name: string): string | undefined {
  const forms = [styleList, styleSave, styleRemove].map((one) => one.name.split(' ')[1] ?? '')
  return forms.some((form) => form.startsWith(name.toLowerCase())) ? takenName(name) : undefined
}

async function* replaces({ name, template }: ListedStyle): AsyncGenerator<Event, boolean, Answer> {
  const text = `You already have a style ${name}: "${template}" Replace it?`
  const yes = (yield { type: 'ask', question: { kind: 'yes-no', text, default: false } }) === true
  if (!yes) yield say('Not saved; the existing style stays.')
  return yes
}

async function* listed(styles: readonly ListedStyle[], current: string | undefined): Task {
  yield {
    type: 'list',
    rows: styles.map(({ name, about, own, template, problem }) => [
      name === current ? '●' : ' ',
      name,
      problem ?? (own ? `yours: ${template}` : about),
    ]),
  }
  yield say(
    '/style NAME for the session, --style NAME at the end of one line, /style save NAME TEMPLATE for your own.',
  )
}
