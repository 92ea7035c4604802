import { type FigureName, figureIn } from './figures.ts'
import { type Colour, findColours, wordsOf } from './paint/colours.ts'
import { type Region, regionOf } from './regions.ts'

/** What the engine can do to a picture. Amounts are fractions: 0.2 is 20 percent. */
export type Operation =
  | ({ kind: 'brightness' | 'warmth' | 'contrast' | 'saturation'; amount: number } & Local)
  | ({ kind: 'greyscale' | 'sepia' | 'invert' | 'blur' | 'sharpen'; strength: number } & Local)
  | ({ kind: 'tint'; colour: Colour; strength: number } & Local)
  | { kind: 'vignette' | 'zoom' | 'widen'; strength: number }
  | { kind: 'rotate'; degrees: number }
  | { kind: 'mirror'; axis: 'sideways' | 'upside down' }
  | { kind: 'crop'; width: number; height: number }
  | { kind: 'border'; colour: Colour; strength: number }
  /** `aside` is the offset from its usual place, as fractions of the picture. */
  | ({ kind: 'add'; thing: FigureName; colour?: Colour; aside?: readonly [number, number] } & Local)

/** Operations that can be limited to a region; without `where` they apply to the whole picture. */
type Local = { where?: Region }

type Strength = (usual: number) => number
type Rule = { words: RegExp; read: (clause: string, strength: Strength) => Operation }

const tone = (
  words: RegExp,
  kind: 'brightness' | 'warmth' | 'contrast' | 'saturation',
  amount: number,
): Rule => ({
  words,
  read: (_, strength) => ({ kind, amount: Math.sign(amount) * strength(Math.abs(amount)) }),
})
const effect = (
  words: RegExp,
  kind: 'greyscale' | 'sepia' | 'invert' | 'blur' | 'sharpen' | 'vignette' | 'zoom' | 'widen',
  usual = 1,
): Rule => ({
  words,
  read: (_, strength) => ({ kind, strength: Math.min(1, strength(usual)) }),
})

/** In the order in which they are tried: "desaturate" and "black and white" before the shorter words in them. */
const RULES: readonly Rule[] = [
  effect(/\b(black ?(and|&) ?white|b ?& ?w|gr[ae]y ?scale|monochrome|desaturated?|noir)\b/, 'greyscale'),
  effect(/\bsepia\b|\b(vintage|old photo)\b/, 'sepia'),
  effect(/\b(invert(ed)?|negative)\b/, 'invert'),
  effect(/\b(blur(red|ry|rier)?|out of focus|defocus|softer|soften)\b/, 'blur', 0.5),
  effect(/\b(sharp(er|en)?|crisp(er)?)\b/, 'sharpen', 0.5),
  effect(
    /\b(vignett(e|ing)|dark(en|er|ened)? (the )?(corners|edges)|(corners|edges) (a (bit|little) )?dark(er|ened)?)\b/,
    'vignette',
    0.5,
  ),
  effect(/\b(zoom(ed)? out|pull back|step back|further away|farther away|wider view)\b/, 'widen', 0.25),
  effect(/\b(zoom in|zoom|closer|close ?up|tighter)\b/, 'zoom', 0.25),
  tone(/\b(less (bright|light)|dark(er|en)?|dim(mer)?|gloom(y|ier))\b/, 'brightness', -0.25),
  tone(/\b(bright(er|en)?|light(er|en)|more light|less dark)\b/, 'brightness', 0.25),
  tone(/\b(less warm|cool(er)?|cold(er)?|chill(y|ier)|wintry)\b/, 'warmth', -0.3),
  tone(/\b(warm(er|th)?|hotter|cosy|cozy|cosier|cozier|less cold)\b/, 'warmth', 0.3),
  tone(/\b(less contrast|flat(ter)?|faded?)\b/, 'contrast', -0.3),
  tone(/\b(contrast|punch(y|ier)|dramatic)\b/, 'contrast', 0.3),
  tone(/\b(muted|less (saturated|colou?rful)|paler)\b/, 'saturation', -0.4),
  tone(/\b(saturated?|vivid|vibrant|colou?rful|more colou?r)\b/, 'saturation', 0.5),
  {
    words: /\b(upside down|rotate|rotated|turn (it )?(left|right|clockwise)|counter ?clockwise)\b/,
    read: rotation,
  },
  {
    words: /\b(mirror(ed)?|flip(ped)?)\b/,
    read: (clause) => ({
      kind: 'mirror',
      axis: /\b(vertical(ly)?|upside|top|head)\b/.test(clause) ? 'upside down' : 'sideways',
    }),
  },
  { words: /\b\d{1,2} ?(:|by|x) ?\d{1,2}\b|\bsquare\b|\bcrop(ped)?\b/, read: cropping },
]

