import * as z from 'zod'

/**
 * The request as Gemini reads it. Objects are strict because the real parser is: it answers an unknown field with
 * 400 `Unknown name "..."`. Fields that the engine does not use are allowed by name and ignored.
 */
const Blob = z.strictObject({ mimeType: z.string(), data: z.string(), displayName: z.string().optional() })

const FileData = z.strictObject({
  fileUri: z.string(),
  mimeType: z.string().optional(),
  displayName: z.string().optional(),
})

/** A value of a protocol buffer enum. Google accepts any case, and names the type if the value is not one of it. */
const oneOfType = (type: string, values: readonly string[]) =>
  z.string().superRefine((value, context) => {
    if (values.includes(value.toUpperCase())) return
    const name = `type.googleapis.com/google.ai.generativelanguage.v1beta.${type}`
    context.addIssue({ code: 'custom', message: `(${name}), "${value}"` })
  })

export const Part = z.strictObject({
  text: z.string().optional(),
  inlineData: Blob.optional(),
  thought: z.boolean().optional(),
  thoughtSignature: z.string().optional(),
  fileData: FileData.optional(),
  functionCall: z.unknown().optional(),
  functionResponse: z.unknown().optional(),
  executableCode: z.unknown().optional(),
  codeExecutionResult: z.unknown().optional(),
  videoMetadata: z.unknown().optional(),
  mediaResolution: z.unknown().optional(),
})

export const Content = z.strictObject({ role: z.string().optional(), parts: z.array(Part).optional() })

const ThinkingConfig = z.strictObject({
  includeThoughts: z.boolean().optional(),
  thinkingBudget: z.number().optional(),
  thinkingLevel: oneOfType('ThinkingConfig.ThinkingLevel', ['MINIMAL', 'LOW', 'MEDIUM', 'HIGH']).optional(),
})

const ImageConfig = z.strictObject({
  aspectRatio: z.string().optional(),
  imageSize: z.string().optional(),
})

const GenerationConfig = z.strictObject({
  responseModalities: z
    .array(oneOfType('GenerationConfig.Modality', ['TEXT', 'IMAGE', 'AUDIO', 'MODALITY_UNSPECIFIED']))
    .optional(),
  imageConfig: ImageConfig.optional(),
  thinkingConfig: ThinkingConfig.optional(),
  seed: z.number().int().optional(),
  temperature: z.number().optional(),
  topP: z.number().optional(),
  topK: z.number().optional(),
  candidateCount: z.number().optional(),
  maxOutputTokens: z.number().optional(),
  stopSequences: z.array(z.string()).optional(),
  presencePenalty: z.number().optional(),
  frequencyPenalty: z.number().optional(),
  responseMimeType: z.string().optional(),
  responseSchema: z.unknown().optional(),
  mediaResolution: oneOfType('GenerationConfig.MediaResolution', [
    'MEDIA_RESOLUTION_UNSPECIFIED',
    'MEDIA_RESOLUTION_LOW',
    'MEDIA_RESOLUTION_MEDIUM',
    'MEDIA_RESOLUTION_HIGH',
  ]).optional(),
})

const CATEGORIES = [
  'HARM_CATEGORY_HARASSMENT',
  'HARM_CATEGORY_HATE_SPEECH',
  'HARM_CATEGORY_SEXUALLY_EXPLICIT',
  'HARM_CATEGORY_DANGEROUS_CONTENT',
  'HARM_CATEGORY_CIVIC_INTEGRITY',
  'HARM_CATEGORY_JAILBREAK',
]
const IMAGE_CATEGORIES = ['HATE', 'DANGEROUS_CONTENT', 'HARASSMENT', 'SEXUALLY_EXPLICIT'].map(
  (harm) => `HARM_CATEGORY_IMAGE_${harm}`,
)

const Threshold = oneOfType('SafetySetting.HarmBlockThreshold', [
  'HARM_BLOCK_THRESHOLD_UNSPECIFIED',
  'BLOCK_LOW_AND_ABOVE',
  'BLOCK_MEDIUM_AND_ABOVE',
  'BLOCK_ONLY_HIGH',
  'BLOCK_NONE',
  'OFF',
])

const SafetySetting = z.strictObject({
  category: oneOfType('HarmCategory', CATEGORIES),
  threshold: Threshold.optional(),
})

const SearchTypes = z.strictObject({
  webSearch: z.strictObject({}).optional(),
  imageSearch: z.strictObject({}).optional(),
})

const GoogleSearch = z.strictObject({
  searchTypes: SearchTypes.optional(),
  timeRangeFilter: z.unknown().optional(),
})

const Tool = z.strictObject({
  googleSearch: GoogleSearch.optional(),
  urlContext: z.unknown().optional(),
  codeExecution: z.unknown().optional(),
  functionDeclarations: z.unknown().optional(),
})

export const RequestShape = z.strictObject({
  model: z.string().optional(),
  contents: z.array(Content).optional(),
  generationConfig: GenerationConfig.optional(),
  systemInstruction: Content.optional(),
  safetySettings: z.array(SafetySetting).optional(),
  tools: z.array(Tool).optional(),
  toolConfig: z.unknown().optional(),
  serviceTier: oneOfType('ServiceTier', ['UNSPECIFIED', 'STANDARD', 'FLEX', 'PRIORITY']).optional(),
  cachedContent: z.string().optional(),
  store: z.boolean().optional(),
})

/** The fields that only Vertex AI has. */
export const VertexShape = RequestShape.extend({
  generationConfig: GenerationConfig.extend({
    imageConfig: ImageConfig.extend({
      personGeneration: z.string().optional(),
      prominentPeople: z.string().optional(),
      imageOutputOptions: z
        .strictObject({
          mimeType: z.enum(['image/png', 'image/jpeg']).optional(),
          compressionQuality: z.number().optional(),
        })
        .optional(),
    }).optional(),
  }).optional(),
  safetySettings: z
    .array(
      SafetySetting.extend({
        category: oneOfType('HarmCategory', [...CATEGORIES, ...IMAGE_CATEGORIES]),
        method: z.string().optional(),
      }),
    )
    .optional(),
  tools: z
    .array(
      Tool.extend({
        googleSearch: GoogleSearch.extend({
          excludeDomains: z.array(z.string()).optional(),
          blockingConfidence: z.string().optional(),
        }).optional(),
      }),
    )
    .optional(),
  labels: z.unknown().optional(),
})

export const CountShape = z.strictObject({
  model: z.string().optional(),
  contents: z.array(Content).optional(),
  generateContentRequest: RequestShape.optional(),
  systemInstruction: Content.optional(),
  tools: z.array(Tool).optional(),
  generationConfig: GenerationConfig.optional(),
})
