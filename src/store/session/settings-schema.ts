import { TURN_SETTINGS } from '../../core/settings/turn-settings.ts'
import type { SettingsChange, TurnSettings } from '../../core/settings/turn-settings-type.ts'
import { amount, type Fields, object, optional, orNull, type Schema, text } from '../schema.ts'

// A setting has a schema because it is in the list, which its type is made from too. TypeScript cannot see that of an
// object that is made from a list: test/core/settings/every-setting.test.ts writes and reads each.

export const turnSettings = object(fieldsOf<Fields<TurnSettings>>((schema) => schema, optional))

export const settingsChange = object(
  fieldsOf<Fields<SettingsChange>>(optional, (schema) => optional(orNull(schema))),
)

/** How a field is read, given how its value is. */
type Field = <T>(schema: Schema<T>) => unknown

function fieldsOf<F>(always: Field, whenSet: Field): F {
  return Object.fromEntries(
    TURN_SETTINGS.map(({ name, rule, line }) => {
      const field = line.recorded === 'always' ? always : whenSet
      // Of any value a newer limn may have: it is a number, or it is a text.
      const isNumber = rule.kind === 'number' || rule.kind === 'choice-or-number'
      return [name, isNumber ? field(amount) : field(text)]
    }),
  ) as F
}
