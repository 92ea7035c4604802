import { rewrite } from '../image/rewrite.ts'
import type { Tool } from './tool.ts'

/** Degrees, clockwise. */
export type Rotation = { readonly by: 90 | -90 | 180 }

const DID = { 90: 'turned 90° clockwise', [-90]: 'turned 90° counterclockwise', 180: 'turned by 180°' }

export const rotateTool: Tool<Rotation> = {
  arguments: ({ by }) => [String(by)],
  async make({ bytes }, { by }) {
    const turned = await rewrite(bytes, (image) => image.rotate(by))
    return { ok: true, images: [{ bytes: turned, did: DID[by] }] }
  },
}
