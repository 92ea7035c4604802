import { z } from 'zod'
import { invalidArgument, Refusal } from './errors.ts'

/**
 * The request as Gemini reads it. Objects are strict because the real parser is: a field that it does not
 * know is answered by 400 `Unknown name "..."`. What the engine has no use for is allowed by name, unread.
 */
const Blob = z.strictObject({ mimeType: z.string(), data: z.string(), displayName: z.string().optional() })

const Part = z.strictObject({
  text: z.string().optional(),
  inlineData: Blob.optional(),
  thought: z.boolean().optional(),
  thoughtSignature: z.string().optional(),
  fileData: z
    .strictObject({
      fileUri: z.string(),
      mimeType: z.string().optional(),
      displayName: z.string().optional(),
    })
    .optional(),
  functionCall: z.unknown().optional(),
  functionResponse: z.unknown().optional(),
  executableCode: z.unknown().optional(),
  codeExecutionResult: z.unknown().optional(),
  videoMetadata: z.unknown().optional(),
  mediaResolution: z.unknown().optional(),
})

const Content = z.strictObject({ role: z.string().optional(), parts: z.array(Part).optional() })

const ThinkingConfig = z.strictObject({
  includeThoughts: z.boolean().optional(),
  thinkingBudget: z.number().optional(),
  thinkingLevel: z.string().optional(),
})

const GenerationConfig = z.strictObject({
  responseModalities: z.array(z.string()).optional(),
  imageConfig: z
    .strictObject({ aspectRatio: z.string().optional(), imageSize: z.string().optional() })
    .optional(),
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
  mediaResolution: z.string().optional(),
})

export const RequestShape = z.strictObject({
  model: z.string().optional(),
  contents: z.array(Content).optional(),
  generationConfig: GenerationConfig.optional(),
  systemInstruction: z.unknown().optional(),
  safetySettings: z.unknown().optional(),
  tools: z.unknown().optional(),
  toolConfig: z.unknown().optional(),
  serviceTier: z.string().optional(),
  cachedContent: z.string().optional(),
  store: z.boolean().optional(),
  labels: z.unknown().optional(),
})

export type Part = z.infer<typeof Part>
export type Content = { role: 'user' | 'model'; parts: Part[] }
/** A request that has been read, but not yet found to make sense. */
export type Shaped = z.infer<typeof RequestShape>
export type Request = Omit<Shaped, 'contents'> & { contents: Content[] }

export type ModalityCount = { modality: 'TEXT' | 'IMAGE'; tokenCount: number }
export type Usage = {
  promptTokenCount: number
  candidatesTokenCount?: number
  totalTokenCount: number
  thoughtsTokenCount?: number
  promptTokensDetails: ModalityCount[]
  candidatesTokensDetails?: ModalityCount[]
  serviceTier?: string
}
export type Candidate = {
  content?: { parts?: Part[] | null; role?: 'model' }
  finishReason?: string
  finishMessage?: string
  index: number
}
export type Answer = {
  candidates?: Candidate[]
  promptFeedback?: { blockReason: string }
  usageMetadata?: Usage
  modelVersion?: string
  responseId?: string
}

export function parseRequest(body: string): Request {
  return accept(parseShape(RequestShape, parseJson(body)))
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Refusal(invalidArgument(`Invalid JSON payload received. ${why}`, ''))
  }
}

/** Google's parser knows a field by two names, `generationConfig` and `generation_config`. */
export function parseShape<T extends z.ZodType>(shape: T, json: unknown): z.infer<T> {
  const result = shape.safeParse(withJsonNames(json))
  if (!result.success) throw new Refusal(refusalFor(result.error.issues[0]))
  return result.data
}

function withJsonNames(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withJsonNames)
  if (typeof json !== 'object' || json === null) return json
  const renamed = Object.entries(json).map(([name, value]) => {
    const jsonName = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
    // What a user put into metadata is theirs.
    return [jsonName, name === 'metadata' ? value : withJsonNames(value)]
  })
  return Object.fromEntries(renamed)
}

/** What the parser lets through and the service then refuses. */
export function accept(shaped: Shaped): Request {
  const contents = (shaped.contents ?? []).map(readContent)
  if (contents.length === 0) {
    throw new Refusal(invalidArgument('* GenerateContentRequest.contents: contents is not specified\n'))
  }
  if (contents.at(-1)?.role !== 'user') {
    throw new Refusal(invalidArgument('Please ensure that single turn requests end with a user role.'))
  }
  return { ...shaped, contents }
}

function readContent(content: z.infer<typeof Content>, index: number): Content {
  const at = `* GenerateContentRequest.contents[${index}].parts`
  const role = content.role ?? 'user'
  if (role !== 'user' && role !== 'model') {
    throw new Refusal(invalidArgument('Please use a valid role: user, model.'))
  }
  const parts = content.parts ?? []
  if (parts.length === 0) throw new Refusal(invalidArgument(`${at}: contents.parts must not be empty.\n`))
  for (const [i, part] of parts.entries()) {
    if (part.text === undefined && !part.inlineData && !part.fileData && !part.functionCall) {
      const message = `${at}[${i}].data: required oneof field 'data' must have one initialized field\n`
      throw new Refusal(invalidArgument(message))
    }
  }
  return { role, parts }
}

function refusalFor(issue: z.core.$ZodIssue | undefined) {
  const path = issue?.path ?? []
  if (issue?.code === 'unrecognized_keys') {
    const where = path.length > 0 ? ` at '${protoPath(path)}'` : ''
    const message = `Invalid JSON payload received. Unknown name "${issue.keys[0]}"${where}: Cannot find field.`
    return invalidArgument(message, protoPath(path))
  }
  const why = issue?.message ?? 'unreadable'
  return invalidArgument(`Invalid value at '${protoPath(path)}': ${why}`, protoPath(path))
}

/** Paths in Google's errors are in the names of the protocol buffer: generation_config.image_config. */
function protoPath(path: readonly PropertyKey[]): string {
  return path
    .map((step) =>
      typeof step === 'number'
        ? `[${step}]`
        : `.${String(step).replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`)}`,
    )
    .join('')
    .replace(/^\./, '')
}