const WHITE: Colour = { name: 'white', rgb: [255, 255, 255] }
const UNWANTED = /^(don'?t|do not|without|no|keep|but (not|keep)|leave)\b/

/** Reads a prompt into operations, in its order; an empty list if nothing was understood. */
export function readInstructions(prompt: string): Operation[] {
  const text = prompt
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/\bblack (and|&) white\b/g, 'greyscale')
  return text
    .split(/[,;.!?\n]+(?!\d)|\b(?:and|then|plus|but)\b(?! (?:not|keep))/)
    .map((clause) => clause.trim())
    .filter((clause) => clause && !UNWANTED.test(clause))
    .flatMap(readClause)
}

function readClause(clause: string): Operation[] {
  const strength = strengthOf(clause)
  const { colours, rest } = findColours(wordsOf(clause))
  const bordered = BORDER.test(clause)
  // Colour words are removed first, so that "dark blue" is a colour and does not darken.
  let left = (colours.length > 0 ? rest.join(' ') : clause).replace(BORDER, ' ')
  const operations: Operation[] = []
  for (const { words, read } of RULES) {
    if (!words.test(left)) continue
    operations.push(read(clause, strength))
    left = left.replace(words, ' ')
  }
  // Night is both a colour and darkness.
  if (!bordered && /\b(mid)?night\b/.test(clause))
    operations.push({ kind: 'brightness', amount: -strength(0.3) })
  if (bordered) {
    return [...operations, { kind: 'border', colour: colours[0] ?? WHITE, strength: strength(0.05) }]
  }
  const thing = figureIn(clause)
  const [own] = colours
  if (thing) operations.push({ kind: 'add', thing, ...(own && { colour: own }) })
  for (const colour of thing ? [] : colours)
    operations.push({ kind: 'tint', colour, strength: Math.min(1, strength(0.55)) })
  // The figure's own word is removed first: "clouds" also names the top of the picture.
  const where = regionOf(thing ? clause.replace(thing, '') : clause)
  return operations.map((operation) => placed(operation, where))
}

/** A border with its adjectives, so that "crop to 21:9 with a dark border" darkens nothing. */
const BORDER =
  /\b(?:(?!(?:with|in|inside|to|it|by)\b)[\w#%-]+ ){0,3}(?:border|frame|framed|edge|edging|outline)\b/

/** Limits the operation to the region; operations on the shape or the whole frame have no region. */
function placed(operation: Operation, where: Region | undefined): Operation {
  if (where === undefined) return operation
  switch (operation.kind) {
    case 'brightness':
    case 'warmth':
    case 'contrast':
    case 'saturation':
    case 'greyscale':
    case 'sepia':
    case 'invert':
    case 'blur':
    case 'sharpen':
    case 'tint':
    case 'add':
      return { ...operation, where }
    case 'vignette':
    case 'zoom':
    case 'widen':
    case 'rotate':
    case 'mirror':
    case 'crop':
    case 'border':
      return operation
  }
}

/** "20 percent" is exact; adverbs make the usual amount weaker or stronger. */
function strengthOf(clause: string): Strength {
  const percent = /(\d+(?:\.\d+)?) ?(?:%|per ?cent)/.exec(clause)
  if (percent) return () => Number(percent[1]) / 100
  if (/\b(slight(ly)?|a (little|bit|touch|hint|tad)|subtl[ey]|gent(ly|le)|faint(ly)?)\b/.test(clause)) {
    return (usual) => usual * 0.45
  }
  if (
    /\b(very|much|a lot|strong(ly)?|really|extremely|heav(y|ily)|completely|fully|total(ly)?)\b/.test(clause)
  ) {
    return (usual) => usual * 1.7
  }
  return (usual) => usual
}

function rotation(clause: string): Operation {
  const degrees = /(-?\d+(?:\.\d+)?) ?(?:°|deg(?:rees?)?)?/.exec(clause)
  const left = /\b(left|counter ?clockwise|anti ?clockwise|ccw)\b/.test(clause)
  const size = degrees ? Number(degrees[1]) : /\b(upside|half)\b/.test(clause) ? 180 : 90
  return { kind: 'rotate', degrees: (left ? -size : size) % 360 }
}

function cropping(clause: string): Operation {
  const ratio = /(\d{1,2}) ?(?::|by|x) ?(\d{1,2})/.exec(clause)
  if (ratio && Number(ratio[1]) > 0 && Number(ratio[2]) > 0) {
    return { kind: 'crop', width: Number(ratio[1]), height: Number(ratio[2]) }
  }
  if (/\b(square)\b/.test(clause)) return { kind: 'crop', width: 1, height: 1 }
  if (/\b(portrait|tall)\b/.test(clause)) return { kind: 'crop', width: 3, height: 4 }
  if (/\b(landscape|wide|widescreen)\b/.test(clause)) return { kind: 'crop', width: 16, height: 9 }
  return { kind: 'zoom', strength: 0.2 }
}
