import type { Model } from './models.ts'

/** Error bodies as Google sends them, word for word where a real one was observed. */
export type ErrorBody = { error: { code: number; message: string; status: string; details?: object[] } }

/** Thrown to answer a request with an error. */
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

/** Prefix of the `@type` of every error detail. */
export const TYPE = 'type.googleapis.com/google.rpc.'

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

export function expiredKey(): ErrorBody {
  const { error } = invalidKey()
  return { error: { ...error, message: 'API key expired. Please renew the API key.' } }
}

export function unauthenticated(): ErrorBody {
  const message =
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other ' +
    'valid authentication credential.'
  return { error: { code: 401, message, status: 'UNAUTHENTICATED' } }
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

export function leakedKey(): ErrorBody {
  const message = 'Your API key was reported as leaked. Please use another API key.'
  return { error: { code: 403, message, status: 'PERMISSION_DENIED' } }
}

export function apiOff(): ErrorBody {
  const message =
    'Generative Language API has not been used in project 123456789012 before or it is disabled. Enable it, ' +
    'wait a few minutes, and retry.'
  const metadata = { service: 'generativelanguage.googleapis.com', consumer: 'projects/123456789012' }
  const info = { '@type': `${TYPE}ErrorInfo`, reason: 'SERVICE_DISABLED', domain: 'googleapis.com', metadata }
  return { error: { code: 403, message, status: 'PERMISSION_DENIED', details: [info] } }
}

export function location(): ErrorBody {
  const message = 'User location is not supported for the API use.'
  return { error: { code: 400, message, status: 'FAILED_PRECONDITION' } }
}

export function freeTier(): ErrorBody {
  const message =
    'Gemini API free tier is not available in your country. Please enable billing on your project in ' +
    'Google AI Studio.'
  return { error: { code: 400, message, status: 'FAILED_PRECONDITION' } }
}

export function noCache(): ErrorBody {
  const message = 'CachedContent not found (or permission denied)'
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

/** Google answers 400; a 413 comes from a front end or a proxy. */
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

/** Lists the allowed values as Google does: in quotation marks, with commas and an "or" before the last. */
export function mustBeOneOf(field: string, allowed: readonly string[]): string {
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

/** The numeric code of each status (google.rpc.Code), for errors inside an answer, which have no HTTP status. */
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

/** An error in the form that a single result of a batch job has. */
export function rpcStatus({ error: { status, message, details } }: ErrorBody): object {
  return { code: RPC_CODES[status] ?? 2, message, ...(details && { details }) }
}

export function alreadyDone(name: string): ErrorBody {
  const message = `${name} has finished and cannot be cancelled.`
  return { error: { code: 400, message, status: 'FAILED_PRECONDITION' } }
}
