import { textPart } from '../respond.ts'
import { promptUsage } from '../token-count.ts'
import { type Behaviour, onlyWords, stopped, without, withParts } from './behaviour.ts'

const blocked = (blockReason: string) => without({ promptFeedback: { blockReason } })

const CANNOT = 'Unable to show the generated image.'

/** Answers of 200 without an image: blocked prompts, the reasons that end an answer, and empty ones. */
export const NO_IMAGE = {
  blocked: blocked('PROHIBITED_CONTENT'),
  'blocked-safety': blocked('SAFETY'),
  'blocked-image': blocked('IMAGE_SAFETY'),
  'blocked-word': blocked('BLOCKLIST'),
  'blocked-armor': blocked('MODEL_ARMOR'),
  'blocked-jailbreak': blocked('JAILBREAK'),
  'blocked-other': blocked('OTHER'),
  'blocked-unspecified': blocked('BLOCKED_REASON_UNSPECIFIED'),
  'no-image': without({ candidates: [{ content: {}, finishReason: 'NO_IMAGE', index: 0 }] }),
  safety: stopped(
    'IMAGE_SAFETY',
    `${CANNOT} The model could not generate the image based on the prompt provided. ` +
      'You will not be charged for this request. Try rephrasing the prompt.',
    { role: 'model' },
  ),
  'refusal-usage': {
    kind: 'answer',
    answer: ({ request, model }) => {
      const { promptTokenCount, promptTokensDetails } = promptUsage(request, model)
      const usageMetadata = {
        promptTokenCount,
        candidatesTokenCount: 244,
        thoughtsTokenCount: 244,
        totalTokenCount: promptTokenCount + 244,
        promptTokensDetails,
      }
      const candidate = { content: {}, finishReason: 'IMAGE_SAFETY', finishMessage: CANNOT, index: 0 }
      return { candidates: [candidate], usageMetadata, modelVersion: model.id }
    },
  },
  recitation: stopped(
    'IMAGE_RECITATION',
    `${CANNOT} The image is too similar to existing works. Try rephrasing the prompt.`,
    { role: 'model' },
  ),
  prohibited: stopped(
    'IMAGE_PROHIBITED_CONTENT',
    `${CANNOT} The image may contain prohibited content. Try rephrasing the prompt.`,
  ),
  'image-other': stopped('IMAGE_OTHER', CANNOT, { role: 'model' }),
  'finish-safety': stopped('SAFETY'),
  'finish-prohibited': stopped('PROHIBITED_CONTENT'),
  'finish-word': stopped('BLOCKLIST'),
  'finish-spii': stopped('SPII'),
  'finish-recitation': stopped('RECITATION'),
  'finish-language': stopped('LANGUAGE'),
  'finish-malformed': stopped('MALFORMED_RESPONSE'),
  'finish-malformed-call': stopped(
    'MALFORMED_FUNCTION_CALL',
    'Malformed function call: print(google_search(',
  ),
  'finish-unexpected-call': stopped('UNEXPECTED_TOOL_CALL'),
  'finish-endless-calls': stopped('TOO_MANY_TOOL_CALLS'),
  'finish-other': stopped('OTHER'),
  'finish-unspecified': stopped('FINISH_REASON_UNSPECIFIED'),
  'finish-continuation': withParts(onlyWords, 'CONTINUATION'),
  'max-tokens': withParts(onlyWords, 'MAX_TOKENS'),
  'unknown-finish': withParts(onlyWords, 'SOMETHING_NEW'),
  'text-only': withParts((_, { model }) => [
    textPart('What should the picture show? Tell me a little more, and I will make it.', model),
  ]),
  empty: without({ candidates: [{ content: {}, finishReason: 'STOP', index: 0 }] }),
  'no-content': without({ candidates: [{ finishReason: 'STOP', index: 0 }] }),
  'no-candidates': {
    kind: 'answer',
    answer: ({ request, model }) => ({ usageMetadata: promptUsage(request, model) }),
  },
  'null-parts': without({
    candidates: [{ content: { parts: null, role: 'model' }, finishReason: 'STOP', index: 0 }],
  }),
} as const satisfies Record<string, Behaviour>
