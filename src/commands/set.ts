import type { Context } from '../chat/context.ts'
import { change, say, type Work } from '../core/event.ts'
import { findModel, modelOf } from '../core/model.ts'
import {
  isSettingName,
  isValueOf,
  rightValue,
  SETTINGS,
  type SettingName,
  typedValue,
} from '../store/settings.ts'
import { defineCommand } from './define.ts'

export const set = defineCommand({
  name: 'set',
  summary: 'List the settings, or change one; model, aspect and size belong to the session',
  example: '/set aspect 16:9',
  arguments: {
    name: { kind: 'setting', about: 'the name of a setting', optional: true },
    value: { kind: 'text', about: 'its new value', optional: true },
  },
  flags: { always: { kind: 'switch', about: 'also for new sessions' } },
  async *run({ name, value, always }, context) {
    if (name === undefined) {
      yield {
        type: 'list',
        rows: SETTINGS.map((row) => [row.name, ...valueAndPlace(row.name, context), row.meaning]),
      }
      return
    }
    const setting = SETTINGS.find((row) => row.name.toLowerCase() === name.toLowerCase())
    if (!setting || !isSettingName(setting.name)) {
      yield say(`There is no setting ${name}; /set lists them.`, 'bad')
      return
    }
    if (value === undefined) {
      const [now, place] = valueAndPlace(setting.name, context)
      yield say(`${setting.name} is ${now} (${place}): ${setting.meaning}. It takes ${setting.values}.`)
      return
    }
    if (isOfSession(setting.name)) yield* setOfSession(setting.name, value, always, context)
    else yield* setOfUser(setting.name, value, context)
  },
})

function isOfSession(name: SettingName): name is 'model' | 'aspect' | 'size' {
  return name === 'model' || name === 'aspect' || name === 'size'
}

function valueAndPlace(name: SettingName, { session, settings }: Context): readonly [string, string] {
  if (isOfSession(name)) return [session.settings[name], 'this session']
  const row = SETTINGS.find((one) => one.name === name)
  const value = settings.values[name]
  return [String(value), value === row?.default ? 'default' : 'yours']
}

async function* setOfSession(
  name: 'model' | 'aspect' | 'size',
  typed: string,
  always: boolean,
  { session, settings }: Context,
): Work {
  if (name === 'model') {
    yield { type: 'go', to: 'line', line: `/model ${typed}` }
    if (always) yield* keep(settings.set('model', findModel(typed).model.id))
    return
  }
  const model = modelOf(session.settings.model)
  const allowed = name === 'aspect' ? ['auto', ...model.ratios] : model.sizes
  const value = allowed.find((one) => one.toLowerCase() === typed.toLowerCase())
  if (value === undefined) {
    const all = allowed.length === 0 ? 'no size at all: it always answers about 1K' : allowed.join(', ')
    yield say(`${model.name} has no ${name} ${typed}; it takes ${all}.`, 'bad')
    return
  }
  yield change({ type: 'set', settings: { [name]: value } })
  if (always) yield* keep(settings.set(name, value))
  yield say(`${name} is ${value} from the next line on${always ? ', also in new sessions' : ''}.`)
}

async function* setOfUser(name: SettingName, typed: string, { settings }: Context): Work {
  const value = typedValue(name, typed)
  if (!isValueOf(name, value)) {
    yield say(`${rightValue(name)}; "${typed}" is not.`, 'bad')
    return
  }
  yield* keep(settings.set(name, value))
  yield say(`${name} is ${value} now.`)
}

/** A setting that could not be kept holds all the same, and that is said. */
async function* keep(kept: Promise<string | undefined>): Work {
  const problem = await kept
  if (problem !== undefined) yield say(problem, 'warning')
}
