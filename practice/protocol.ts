import type { z } from 'zod'
import { invalidArgument, noCache, Refusal } from './errors.ts'
import {
  type Content as ContentShape,
  CountShape,
  type Part as PartShape,
  RequestShape,
  VertexShape,
} from './shape.ts'

export type Part = z.infer<typeof PartShape>
export type Content = { role: 'user' | 'model'; parts: Part[] }
/** A request whose shape has been checked, but not its meaning. */
export type ParsedRequest = z.infer<typeof VertexShape>
export type Request = Omit<ParsedRequest, 'contents'> & { contents: Content[] }

export type ModalityCount = { modality: 'TEXT' | 'IMAGE'; tokenCount: number }
export type Usage = {
  promptTokenCount: number
  candidatesTokenCount?: number
  totalTokenCount: number
  thoughtsTokenCount?: number
  promptTokensDetails: ModalityCount[]
  candidatesTokensDetails?: ModalityCount[]
  toolUsePromptTokenCount?: number
  serviceTier?: string
}
export type Candidate = {
  content?: { parts?: Part[] | null; role?: 'model' }
  finishReason?: string
  finishMessage?: string
  groundingMetadata?: Grounding
  index: number
}
export type Grounding = {
  searchEntryPoint: { renderedContent: string }
  webSearchQueries?: string[]
  imageSearchQueries?: string[]
  groundingChunks: (
    | { web: { uri: string; title: string } }
    | { image: { sourceUri: string; imageUri: string; domain: string; title: string } }
  )[]
  groundingSupports: {
    segment: { partIndex?: number; startIndex?: number; endIndex: number; text: string }
    groundingChunkIndices: number[]
  }[]
}
export type Answer = {
  candidates?: Candidate[]
  promptFeedback?: { blockReason: string }
  usageMetadata?: Usage
  modelVersion?: string
  responseId?: string
}

export function parseRequest(body: string, vertex: boolean): Request {
  return accept(parseShape(vertex ? VertexShape : RequestShape, parseJson(body)))
}

/** `countTokens` accepts contents, or a whole request. */
export function parseCount(body: string): Request {
  const { generateContentRequest, contents } = parseShape(CountShape, parseJson(body))
  return accept(generateContentRequest ?? { contents })
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Refusal(invalidArgument(`Invalid JSON payload received. ${why}`, ''))
  }
}

/** Google's parser accepts two names for a field, `generationConfig` and `generation_config`. */
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
    // Keys inside metadata are the user's, and stay as they are.
    return [jsonName, name === 'metadata' ? value : withJsonNames(value)]
  })
  return Object.fromEntries(renamed)
}

/** Checks what the parser lets through and the service then refuses. */
export function accept(shaped: ParsedRequest): Request {
  const contents = (shaped.contents ?? []).map(readContent)
  if (contents.length === 0) {
    throw new Refusal(invalidArgument('* GenerateContentRequest.contents: contents is not specified\n'))
  }
  if (contents.at(-1)?.role !== 'user') {
    throw new Refusal(invalidArgument('Please ensure that single turn requests end with a user role.'))
  }
  if (shaped.cachedContent !== undefined) throw new Refusal(noCache())
  return { ...shaped, contents }
}

function readContent(content: z.infer<typeof ContentShape>, index: number): Content {
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
  const why = issue?.code === 'custom' ? ` ${issue.message}` : `: ${issue?.message ?? 'unreadable'}`
  return invalidArgument(`Invalid value at '${protoPath(path)}'${why}`, protoPath(path))
}

/** Paths in Google's errors use protocol buffer names: generation_config.image_config. */
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

export type Search = { web: boolean; image: boolean }
