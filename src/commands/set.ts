import { change, fail, say, type Task } from '../core/event.ts'
import { ruleText } from '../core/settings/rule.ts'
import { readSetting, shownValue, type TurnSetting, turnSetting } from '../core/settings/turn-settings.ts'
import {
  isValueOf,
  rightValue,
  SETTINGS,
  type SettingName,
  type SettingRow,
  settingNamed,
  typedValue,
} from '../store/settings/all-settings.ts'
import type { Context } from '../turn/context.ts'
import { checkTurnSetting } from './checks.ts'
import { defineCommand } from './define.ts'
import { model } from './model.ts'

export const set = defineCommand({
  name: 'set',
  summary: 'List the settings, or change one; the settings of a line belong to the session',
  example: '/set aspect 16:9',
  group: 'look',
  changes: ['settings'],
  arguments: {
    name: { kind: 'setting', about: 'the name of a setting', optional: true },
    value: { kind: 'value', about: 'its new value', optional: true },
  },
  flags: { always: { kind: 'switch', about: 'also for new sessions' } },
  check({ name, value }, before) {
    if (name === undefined) return { settings: before.settings }
    const setting = settingNamed(name)
    if (!setting) return { problem: noSetting(name) }
    if (turnSetting(setting.name)) return checkTurnSetting(setting.name, value, before)
    const problem = value === undefined ? undefined : wrongForUser(setting.name, value)
    return problem === undefined ? { settings: before.settings } : { problem }
  },
  async *run({ name, value, always }, context) {
    if (name === undefined) {
      yield {
        type: 'list',
        rows: SETTINGS.map((row) => [row.name, ...valueAndPlace(row, context), row.meaning]),
      }
      return
    }
    const setting = settingNamed(name)
    if (!setting) {
      return yield* fail(noSetting(name))
    }
    if (value === undefined) {
      const [now, place] = valueAndPlace(setting, context)
      yield say(
        `${setting.name} is ${now} (${place}): ${setting.meaning}. It takes ${ruleText(setting.rule)}.`,
      )
      return
    }
    const ofTurn = turnSetting(setting.name)
    if (ofTurn) return yield* setOfTurn(ofTurn, value, always, context)
    return yield* setOfUser(setting.name, value, context)
  },
})

function noSetting(name: string): string {
  return `There is no setting ${name}; /set lists them.`
}

/** Why one of the user's settings does not take a typed value; undefined if it does. */
function wrongForUser(name: SettingName, typed: string): string | undefined {
  return isValueOf(name, typedValue(name, typed)) ? undefined : `${rightValue(name)}; "${typed}" is not.`
}

function valueAndPlace(
  { name, default: initial }: SettingRow,
  { session, settings }: Context,
): readonly [string, string] {
  const yours = settings.values[name] === initial ? 'default' : 'yours'
  const ofTurn = turnSetting(name)
  if (!ofTurn) return [String(settings.values[name]), yours]
  const now = shownValue(session.settings, ofTurn)
  return [now, now === String(settings.values[name]) ? yours : 'this session']
}

async function* setOfTurn(
  setting: TurnSetting,
  typed: string,
  always: boolean,
  { session, settings, chat }: Context,
): Task {
  const { name } = setting
  const read = readSetting(setting, typed, session.settings, chat.engine.id)
  if (!read.ok) {
    return yield* fail(read.sentence)
  }
  // Another model may change further settings and warn.
  if (name === 'model') yield { type: 'go', to: 'line', line: model.line(typed) }
  else yield change({ type: 'set', settings: read.change })
  const value = typedValue(name, read.value)
  if (always && isValueOf(name, value)) yield* warnIfUnsaved(settings.set(name, value))
  if (name === 'model') return
  yield say(`${name} is ${read.value} from the next line on${always ? ', also in new sessions' : ''}.`)
}

async function* setOfUser(name: SettingName, typed: string, { settings }: Context): Task {
  const value = typedValue(name, typed)
  if (!isValueOf(name, value)) {
    return yield* fail(wrongForUser(name, typed) ?? '')
  }
  yield* warnIfUnsaved(settings.set(name, value))
  yield say(`${name} is now ${value}.`)
}

/** A setting that could not be saved still applies; the user gets a warning. */
async function* warnIfUnsaved(saving: Promise<string | undefined>): Task {
  const problem = await saving
  if (problem !== undefined) yield say(problem, 'warning')
}
