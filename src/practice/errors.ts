import type { Model } from './models.ts'

/** Error bodies as Google sends them, word for word where a real one has been seen. */
export type ErrorBody = { error: { code: number; message: string; status: string; details?: object[] } }

/** What the engine throws when a request is to be answered by an error. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly status: number
  readonly body: ErrorBody

  constructor(body: ErrorBody) {
    super(body.error.message)
    this.status = body.error.code
    this.body = body
  }
}

const TYPE = 'type.googleapis.com/google.rpc.'

export function invalidArgument(message: string, field?: string): ErrorBody {
  const details = [
    { '@type': `${TYPE}BadRequest`, fieldViolations: [{ ...(field && { field }), description: message }] },
  ]
  return {
    error: { code: 400, message, status: 'INVALID_ARGUMENT', ...(field !== undefined && { details }) },
  }
}

export function invalidKey(): ErrorBody {
  const message = 'API key not valid. Please pass a valid API key.'
  const metadata = { service: 'generativelanguage.googleapis.com' }
  const details = [
    { '@type': `${TYPE}ErrorInfo`, reason: 'API_KEY_INVALID', domain: 'googleapis.com', metadata },
    { '@type': `${TYPE}LocalizedMessage`, locale: 'en-US', message },
  ]
  return { error: { code: 400, message, status: 'INVALID_ARGUMENT', details } }
}

export function unregistered(): ErrorBody {
  const message =
    "Method doesn't allow unregistered callers (callers without established identity). " +
    'Please use API Key or other form of API consumer identity to call this API.'
  return { error: { code: 403, message, status: 'PERMISSION_DENIED' } }
}

export function permissionDenied(): ErrorBody {
  const message = 'Your API key does not have permission to use this model, or the key is restricted.'
  return { error: { code: 403, message, status: 'PERMISSION_DENIED' } }
}

export function modelNotFound(id: string, version: string): ErrorBody {
  const message =
    `models/${id} is not found for API version ${version}, or is not supported for generateContent. ` +
    'Call ListModels to see the list of available models and their supported methods.'
  return { error: { code: 404, message, status: 'NOT_FOUND' } }
}

export function routeNotFound(): ErrorBody {
  return { error: { code: 404, message: 'Requested entity was not found.', status: 'NOT_FOUND' } }
}

/** Google's own word is a 400; what answers 413 is a front end or a proxy. */
export function tooLarge(limit: number): ErrorBody {
  const message = `Request payload size exceeds the limit: ${limit} bytes.`
  return { error: { code: 400, message, status: 'INVALID_ARGUMENT' } }
}

export function internal(): ErrorBody {
  const message =
    'An internal error has occurred. Please retry or report in ' +
    'https://developers.generativeai.google/guide/troubleshooting'
  return { error: { code: 500, message, status: 'INTERNAL' } }
}

export function overloaded(): ErrorBody {
  const message =
    'This model is currently experiencing high demand. Spikes in demand are usually temporary. Please try again later.'
  return { error: { code: 503, message, status: 'UNAVAILABLE' } }
}

export function deadline(): ErrorBody {
  const message = 'The request timed out. Please try again.'
  return { error: { code: 504, message, status: 'DEADLINE_EXCEEDED' } }
}

export function badImage(): ErrorBody {
  return invalidArgument(
    'Unable to process input image. Please retry or report in ' +
      'https://developers.generativeai.google/guide/troubleshooting',
  )
}

const CURRENT_QUOTA =
  'You exceeded your current quota, please check your plan and billing details. For more information on this ' +
  'error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.'

/** `noBilling`: the free tier, whose limit for image models is 0, so that waiting never helps. */
export function quota(model: string, kind: 'minute' | 'day' | 'noBilling', retryDelay: string): ErrorBody {
  const free = kind === 'noBilling'
  const metric = `generativelanguage.googleapis.com/generate_content_${free ? 'free' : 'paid'}_tier_requests`
  const per = kind === 'minute' ? 'PerMinute' : 'PerDay'
  const limit = free ? 0 : kind === 'minute' ? 10 : 250
  const violation = {
    quotaMetric: metric,
    quotaId: `GenerateRequests${per}PerProjectPerModel${free ? '-FreeTier' : ''}`,
    quotaDimensions: { location: 'global', model },
    quotaValue: String(limit),
  }
  const exceeded = `* Quota exceeded for metric: ${metric}, limit: ${limit}, model: ${model}`
  const message = `${CURRENT_QUOTA}\n${exceeded}\nPlease retry in ${retryDelay}.`
  return exhausted(message, [violation], { '@type': `${TYPE}RetryInfo`, retryDelay })
}

