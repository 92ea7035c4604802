import { textPart } from '../respond.ts'
import { promptUsage } from '../token-count.ts'
import { type Behaviour, noImageAnswer, onlyWords, stoppedBy, withParts } from './behaviour.ts'

const blocked = (blockReason: string) => noImageAnswer({ promptFeedback: { blockReason } })

const CANNOT = 'Unable to show the generated image.'

/** Answers with status 200 and no image: blocked prompts, finish reasons, and empty answers. */
export const NO_IMAGE = {
  blocked: blocked('PROHIBITED_CONTENT'),
  'blocked-safety': blocked('SAFETY'),
  'blocked-image': blocked('IMAGE_SAFETY'),
  'blocked-word': blocked('BLOCKLIST'),
  'blocked-armor': blocked('MODEL_ARMOR'),
  'blocked-jailbreak': blocked('JAILBREAK'),
  'blocked-other': blocked('OTHER'),
  'blocked-unspecified': blocked('BLOCKED_REASON_UNSPECIFIED'),
  'no-image': noImageAnswer({ candidates: [{ content: {}, finishReason: 'NO_IMAGE', index: 0 }] }),
  safety: stoppedBy(
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
  recitation: stoppedBy(
    'IMAGE_RECITATION',
    `${CANNOT} The image is too similar to existing works. Try rephrasing the prompt.`,
    { role: 'model' },
  ),
  prohibited: stoppedBy(
    'IMAGE_PROHIBITED_CONTENT',
    `${CANNOT} The image may contain prohibited content. Try rephrasing the prompt.`,
  ),
  'image-other': stoppedBy('IMAGE_OTHER', CANNOT, { role: 'model' }),
  'finish-safety': stoppedBy('SAFETY'),
  'finish-prohibited': stoppedBy('PROHIBITED_CONTENT'),
  'finish-word': stoppedBy('BLOCKLIST'),
  'finish-spii': stoppedBy('SPII'),
  'finish-recitation': stoppedBy('RECITATION'),
  'finish-language': stoppedBy('LANGUAGE'),
  'finish-malformed': stoppedBy('MALFORMED_RESPONSE'),
  'finish-malformed-call': stoppedBy(
    'MALFORMED_FUNCTION_CALL',
    'Malformed function call: print(google_search(',
  ),
  'finish-unexpected-call': stoppedBy('UNEXPECTED_TOOL_CALL'),
  'finish-endless-calls': stoppedBy('TOO_MANY_TOOL_CALLS'),
  'finish-other': stoppedBy('OTHER'),
  'finish-unspecified': stoppedBy('FINISH_REASON_UNSPECIFIED'),
  'finish-continuation': withParts(onlyWords, 'CONTINUATION'),
  'max-tokens': withParts(onlyWords, 'MAX_TOKENS'),
  'unknown-finish': withParts(onlyWords, 'SOMETHING_NEW'),
  'text-only': withParts((_, { model }) => [
    textPart('What should the picture show? Tell me a little more, and I will make it.', model),
  ]),
  empty: noImageAnswer({ candidates: [{ content: {}, finishReason: 'STOP', index: 0 }] }),
  'no-content': noImageAnswer({ candidates: [{ finishReason: 'STOP', index: 0 }] }),
  'no-candidates': {
    kind: 'answer',
    answer: ({ request, model }) => ({ usageMetadata: promptUsage(request, model) }),
  },
  'null-parts': noImageAnswer({
    candidates: [{ content: { parts: null, role: 'model' }, finishReason: 'STOP', index: 0 }],
  }),
} as const satisfies Record<string, Behaviour>
