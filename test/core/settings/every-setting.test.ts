import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HarmBlockThreshold, HarmCategory, ServiceTier, ThinkingLevel } from '@google/genai'
import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { COMMANDS } from '../../../src/commands/command-list.ts'
import { complete } from '../../../src/commands/complete.ts'
import { FLAGS } from '../../../src/core/line/flags.ts'
import { parseLine } from '../../../src/core/line/line.ts'
import { withFlags } from '../../../src/core/line/line-settings.ts'
import { CATALOGUE, DEFAULT_MODEL, modelOf } from '../../../src/core/models/model-catalogue.ts'
import { emptySession } from '../../../src/core/session/session.ts'
import { defineSetting } from '../../../src/core/settings/define-setting.ts'
import { isRight } from '../../../src/core/settings/rule.ts'
import {
  fitSettings,
  readSetting,
  requestFields,
  TURN_DEFAULTS,
  TURN_SETTINGS,
  type TurnSetting,
  turnSetting,
  unusual,
  valuesFor,
  withChange,
} from '../../../src/core/settings/turn-settings.ts'
import type { SettingsChange, TurnSettings } from '../../../src/core/settings/turn-settings-type.ts'
import type { OwnSettings } from '../../../src/core/settings/user-setting-list.ts'
import { settingsChange, turnSettings as settingsReader } from '../../../src/store/session/settings-schema.ts'
import { DEFAULTS, SETTINGS, settingNamed } from '../../../src/store/settings/all-settings.ts'
import { practiceSession, run } from '../../commands/stage.ts'

const PLAIN: TurnSettings = { model: DEFAULT_MODEL, aspect: 'auto', size: '1K' }
const ENGINES = ['gemini', 'vertex']

/** A typed value that is not the default, on an engine that takes all of them. */
function sample(setting: TurnSetting): string {
  const { rule } = setting
  const words = valuesFor(setting, modelOf(DEFAULT_MODEL)).filter((one) => one !== String(setting.default))
  if (words[0] !== undefined) return words[0]
  if (rule.kind === 'number' || rule.kind === 'choice-or-number') return String(rule.least)
  return 'some'
}

describe.each(TURN_SETTINGS)('$name, which lines are made with', (setting) => {
  const { name, line } = setting
  const typed = sample(setting)
  const read = readSetting(setting, typed, PLAIN, 'vertex')
  if (!read.ok) throw new Error(read.sentence)
  const settings = withChange(PLAIN, read.change)

  test('is listed by /set, has a flag, and is on the page of commands', async () => {
    const { rows } = await run(await practiceSession(), '/set')
    expect(rows.map(([first]) => first)).toContain(name)
    expect(FLAGS.find(({ flag }) => flag === name)?.names).toEqual(
      expect.arrayContaining([name, ...(setting.aliases ?? [])]),
    )
    const page = readFileSync(join(import.meta.dirname, '../../../docs/commands.md'), 'utf8')
    expect(page).toContain(`| \`${name}\` | ${setting.meaning} |`)
  })

  test('is set by its flag as by its command', () => {
    const parsed = parseLine(`a fox --${name} ${typed}`, { versions: new Set(), references: [] })
    expect(parsed.kind === 'prompt' && withFlags(parsed.flags, PLAIN, 'vertex')).toMatchObject({ settings })
  })

  test('is completed with the words that it can be, after /set and after its flag', async () => {
    const words = valuesFor(setting, modelOf(DEFAULT_MODEL))
    const world = {
      session: emptySession('', PLAIN),
      place: (await practiceSession()).place,
      commands: COMMANDS,
    }
    for (const before of [`/set ${name} `, `a fox --${name} `]) {
      const found = await complete(before, before.length, world)
      expect(found?.candidates.map((one) => one.name) ?? []).toEqual(words)
    }
  })

  test('is read back as it was written, and its default removes it', () => {
    expect(settingsReader.parse(JSON.parse(JSON.stringify(settings)))).toEqual(settings)
    expect(settingsChange.parse(JSON.parse(JSON.stringify(read.change)))).toEqual(read.change)
    const back = readSetting(setting, String(setting.default), settings, 'vertex')
    if (!back.ok) throw new Error(back.sentence)
    expect(settingsChange.parse(JSON.parse(JSON.stringify(back.change)))).toEqual(back.change)
    expect(withChange(settings, back.change)).toEqual(PLAIN)
    expect(unusual(PLAIN)).toEqual([])
    expect(unusual(settings)).toHaveLength(line.recorded === 'always' ? 0 : 1)
  })

  test('sets its fields in the request, where it has any', () => {
    const fields = requestFields(modelOf(DEFAULT_MODEL), { [name]: settings[name] })
    expect(Object.keys(fields).length > 0).toBe(line.request !== undefined)
    expect(Object.keys(requestFields(modelOf(DEFAULT_MODEL), {}))).toEqual([])
  })
})

