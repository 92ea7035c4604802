import { TURN_SETTINGS } from '../../core/settings/turn-settings.ts'
import type { SettingsChange, TurnSettings } from '../../core/settings/turn-settings-type.ts'
import { amount, type Fields, object, optional, orNull, type Schema, text } from '../schema.ts'

// The schemas come from the same list as the type, so every setting has one. TypeScript cannot check that for an object
// made from a list: test/core/settings/every-setting.test.ts writes and reads each setting.

export const turnSettings = object(fieldsOf<Fields<TurnSettings>>((schema) => schema, optional))

export const settingsChange = object(
  fieldsOf<Fields<SettingsChange>>(optional, (schema) => optional(orNull(schema))),
)

/** Makes the schema of a field from the schema of its value. */
type Field = <T>(schema: Schema<T>) => unknown

function fieldsOf<F>(always: Field, whenSet: Field): F {
  return Object.fromEntries(
    TURN_SETTINGS.map(({ name, rule, line }) => {
      const field = line.recorded === 'always' ? always : whenSet
      // Only the type is checked: a newer limn may allow other values.
      const isNumber = rule.kind === 'number' || rule.kind === 'choice-or-number'
      return [name, isNumber ? field(amount) : field(text)]
    }),
  ) as F
}
