import { rewrite } from '../image/rewrite.ts'
import type { Tool } from './tool.ts'

/** `h` swaps left and right, `v` swaps top and bottom. */
export type Flip = { readonly way: 'h' | 'v' }

export const flipTool: Tool<Flip> = {
  arguments: ({ way }) => [way],
  async make({ bytes }, { way }) {
    const did = way === 'h' ? 'mirrored' : 'mirrored top to bottom'
    const flipped = await rewrite(bytes, (image) => (way === 'h' ? image.flop() : image.flip()))
    return { ok: true, images: [{ bytes: flipped, did }] }
  },
}
