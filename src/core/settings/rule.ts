/** What the value of a setting may be. */
export type Rule =
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | (Range & { readonly kind: 'number' })
  | (Range & { readonly kind: 'choice-or-number'; readonly choices: readonly string[] })
  | { readonly kind: 'word'; readonly example: string }
  /** Words of the user's own, on any number of lines. */
  | { readonly kind: 'text'; readonly most: number }

type Range = {
  readonly least: number
  readonly most: number
  readonly unit: string
  /** Whole numbers only, unless this is set. */
  readonly decimals?: true
}

/** What a user types, as a value: `'3'` is 3 where a number is wanted, and choices match in upper or lower case. */
export function typedFor(rule: Rule, typed: string): unknown {
  const text = typed.trim()
  const choice = choicesOf(rule).find((one) => one.toLowerCase() === text.toLowerCase())
  if (choice !== undefined) return choice
  const number = rule.kind === 'number' || (rule.kind === 'choice-or-number' && /^-?[\d.]+$/.test(text))
  return number && text !== '' ? Number(text) : text
}

export function isRight(rule: Rule, value: unknown): value is string | number {
  switch (rule.kind) {
    case 'choice':
      return typeof value === 'string' && rule.choices.includes(value)
    case 'number':
      return isWithin(value, rule)
    case 'choice-or-number':
      return (typeof value === 'string' && rule.choices.includes(value)) || isWithin(value, rule)
    case 'word':
      return typeof value === 'string' && /^\S{1,200}$/.test(value)
    case 'text':
      return typeof value === 'string' && value.trim() !== '' && value.length <= rule.most
  }
}

function isWithin(value: unknown, { least, most, decimals }: Range): boolean {
  const number = typeof value === 'number' ? value : Number.NaN
  return (decimals ? Number.isFinite(number) : Number.isInteger(number)) && number >= least && number <= most
}

export function choicesOf(rule: Rule): readonly string[] {
  return 'choices' in rule ? rule.choices : []
}

/** "a whole number of seconds, 5 to 3600" */
export function ruleText(rule: Rule): string {
  switch (rule.kind) {
    case 'choice':
      return `one of ${rule.choices.join(', ')}`
    case 'number':
      return `a${rule.decimals ? '' : ' whole'} number${ofUnit(rule)}, ${rule.least} to ${rule.most}`
    case 'choice-or-number':
      return rule.choices.length === 1
        ? `${rule.choices[0]}, or a number${ofUnit(rule)}, ${rule.least} to ${rule.most}`
        : `one of ${rule.choices.join(', ')}, or a number${ofUnit(rule)}, ${rule.least} to ${rule.most}`
    case 'word':
      return `a word, such as ${rule.example}`
    case 'text':
      return `text of at most ${rule.most} characters`
  }
}

function ofUnit({ unit }: Range): string {
  return unit === '' ? '' : ` of ${unit}`
}
