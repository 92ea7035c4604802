import sharp from 'sharp'
import type { Pixels as Frame } from './models.ts'
import { city } from './paint/city.ts'
import { wordsOf } from './paint/colours.ts'
import { creature, creatureName } from './paint/creature.ts'
import { forest } from './paint/forest.ts'
import { hills } from './paint/hills.ts'
import { mountains } from './paint/mountains.ts'
import { paletteFor, plainColours } from './paint/palettes.ts'
import { type Random, randomFrom } from './paint/random.ts'
import { n, rect, type Scene, startNames } from './paint/scene.ts'
import { discs, tiles } from './paint/shapes.ts'
import { space } from './paint/space.ts'
import { stillLife } from './paint/stillLife.ts'
import { waves } from './paint/waves.ts'
import { toPixels } from './picture.ts'
import type { Pixels } from './pixels.ts'

/** In order of precedence when a prompt names several: "a fox in the snow at night" is a fox. */
const SCENES: readonly [Scene, ...Scene[]] = [
  creature,
  stillLife,
  city,
  waves,
  mountains,
  forest,
  space,
  tiles,
  discs,
  hills,
]

/** Used when the prompt names no scene. */
const ANYTHING: readonly [Scene, ...Scene[]] = [
  hills,
  mountains,
  city,
  waves,
  space,
  stillLife,
  discs,
  tiles,
  forest,
]

type Painting = { pixels: Pixels; subject: string }

/** Paints a picture from words: the same words, chance and frame give the same pixels. */
export async function paint(prompt: string, chance: string, frame: Frame): Promise<Painting> {
  const words = wordsOf(prompt)
  const random = randomFrom(`${words.join(' ')}\n${chance}`)
  const palette = paletteFor(words, random)
  const scene =
    SCENES.find((each) =>
      words.some((word) => each.words.includes(word) || each.words.includes(word.replace(/s$/, ''))),
    ) ?? random.pick(ANYTHING)
  const { width: w, height: h } = frame
  startNames()
  const drawing = scene.draw({ w, h, u: Math.min(w, h) / 100, palette, random, words })
  const view = chance === '' ? drawing : seenAnew(drawing, frame, random)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}">${rect(0, 0, w, h, palette.sky[1])}${view}</svg>`
  const pixels = await toPixels(sharp(Buffer.from(svg)))
  finish(pixels, random)
  const name = scene === creature ? creatureName(words) : scene.name
  const colours = plainColours(words).slice(0, 2)
  const subject =
    colours.length > 0 ? `${name} in ${colours.map((colour) => colour.name).join(' and ')}` : name
  return { pixels, subject }
}

/** The scene from somewhat nearer and from one side, so that it clearly differs from the picture before. */
function seenAnew(drawing: string, { width: w, height: h }: Frame, random: Random): string {
  const near = random.between(1.02, 1.35)
  const side = random.pick([-1, 1])
  const [x, y] = [w * random.between(0.25, 0.75), h * random.between(0.4, 0.75)]
  const right = side === 1 ? x * (1 - near) : w - x * (1 - near)
  return `<g transform="translate(${n(right)},${n(y * (1 - near))}) scale(${near * side},${near})">${drawing}</g>`
}

/**
 * Darkens the corners and adds film grain, which hides the steps of gradients and softens flat shapes.
 * Computed pixel by pixel: a radial gradient for the corners alone would take 60 ms at 1K.
 */
function finish({ data, width, height }: Pixels, random: Random): void {
  let state = Math.floor(random.between(1, 2 ** 31))
  let i = 0
  for (let y = 0; y < height; y++) {
    const down = (y / height - 0.48) ** 2
    for (let x = 0; x < width; x++) {
      // Starts at 0.17, a little outside the inscribed ellipse, and reaches a good quarter darker in the corner.
      const out = down + (x / width - 0.5) ** 2
      const part = out > 0.17 ? 1 - (out - 0.17) * 0.78 : 1
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
      // The sum of two random bytes has a triangular distribution, like grain; about ±5 of 255.
      const by = ((state >>> 24) + ((state >>> 16) & 255) - 255) * 0.02
      data[i] = (data[i] as number) * part + by
      data[i + 1] = (data[i + 1] as number) * part + by
      data[i + 2] = (data[i + 2] as number) * part + by
      i += 3
    }
  }
}
