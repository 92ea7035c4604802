import { findColours, wordsOf } from '../paint/colours.ts'
import { hex, mix, type Rgb } from '../paint/oklch.ts'
import { fromPixels, toPixels } from '../picture.ts'
import type { Pixels } from '../pixels.ts'
import { glyphOf } from './glyph.ts'
import { fitted, heightOf, pathOf } from './lines.ts'
import { BOXES, inkOn, type PlatePosition, placeOf, plateFor } from './plates.ts'
import { readQuoted } from './quoted.ts'

/** The texts to write, where, and in which colour if the prompt names one. */
export type Lettering = { texts: readonly string[]; place: PlatePosition; ink?: Rgb }

/** More texts would be too small to read. */
const MOST = 4
/** The largest height of capitals, as a fraction of the picture's shorter side. */
const LARGEST = 0.2
/** The width of the pen, in the units of the letters: bold on a board, thin as a neon tube. */
const PEN = { board: 2.5, tube: 1.5 } as const

/** Separates the lettering that a prompt asks for from the rest of the prompt. */
export function readLettering(prompt: string): { lettering?: Lettering; rest: string } {
  const { texts, rest } = readQuoted(prompt)
  if (texts.length === 0) return { rest: prompt }
  const ink = INK.exec(rest)
  const colour = ink && findColours(wordsOf(ink[1] ?? '')).colours[0]
  const lettering = { texts: texts.slice(0, MOST), place: placeOf(rest), ...(colour && { ink: colour.rgb }) }
  return { lettering, rest: rest.replace(INK, ' ').replace(PLACED, ' ') }
}

/** "in red letters", "gold lettering": a colour anywhere else does not apply to the letters. */
const INK =
  /(?:\b(?:in|with) )?((?:[\w#-]+ ){1,2})(?:letters|lettering|letterforms|text|type|writing|words)\b/i
/** "on a green sign", "add a label": the ground is part of the lettering too. */
const PLACED =
  /(?:\b(?:on|onto|at|in|to|across) )?\b(?:(?:a|an|the) (?:[\w-]+ )?)?(?:neon(?: sign)?|sign|label|sticker|poster|banner|caption|title|headline|logo)\b/gi

/** Draws the lettering over the picture; everything outside its ground stays as it was. */
export async function letter(pixels: Pixels, { texts, place, ink }: Lettering): Promise<Pixels> {
  const { width: w, height: h } = pixels
  const neon = place === 'neon sign'
  const plate = plateFor(place, neon ? undefined : ink, meanOf(pixels), w, h)
  const colour = neon ? (ink ?? NEON) : inkOn(plate.ground, ink)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}">${plate.svg}${blocks(
    texts,
    place,
    w,
    h,
  )
    .map((block) => (neon ? tube(block, colour) : pen(block, colour)))
    .join('')}</svg>`
  return toPixels(fromPixels(pixels).composite([{ input: Buffer.from(svg), left: 0, top: 0 }]))
}

const NEON: Rgb = [255, 79, 208]

type Block = { path: string; scale: number }

/** The first text is large; the others are below it, each with half its share of the height. */
function blocks(texts: readonly string[], place: PlatePosition, w: number, h: number): Block[] {
  const box = BOXES[place]
  const margin = box.margin * Math.min(w, h)
  const [left, top] = [box.x * w + margin, box.y * h + margin]
  const [width, height] = [box.w * w - 2 * margin, box.h * h - 2 * margin]
  const share = height / (texts.length + 1)
  let y = top
  return texts.map((text, i) => {
    const own = texts.length === 1 ? height : i === 0 ? share * 2 : share
    const { lines, scale } = fitted(text, { width, height: own }, LARGEST * Math.min(w, h))
    const at = y + (own - heightOf(lines.length, scale)) / 2
    y += own
    return { path: pathOf(lines, scale, left + width / 2, at), scale }
  })
}

const stroke = (path: string, colour: string, width: number, more = '') =>
  `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width.toFixed(2)}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`

const pen = ({ path, scale }: Block, ink: Rgb) => stroke(path, hex(ink), PEN.board * scale)

/** A glow that widens and fades, the tube, and the light in the middle of it. */
function tube({ path, scale }: Block, ink: Rgb): string {
  const glow = [5, 3.4, 2.2].map((by) =>
    stroke(path, hex(ink), PEN.tube * by * scale, 'stroke-opacity="0.16"'),
  )
  const core = mix(hex(ink), '#ffffff', 0.7)
  return (
    glow.join('') + stroke(path, hex(ink), PEN.tube * scale) + stroke(path, core, PEN.tube * 0.45 * scale)
  )
}

function meanOf({ data }: Pixels): Rgb {
  const sum = [0, 0, 0]
  // One pixel in 97 is enough for the mean colour.
  const step = 3 * 97
  let count = 0
  for (let i = 0; i + 2 < data.length; i += step) {
    for (let c = 0; c < 3; c++) sum[c] = (sum[c] ?? 0) + (data[i + c] ?? 0)
    count++
  }
  const [r = 0, g = 0, b = 0] = sum.map((value) => Math.round(value / Math.max(1, count)))
  return [r, g, b]
}

const WHERE: Record<PlatePosition, string> = {
  sign: 'on a sign',
  'neon sign': 'as a neon sign',
  poster: 'across the top',
  label: 'on a label',
  caption: 'along the bottom',
}

/** What the answer says about the lettering. */
export function describeLettering({ texts, place }: Lettering): string {
  return `wrote ${texts.map((text) => `“${text}”`).join(' and ')} ${WHERE[place]}`
}

/** The characters that no table has, each once: they are drawn as boxes, and the answer says so. */
export function unknownOf({ texts }: Lettering): string[] {
  const characters = [...new Intl.Segmenter().segment(texts.join(''))].map(({ segment }) => segment)
  return [...new Set(characters.filter((each) => !glyphOf(each).known))]
}
