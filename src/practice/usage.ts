import type { Model, Size } from './models.ts'
import type { Part, Request, Usage } from './protocol.ts'

/** A token is about four letters. */
const tokensOf = (text: string) => (text === '' ? 0 : Math.max(1, Math.ceil(text.length / 4)))

function count(request: Request, model: Model) {
  const parts = request.contents.flatMap((content) => content.parts)
  const text = parts.reduce((sum, part) => sum + tokensOf(part.text ?? ''), 0)
  const image = parts.filter((part) => part.inlineData).length * model.inputImageTokens
  return { text, image }
}

const sizeOf = ({ generationConfig }: Request) => (generationConfig?.imageConfig?.imageSize ?? '1K') as Size

/** What came in, when nothing was made of it: Google then leaves candidatesTokenCount out. */
export function promptUsage(request: Request, model: Model): Usage {
  const { text, image } = count(request, model)
  const promptTokensDetails: Usage['promptTokensDetails'] = [{ modality: 'TEXT', tokenCount: text }]
  if (image > 0) promptTokensDetails.push({ modality: 'IMAGE', tokenCount: image })
  const promptTokenCount = text + image
  return { promptTokenCount, totalTokenCount: promptTokenCount, promptTokensDetails, serviceTier: 'standard' }
}

/** The details count the images alone; the words make candidatesTokenCount a little higher, as in real answers. */
export function usageOf(request: Request, model: Model, parts: readonly Part[]): Usage {
  const prompt = promptUsage(request, model)
  const final = parts.filter((part) => !part.thought)
  const words = final.reduce((sum, part) => sum + tokensOf(part.text ?? ''), 0)
  const images = final.filter((part) => part.inlineData).length
  const imageTokens = images * model.imageTokens[sizeOf(request)]
  const thoughts = model.thinks ? 120 + 3 * words : 0
  return {
    promptTokenCount: prompt.promptTokenCount,
    candidatesTokenCount: words + imageTokens + (images > 0 ? 74 : 0),
    totalTokenCount: prompt.promptTokenCount + words + imageTokens + (images > 0 ? 74 : 0) + thoughts,
    ...(thoughts > 0 && { thoughtsTokenCount: thoughts }),
    promptTokensDetails: prompt.promptTokensDetails,
    ...(images > 0 && { candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: imageTokens }] }),
    serviceTier: 'standard',
  }
}
