import { levelOf } from './generation-settings.ts'
import type { Level, Model, Size } from './models.ts'
import type { Part, Request, Usage } from './protocol.ts'

/** A token is about four characters. */
const tokensOf = (text: string) => (text === '' ? 0 : Math.max(1, Math.ceil(text.length / 4)))

function count(
  { contents, systemInstruction }: Pick<Request, 'contents' | 'systemInstruction'>,
  model: Model,
) {
  const parts = [...contents, systemInstruction ?? {}].flatMap(({ parts = [] }) => parts)
  const text = parts.reduce((sum, part) => sum + tokensOf(part.text ?? ''), 0)
  const image = parts.filter((part) => part.inlineData).length * model.inputImageTokens
  return { text, image }
}

const sizeOf = ({ generationConfig }: Request) => (generationConfig?.imageConfig?.imageSize ?? '1K') as Size

/** The usage of a prompt without an answer: Google then leaves candidatesTokenCount out. */
export function promptUsage(request: Request, model: Model): Usage {
  const { text, image } = count(request, model)
  const promptTokensDetails: Usage['promptTokensDetails'] = [{ modality: 'TEXT', tokenCount: text }]
  if (image > 0) promptTokensDetails.push({ modality: 'IMAGE', tokenCount: image })
  const promptTokenCount = text + image
  const serviceTier = request.serviceTier?.toLowerCase() ?? 'standard'
  return { promptTokenCount, totalTokenCount: promptTokenCount, promptTokensDetails, serviceTier }
}

/** Thinking costs tokens whether or not it is shown. */
const THOUGHTS: Record<Level, number> = { MINIMAL: 60, LOW: 120, MEDIUM: 180, HIGH: 420 }
/** The model reads search results, which are counted separately from the prompt. */
const SEARCH_TOKENS = 310

/**
 * The details count only the images; texts make candidatesTokenCount a little higher, as in real answers.
 * Images among the thoughts are not billed.
 */
export function usageOf(request: Request, model: Model, parts: readonly Part[]): Usage {
  const prompt = promptUsage(request, model)
  const final = parts.filter((part) => !part.thought)
  const words = final.reduce((sum, part) => sum + tokensOf(part.text ?? ''), 0)
  const images = final.filter((part) => part.inlineData).length
  const imageTokens = images * model.imageTokens[sizeOf(request)]
  const candidates = words + imageTokens + (images > 0 ? 74 : 0)
  const thoughts = model.thinking ? THOUGHTS[levelOf(request)] + 3 * words : 0
  const tools = request.tools?.some((tool) => tool.googleSearch) ? SEARCH_TOKENS : 0
  return {
    ...prompt,
    candidatesTokenCount: candidates,
    totalTokenCount: prompt.promptTokenCount + candidates + thoughts + tools,
    ...(thoughts > 0 && { thoughtsTokenCount: thoughts }),
    ...(tools > 0 && { toolUsePromptTokenCount: tools }),
    ...(images > 0 && { candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: imageTokens }] }),
  }
}

/** The answer of `countTokens`: the input tokens. */
export function tokensIn(request: Pick<Request, 'contents' | 'systemInstruction'>, model: Model): object {
  const { text, image } = count(request, model)
  const promptTokensDetails: Usage['promptTokensDetails'] = [{ modality: 'TEXT', tokenCount: text }]
  if (image > 0) promptTokensDetails.push({ modality: 'IMAGE', tokenCount: image })
  return { totalTokens: text + image, promptTokensDetails }
}
