import type { SettingsChange, TurnSettings } from '../../core/settings/turn-settings-type.ts'
import { amount, object, optional, orNull, text } from '../schema.ts'

export const turnSettings = object<TurnSettings>({
  model: text,
  aspect: text,
  size: text,
  thinking: optional(text),
  thoughts: optional(text),
  search: optional(text),
  temperature: optional(amount),
  safety: optional(text),
  person: optional(text),
  tier: optional(text),
  system: optional(text),
  history: optional(amount),
  seed: optional(amount),
})

export const settingsChange = object<SettingsChange>({
  model: optional(text),
  aspect: optional(text),
  size: optional(text),
  thinking: optional(orNull(text)),
  thoughts: optional(orNull(text)),
  search: optional(orNull(text)),
  temperature: optional(orNull(amount)),
  safety: optional(orNull(text)),
  person: optional(orNull(text)),
  tier: optional(orNull(text)),
  system: optional(orNull(text)),
  history: optional(orNull(amount)),
  seed: optional(orNull(amount)),
})
