import { focalPoint } from '../image/focal-point.ts'
import { rewrite } from '../image/rewrite.ts'
import { type Rectangle, rectangleOf, type Shape } from './crop-shape.ts'
import type { Tool } from './tool.ts'

/** Each shape becomes an image. `smart`: cropped around what an eye sees first, instead of the centre. */
export type Crop = { readonly shapes: readonly Shape[]; readonly smart: boolean }

const CENTRE = { x: 0.5, y: 0.5 }

export const cropTool: Tool<Crop> = {
  arguments: ({ shapes, smart }) => [...shapes.map(({ word }) => word), ...(smart ? ['--smart'] : [])],
  async make({ name, bytes, width, height }, { shapes, smart }) {
    const at = smart ? await focalPoint(bytes) : CENTRE
    const cuts: { readonly rectangle: Rectangle; readonly did: string }[] = []
    for (const shape of shapes) {
      const rectangle = rectangleOf(shape, { name, width, height }, at)
      if (typeof rectangle === 'string') return { ok: false, sentence: rectangle }
      const around = shape.kind === 'part' ? '' : ` around ${smart ? 'what stands out' : 'its centre'}`
      cuts.push({ rectangle, did: `cropped to ${shape.word}${around}` })
    }
    const images = await Promise.all(
      cuts.map(async ({ rectangle, did }) => ({
        bytes: await rewrite(bytes, (image) => image.extract(rectangle)),
        did,
      })),
    )
    return { ok: true, images }
  },
}
