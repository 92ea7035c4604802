// Measures drift on real pictures: node bench/drift.ts FOLDER. Each picture is edited ten times in a row, in ways that
// do and do not damage the rest of the picture; the thresholds of src/turn/watch-drift.ts are between the two.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import sharp, { type Sharp } from 'sharp'
import { driftOver } from '../src/core/request/drift.ts'
import { lookAt } from '../src/image/sample-picture.ts'

const EDITS = 10
const SIDE = 1024

type Step = (image: Sharp, index: number) => Sharp

/** The requested edit: recolours a ninth of the picture, in a different place each time. */
const patch: Step = (image, index) => {
  const size = SIDE / 3
  const [left, top] = [((index * 5) % 7) * (size / 3.5), ((index * 3) % 5) * (size / 2.5)].map(Math.floor)
  const colour = { r: (index * 83) % 255, g: (index * 47) % 255, b: (index * 131) % 255 }
  const input = {
    create: { width: Math.floor(size), height: Math.floor(size), channels: 3 as const, background: colour },
  }
  return image.composite([{ input, left: left ?? 0, top: top ?? 0 }])
}

const inside = SIDE - 2

const WAYS: Readonly<Record<string, { readonly step: Step; readonly quality: number }>> = {
  'edits alone, q92': { step: patch, quality: 92 },
  'edits alone, q80': { step: patch, quality: 80 },
  'no edits, q75': { step: (image) => image, quality: 75 },
  'resized by a pixel each time, q85': {
    step: (image, index) => image.resize(index % 2 ? SIDE - 9 : SIDE + 9).resize(SIDE, SIDE),
    quality: 85,
  },
  'a cast of 0.5 % each time': { step: (image) => image.linear([1.005, 1, 0.995], [0, 0, 0]), quality: 90 },
  'a cast of 1 % each time': { step: (image) => image.linear([1.01, 1, 0.99], [0, 0, 0]), quality: 90 },
  'a cast of 2 % each time': { step: (image) => image.linear([1.02, 1, 0.98], [0, 0, 0]), quality: 90 },
  'darker by 1 % each time': { step: (image) => image.linear(0.99, 0), quality: 90 },
  'darker by 2 % each time': { step: (image) => image.linear(0.98, 0), quality: 90 },
  'blurred by 0.8 px each time': { step: (image) => image.blur(0.8), quality: 90 },
  'blurred by 1 px each time': { step: (image) => image.blur(1), quality: 90 },
  'sharpened a little each time': {
    step: (image) => image.sharpen({ sigma: 1, m1: 0.3, m2: 0.6 }),
    quality: 90,
  },
  'contrast of 2 % each time': { step: (image) => image.linear(1.02, -128 * 0.02), quality: 90 },
  'brighter by 25 % once': {
    step: (image, index) => (index === 4 ? image.linear(1.25, 0) : image),
    quality: 92,
  },
  'zoomed by 2 px each time': {
    step: (image) => image.extract({ left: 1, top: 1, width: inside, height: inside }).resize(SIDE, SIDE),
    quality: 90,
  },
}

const [folder = '.'] = process.argv.slice(2)
const pictures = globSync('**/*.{jpg,jpeg,png,webp}', { cwd: folder }).map((name) => join(folder, name))
process.stdout.write(`${pictures.length} pictures, ${EDITS} edits each: 0, 10, 50, 90, 100 of a hundred\n`)
const times: number[] = []
for (const [name, { step, quality }] of Object.entries(WAYS)) {
  const found: { colour: number; detail: number }[] = []
  for (const path of pictures) {
    let now = await sharp(readFileSync(path))
      .removeAlpha()
      .resize(SIDE, SIDE, { fit: 'cover' })
      .jpeg({ quality: 95 })
      .toBuffer()
    const chain = [now]
    for (let index = 0; index < EDITS; index++) {
      now = await step(sharp(now), index).jpeg({ quality }).toBuffer()
      chain.push(now)
    }
    const began = performance.now()
    const looks = []
    for (const one of chain) looks.push(await lookAt(one))
    const drift = driftOver(looks)
    times.push(performance.now() - began)
    if (drift) found.push(drift)
  }
  const of = (key: 'colour' | 'detail') => {
    const sorted = found.map((one) => one[key]).toSorted((a, b) => a - b)
    return [0, 0.1, 0.5, 0.9, 1]
      .map((part) => (sorted[Math.round((sorted.length - 1) * part)] ?? Number.NaN).toFixed(2))
      .join(' ')
  }
  process.stdout.write(
    `${name.padEnd(34)} measured ${String(found.length).padStart(3)}  colour ${of('colour')}  detail ${of('detail')}\n`,
  )
}
const sorted = times.toSorted((a, b) => a - b)
process.stdout.write(`${(sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(0)} ms for one measurement\n`)