function exhausted(message: string, violations: readonly object[], ...more: readonly object[]): ErrorBody {
  const help = {
    description: 'Learn more about Gemini API quotas',
    url: 'https://ai.google.dev/gemini-api/docs/rate-limits',
  }
  const details = [
    { '@type': `${TYPE}QuotaFailure`, violations },
    { '@type': `${TYPE}Help`, links: [help] },
    ...more,
  ]
  return { error: { code: 429, message, status: 'RESOURCE_EXHAUSTED', details } }
}

/** Google lists what it takes with quotation marks, commas and an "or" before the last. */
export function oneOf(field: string, allowed: readonly string[]): string {
  const quoted = allowed.map((value) => `'${value}'`)
  const list = quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')}, or ${quoted.at(-1)}`
  const name = field.split('.').at(-1)
  return `* GenerateContentRequest.${field}: ${name} must be one of ${list}.\n`
}

export function tooManyImages(model: Model, count: number): ErrorBody {
  return invalidArgument(
    `Too many images in the newest content: ${count}. ${model.id} supports at most ${model.imageLimit} images per prompt.`,
  )
}

/** Google says the same of a file that never was, one that has expired, and one of another project. */
export function fileGone(name: string): ErrorBody {
  const id = name.replace(/^files\//, '')
  const message = `You do not have permission to access the File ${id} or it may not exist.`
  return { error: { code: 403, message, status: 'PERMISSION_DENIED' } }
}

export function fileNotActive(name: string): ErrorBody {
  const id = name.replace(/^files\//, '')
  const message = `The File ${id} is not in an ACTIVE state and usage is not allowed.`
  return { error: { code: 400, message, status: 'FAILED_PRECONDITION' } }
}

export function fileExists(): ErrorBody {
  return { error: { code: 409, message: 'Requested entity already exists', status: 'ALREADY_EXISTS' } }
}

export function notDownloadable(): ErrorBody {
  return invalidArgument('Only files that were generated by the API can be downloaded.')
}

export function badUrl(): ErrorBody {
  return invalidArgument('Cannot fetch content from the provided URL.')
}

/** As observed when 20 GB were full. There is no RetryInfo: only deleting files helps, or two days. */
export function storageFull(): ErrorBody {
  const metric = 'generativelanguage.googleapis.com/file_storage_bytes'
  const quotaValue = String(20 * 1024 ** 3)
  const violation = { quotaMetric: metric, quotaId: 'FileStorageBytesPerProject', quotaValue }
  const lines = [CURRENT_QUOTA, `* Quota exceeded for metric: ${metric}, limit: ${quotaValue}`]
  return exhausted(lines.join('\n'), [violation])
}

export function uploadGone(): ErrorBody {
  return {
    error: { code: 404, message: 'Upload session not found or already terminated.', status: 'NOT_FOUND' },
  }
}

export function uploadOffset(expected: number, received: number): ErrorBody {
  return invalidArgument(
    `Upload is out of step: ${expected} bytes were announced, ${received} have been received.`,
  )
}

/** The numbers that a status has inside an answer, where there is no HTTP to carry it (google.rpc.Code). */
const RPC_CODES: Record<string, number> = {
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  INTERNAL: 13,
  UNAVAILABLE: 14,
}

/** An error as one of many results carries it. */
export function rpcStatus({ error: { status, message, details } }: ErrorBody): object {
  return { code: RPC_CODES[status] ?? 2, message, ...(details && { details }) }
}

/** The short refusal without details, as observed. */
export function enough(): ErrorBody {
  const message = 'Resource has been exhausted (e.g. check quota).'
  return { error: { code: 429, message, status: 'RESOURCE_EXHAUSTED' } }
}

export function alreadyDone(name: string): ErrorBody {
  const message = `${name} has finished and cannot be cancelled.`
  return { error: { code: 400, message, status: 'FAILED_PRECONDITION' } }
}
