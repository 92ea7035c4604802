import { notSent } from '../core/event.ts'
import { type Shape, shapeOf } from '../tools/crop-shape.ts'
import { derive } from '../tools/derive.ts'
import { defineCommand } from './define.ts'

export const crop = defineCommand({
  name: 'crop',
  summary:
    'Crop an image to one or more shapes, on this machine and for free; nothing is scaled; choose from several',
  example: '/crop 16:9 1:1 v3 --smart',
  group: 'tools',
  changes: [],
  arguments: {
    shapes: {
      kind: 'texts',
      about: 'a shape: 16:9, 800x600, or 10%,20%,50%,40% (left, top, width, height)',
    },
    version: { kind: 'version', about: 'a version such as v3', optional: true },
  },
  flags: { smart: { kind: 'switch', about: 'around what stands out, instead of the centre' } },
  check(values) {
    const read = shapesOf(values)
    return read.ok ? undefined : { problem: read.sentence }
  },
  async *run({ version, ...values }, context) {
    const read = shapesOf(values)
    if (!read.ok) return yield* notSent({ reason: 'usage', says: read.sentence })
    return yield* derive('crop', { shapes: read.shapes, smart: values.smart }, version, context)
  },
})

type CropWords = { readonly shapes: readonly string[]; readonly smart: boolean }

/** What the words mean, for any picture. */
function shapesOf({ shapes: words, smart }: CropWords) {
  const shapes: Shape[] = []
  for (const word of new Set(words)) {
    const shape = shapeOf(word)
    if (!shape) {
      const sentence = `"${word}" is not a shape: 16:9, 800x600, or 10%,20%,50%,40% (left, top, width, height).`
      return { ok: false, sentence } as const
    }
    if (shape.kind === 'part' && smart) {
      const sentence = `${word} already has a position: leave --smart out, or name a ratio or a size.`
      return { ok: false, sentence } as const
    }
    shapes.push(shape)
  }
  return { ok: true, shapes } as const
}
