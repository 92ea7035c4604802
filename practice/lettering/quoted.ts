/** Pairs of quotation marks, by the opening mark. */
const PAIRS = { '"': '"', '“': '”', '„': '“', '«': '»', '»': '«', '「': '」', '『': '』', '‹': '›' } as const

const OPEN = new RegExp(
  Object.entries(PAIRS)
    // A German „text" or „text” may be closed by whatever mark the keyboard has.
    .map(([open, close]) => `${open}([^${close}\\n]{1,200}?)[${close}${open === '„' ? '”"' : ''}]`)
    .join('|'),
  'g',
)

/** The texts that a prompt puts in quotation marks, and the prompt without them. */
export function readQuoted(prompt: string): { texts: string[]; rest: string } {
  const texts: string[] = []
  const rest = prompt.replace(OPEN, (_, ...groups: unknown[]) => {
    const text = groups.slice(0, Object.keys(PAIRS).length).find((group) => group !== undefined)
    if (typeof text === 'string' && text.trim() !== '') texts.push(text.trim())
    return ' '
  })
  return { texts, rest }
}
