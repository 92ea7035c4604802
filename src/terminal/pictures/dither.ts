// Blocks in fewer than 24 bits: the error of a cell's two colours is passed to its neighbours.
import { type Cells, emptyCells } from '../blocks/cells.ts'
import { byteOf, linear } from './light.ts'
import { nearest16, nearest256, palette } from './palette.ts'

/** The parts of a cell, and a glyph for each mask of filled parts; the lowest bit is the upper left part. */
export type CellParts = { across: number; down: number; glyphs: readonly string[] }

/**
 * The share of an error that is passed on. Passing on all of it looks right from afar but speckled from near: the
 * palette of 256 has visible gaps between its dark colours.
 */
const passedOn = { '256': 0.6, '16': 0.85 }

/** A larger error is clamped, or one odd cell would show in all the cells after it. In linear light, 0 to 1. */
const largestError = 0.25

const clamp = (value: number) => Math.max(-largestError, Math.min(largestError, value))

/**
 * `pixels`: red, green and blue bytes of each part. Each cell gets the two colours of the palette that its parts lie
 * between. Each part takes one of the two so that their sum is right, and the remaining error goes to the cells to the
 * right and below (Floyd and Steinberg), all in linear light.
 */
export function ditherCells(
  pixels: Uint8Array,
  columns: number,
  rows: number,
  { across, down, glyphs }: CellParts,
  colours: '256' | '16',
): Cells {
  const out = emptyCells(columns, rows)
  const nearest = colours === '256' ? nearest256 : nearest16
  const stride = columns * across * 3
  const count = across * down
  const values = new Float64Array(count * 3)
  const errors = [new Float64Array((columns + 2) * 3), new Float64Array((columns + 2) * 3)]
  const mean = [0, 0, 0]
  const low = [0, 0, 0]
  const high = [0, 0, 0]
  const byte: [number, number, number] = [0, 0, 0]
  const near = (light: readonly number[]) => {
    for (let channel = 0; channel < 3; channel++) byte[channel] = byteOf(light[channel]!)
    return nearest(byte)
  }

  for (let row = 0; row < rows; row++) {
    const [here, below] = [errors[row % 2]!, errors[(row + 1) % 2]!]
    below.fill(0)
    for (let column = 0; column < columns; column++) {
      const cell = row * columns + column
      mean.fill(0)
      let darkest = 0
      let lightest = 0
      let least = Number.POSITIVE_INFINITY
      let most = Number.NEGATIVE_INFINITY
      for (let part = 0; part < count; part++) {
        const y = row * down + Math.floor(part / across)
        const start = y * stride + (column * across + (part % across)) * 3
        let light = 0
        for (let channel = 0; channel < 3; channel++) {
          const value = linear[pixels[start + channel]!]! + here[(column + 1) * 3 + channel]!
          values[part * 3 + channel] = value
          mean[channel]! += value / count
          light += value * luminance[channel]!
        }
        if (light < least) [least, darkest] = [light, part]
        if (light > most) [most, lightest] = [light, part]
      }
      // The cell's two colours are the palette's nearest to its darkest and its lightest part.
      for (let channel = 0; channel < 3; channel++) {
        low[channel] = values[darkest * 3 + channel]!
        high[channel] = values[lightest * 3 + channel]!
      }
      let first = near(low)
      let second = near(high)
      if (first === second) {
        first = near(mean)
        second = beyond(first, mean, near, colours === '256' ? 1 : 4)
      }
      const from = lightOf(first)
      const to = lightOf(second)
      let length = 0
      for (let channel = 0; channel < 3; channel++) {
        length += (to[channel]! - from[channel]!) ** 2 * luminance[channel]!
      }
      let mask = 0
      let filled = 0
      let debt = 0
      for (let part = 0; part < count && length > 0; part++) {
        let along = 0
        for (let channel = 0; channel < 3; channel++) {
          const offset = values[part * 3 + channel]! - from[channel]!
          along += offset * (to[channel]! - from[channel]!) * luminance[channel]!
        }
        const wanted = along / length + debt
        const fills = wanted > 0.5
        if (fills) {
          mask |= 1 << part
          filled++
        }
        debt = Math.max(-1, Math.min(1, wanted - (fills ? 1 : 0)))
      }
      for (let channel = 0; channel < 3; channel++) {
        const shown = from[channel]! + ((to[channel]! - from[channel]!) * filled) / count
        const error = passedOn[colours] * clamp(mean[channel]! - shown)
        here[(column + 2) * 3 + channel]! += (error * 7) / 16
        below[column * 3 + channel]! += (error * 3) / 16
        below[(column + 1) * 3 + channel]! += (error * 5) / 16
        below[(column + 2) * 3 + channel]! += error / 16
      }
      const all = filled === count
      out.glyphs[cell] = all ? ' ' : glyphs[mask]!
      out.front[cell] = second
      out.back[cell] = all ? second : first
    }
  }
  return out
}

const luminance = [0.2126, 0.7152, 0.0722]

const lights: Array<readonly number[]> = []

function lightOf(index: number): readonly number[] {
  lights[index] ??= palette[index]!.map((byte: number) => linear[byte]!)
  return lights[index]!
}

/** The nearest colour on the other side of `light`, so that the two mix to it; the same colour if there is none. */
function beyond(
  first: number,
  light: readonly number[],
  near: (light: readonly number[]) => number,
  largestErrorStep: number,
): number {
  const start = lightOf(first)
  for (let step = 1; step <= largestErrorStep; step *= 2) {
    const second = near(light.map((value, channel) => value + (value - start[channel]!) * step))
    if (second !== first) return second
  }
  return first
}

/**
 * Without colours: filled parts are light, or dark where the terminal's background is light. The same diffusion, part
 * by part.
 */
export function ditherPlain(
  pixels: Uint8Array,
  columns: number,
  rows: number,
  { across, down, glyphs }: CellParts,
  lightBackground: boolean,
): Cells {
  const out = emptyCells(columns, rows)
  const width = columns * across
  const height = rows * down
  let here = new Float64Array(width + 2)
  let below = new Float64Array(width + 2)
  const masks = new Uint8Array(columns * rows)
  for (let y = 0; y < height; y++) {
    below.fill(0)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3
      let light = here[x + 1]!
      for (let channel = 0; channel < 3; channel++) {
        light += linear[pixels[at + channel]!]! * luminance[channel]!
      }
      const bright = light > 0.5
      const error = light - (bright ? 1 : 0)
      here[x + 2]! += (error * 7) / 16
      below[x]! += (error * 3) / 16
      below[x + 1]! += (error * 5) / 16
      below[x + 2]! += error / 16
      if (bright !== lightBackground) {
        const part = (y % down) * across + (x % across)
        masks[Math.floor(y / down) * columns + Math.floor(x / across)]! |= 1 << part
      }
    }
    ;[here, below] = [below, here]
  }
  for (const [cell, mask] of masks.entries()) out.glyphs[cell] = glyphs[mask]!
  return out
}
