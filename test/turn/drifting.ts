import sharp, { type Sharp } from 'sharp'
import type { Answer } from '../../practice/protocol.ts'
import { crooked, type Request } from '../gemini/wire.ts'
import { engine } from './talk.ts'

/** The image that a request edits: the model's newest, else one from the user. */
function currentOf(request: Request): Buffer | undefined {
  const image = request.body.contents.flatMap(({ parts }) => parts).findLast(({ inlineData }) => inlineData)
  return image?.inlineData && Buffer.from(image.inlineData.data, 'base64')
}

/** An engine whose edits change the whole picture in a given way. */
export async function drifting(edit: (image: Sharp) => Sharp): Promise<string> {
  const { url } = await crooked(await engine(), {
    change: async (text, request) => {
      const before = currentOf(request)
      if (!before) return text
      const answer: Answer = JSON.parse(text)
      const image = await edit(sharp(before)).jpeg({ quality: 90 }).toBuffer()
      const parts = [{ inlineData: { mimeType: 'image/jpeg', data: image.toString('base64') } }]
      return JSON.stringify({
        ...answer,
        candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP', index: 0 }],
      })
    },
  })
  return url
}
