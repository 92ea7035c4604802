const NUMBERS = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const NOUNS = 'variations|variants|versions|options|alternatives|poses|takes|sketches|angles'
/** "Two versions", but not "the two versions", which exist already. */
const N_VARIATIONS = new RegExp(
  `(?<!\\b(?:the|these|those|both|all|my) )\\b(\\d{1,2}|${NUMBERS.join('|')})(?: \\w+)? (?:${NOUNS})\\b`,
  'i',
)

/** "Three pictures of a boat" at the beginning asks for three; "blend two pictures of her" means existing ones. */
const N_PICTURES_OF = new RegExp(
  `^\\s*(?:(?:please|make|draw|paint|create|generate|give me|show me) )*(\\d{1,2}|${NUMBERS.join('|')})` +
    '(?: \\w+)? (?:images|pictures|photos|photographs|drawings|paintings|illustrations) of\\b',
  'i',
)

/** More than ten were never observed in one reply. */
const MAX_IMAGES = 10

/** The number of images that a prompt asks for in one reply, as in "three variations" or "4 different poses". */
export function imageCount(prompt: string): number {
  const asked = (N_VARIATIONS.exec(prompt) ?? N_PICTURES_OF.exec(prompt))?.[1]?.toLowerCase()
  if (asked === undefined) return 1
  const word = NUMBERS.indexOf(asked)
  return Math.max(1, Math.min(MAX_IMAGES, word < 0 ? Number(asked) : word + 2))
}
