const NUMBERS = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const THINGS = 'variations|variants|versions|options|alternatives|poses|takes|sketches|angles'
/** "Two versions", but not "the two versions": those are there already. */
const ASKED = new RegExp(
  `(?<!\\b(?:the|these|those|both|all|my) )\\b(\\d{1,2}|${NUMBERS.join('|')})(?: \\w+)? (?:${THINGS})\\b`,
  'i',
)

/** "Three pictures of a boat" at the beginning asks for three; "blend two pictures of her" speaks of what is there. */
const OF = new RegExp(
  `^\\s*(?:(?:please|make|draw|paint|create|generate|give me|show me) )*(\\d{1,2}|${NUMBERS.join('|')})` +
    '(?: \\w+)? (?:images|pictures|photos|photographs|drawings|paintings|illustrations) of\\b',
  'i',
)

/** More than ten have not been seen in one reply. */
const MOST = 10

/** How many images a prompt asks for in one reply, as in "three variations" or "4 different poses". */
export function howMany(prompt: string): number {
  const asked = (ASKED.exec(prompt) ?? OF.exec(prompt))?.[1]?.toLowerCase()
  if (asked === undefined) return 1
  const word = NUMBERS.indexOf(asked)
  return Math.max(1, Math.min(MOST, word < 0 ? Number(asked) : word + 2))
}
