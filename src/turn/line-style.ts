import type { Given } from '../core/line/given-flag.ts'
import type { Style } from '../core/wording/style-list.ts'
import { findStyle, noStyle } from '../store/settings/style-files.ts'

type FoundStyle =
  /** Empty without a flag: the session's style is then used. */
  | { readonly ok: true; readonly given: { readonly style?: Style | null } }
  | { readonly ok: false; readonly sentence: string }

/** Reads the style that a line's flag names, when Enter is pressed. */
export async function styleOf(flags: readonly Given[], root: string): Promise<FoundStyle> {
  const named = flags.findLast(({ flag }) => flag === 'style')
  if (!named) return { ok: true, given: {} }
  if (/^(?:off|none)$/i.test(named.value)) return { ok: true, given: { style: null } }
  const found = await findStyle(root, named.value)
  if (!found) return { ok: false, sentence: await noStyle(root, named.value) }
  const { name, template, problem } = found
  if (problem !== undefined) return { ok: false, sentence: `${name} cannot be used. ${problem}` }
  return { ok: true, given: { style: { name, template } } }
}
