import { FLAGS } from '../core/line/flags.ts'
import type { Given } from '../core/line/given-flag.ts'
import { TURN_SETTINGS } from '../core/settings/turn-settings.ts'
import type { PlainPrompt } from '../turn/plain-prompt.ts'
import type { DrawOptions } from './draw-options.ts'

/** Combines the words with the options as values, without parsing the words. */
export function plainPromptOf(words: string, options: DrawOptions): PlainPrompt {
  const { n, style, references = [], fresh = false, from = null } = options
  const values: readonly (readonly [Given['flag'], string | number | undefined])[] = [
    ...TURN_SETTINGS.map(({ name }) => [name, options[name]] as const),
    ['n', n],
    ['style', style],
  ]
  const flags = values.flatMap(([flag, value]) => (value === undefined ? [] : [given(flag, value)]))
  return { words, flags, images: references, fresh, from }
}

function given(flag: Given['flag'], value: string | number): Given {
  const name = FLAGS.find((row) => row.flag === flag)?.names[0] ?? flag
  return { flag, name, value: String(value) }
}