describe('whatever is typed', () => {
  const setting = fc.constantFrom(...TURN_SETTINGS)
  const value = setting.chain((one) =>
    fc.tuple(
      fc.constant(one),
      fc.oneof(
        fc.constantFrom('default', 'off', 'none', ...CATALOGUE.flatMap((model) => valuesFor(one, model))),
        fc.integer().map(String),
        fc.string(),
      ),
    ),
  )
  const model = fc.constantFrom(...CATALOGUE.map(({ id }) => id), 'gemini-9-image')

  test('is a value of the rule or a sentence, and for any model only values that the model takes are kept', () => {
    fc.assert(
      fc.property(value, model, fc.constantFrom(...ENGINES), ([one, typed], id, engine) => {
        const read = readSetting(one, typed, { ...PLAIN, model: id }, engine)
        if (!read.ok) return void expect(read.sentence).toMatch(/[.;"]/)
        const settings = withChange({ ...PLAIN, model: id }, read.change)
        expect(isRight(one.rule, settings[one.name] ?? TURN_DEFAULTS[one.name])).toBe(true)
        expect(settingsReader.parse(settings)).toEqual(settings)
        const other = withChange(settings, fitSettings(modelOf(settings.model), settings).change)
        expect(fitSettings(modelOf(settings.model), other)).toEqual({ change: {}, words: [] })
      }),
    )
  })
})

test('the words of a request are those of the SDK', () => {
  const known: readonly string[] = [HarmBlockThreshold, HarmCategory, ServiceTier, ThinkingLevel].flatMap(
    (one) => Object.values(one),
  )
  const sent = ['thinking', 'safety', 'tier'].flatMap((name) => {
    const setting = turnSetting(name)
    const values = setting && 'choices' in setting.rule ? setting.rule.choices : []
    return values.map((value) => JSON.stringify(setting?.line.request?.(value, modelOf(DEFAULT_MODEL)) ?? {}))
  })
  const words = sent.flatMap((one) => [...one.matchAll(/:"([^"]+)"/g)].map(([, word = '']) => word))
  expect(words.length).toBeGreaterThan(10)
  expect(words.filter((word) => !known.includes(word))).toEqual([])
})

describe('a declaration', () => {
  test('has its types', () => {
    expectTypeOf<TurnSettings['size']>().toEqualTypeOf<string>()
    expectTypeOf<NonNullable<TurnSettings['seed']>>().toEqualTypeOf<number>()
    expectTypeOf<OwnSettings['escape']>().toEqualTypeOf<'keep' | 'abort'>()
    expectTypeOf<OwnSettings['budgetDay']>().toEqualTypeOf<'off' | number>()
    expectTypeOf<SettingsChange>().toHaveProperty('seed').toEqualTypeOf<number | null | undefined>()
    // @ts-expect-error: a setting that every session has is never removed
    const none: SettingsChange = { size: null }
    expect(none).toEqual({ size: null })
  })

  test('has a default that its rule takes', () => {
    const rule = { kind: 'choice', choices: ['a', 'b'] } as const
    // @ts-expect-error: c is not one of its words
    const wrong = defineSetting({ name: 'letter', meaning: '', rule, default: 'c' })
    expect(isRight(wrong.rule, wrong.default)).toBe(false)
    for (const one of SETTINGS) expect(isRight(one.rule, one.default)).toBe(true)
    expect(SETTINGS.map(({ name }) => name)).toEqual(Object.keys(DEFAULTS))
  })

  test('has names that no other setting has', () => {
    const names = SETTINGS.flatMap(({ name }) => [name, ...(turnSetting(name)?.aliases ?? [])])
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(settingNamed(name.toUpperCase())).toBeDefined()
  })
})
