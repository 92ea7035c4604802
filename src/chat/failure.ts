import { z } from 'zod'
import type { Failure } from '../core/failure.ts'

/** These also break a connection on which all was sent; only of the system calls that make one are they harmless. */
const ALSO_LATER = /^(?:ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENETDOWN)$/

/** Codes of a connection that was never made: nothing was sent, nothing can have been billed. */
const NEVER_MADE =
  /^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|ENETDOWN|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|EPROTO|ERR_INVALID_URL|bad port)/

const Body = z.looseObject({
  error: z.looseObject({
    message: z.string().catch(''),
    status: z.string().catch(''),
    details: z.array(z.looseObject({ '@type': z.string().catch('') }).catch({ '@type': '' })).catch([]),
  }),
})

type ErrorBody = z.infer<typeof Body>['error']

/** An error of the SDK, of HTTP or of the network, in the user's terms, and without the key. */
export function failureOf(error: unknown, model: string, secret?: string): Failure {
  const failure = readError(error, model)
  return 'says' in failure ? { ...failure, says: withoutKey(failure.says, secret) } : failure
}

/** Google names the key in some refusals, and Node in its own word on a header that cannot be sent. */
function withoutKey(says: string, secret: string | undefined): string {
  const known = secret ? says.replaceAll(secret, '(the key)') : says
  return known.replace(/(?:AIza|AQ\.)[\w-]{10,}/g, '(the key)').replace(/(api_key:)[^\s'"]+/gi, '$1(the key)')
}

function readError(error: unknown, model: string): Failure {
  const status = statusOf(error)
  if (status !== undefined) return ofStatus(status, bodyOf(error), model)
  const found = codeOf(error)
  if (found !== undefined) {
    const { code, call } = found
    const late = ALSO_LATER.test(code) && call !== undefined && !/^(?:connect|getaddrinfo)$/.test(call)
    return NEVER_MADE.test(code) && !late ? { kind: 'no-network', code } : { kind: 'cut-off', code }
  }
  const message = error instanceof Error ? error.message : String(error)
  // A key is sent as a header, and not every text can be one.
  if (/invalid header value|ByteString/.test(message)) return { kind: 'bad-key' }
  if (/invalid model parameter/.test(message)) return { kind: 'model-gone', model }
  if (/could not load the default credentials/i.test(message)) {
    return {
      kind: 'permission',
      says: 'no Google Cloud credentials; run "gcloud auth application-default login"',
    }
  }
  if (error instanceof SyntaxError || error instanceof z.ZodError) return { kind: 'strange-answer', says: '' }
  if (/fetch failed|terminated|socket|network/i.test(message)) return { kind: 'cut-off', code: message }
  return { kind: 'strange-answer', says: message }
}

function ofStatus(status: number, body: ErrorBody, model: string): Failure {
  const says = body.message
  switch (status) {
    case 400:
      return ofBadRequest(body)
    case 401:
      return { kind: 'bad-key' }
    case 403:
      return { kind: 'permission', says }
    case 404:
      return { kind: 'model-gone', model }
    case 413:
      return { kind: 'too-large', bytes: null }
    case 429:
      if (/limit: 0\b/.test(says) && /free_tier|free tier/i.test(says)) return { kind: 'no-billing' }
      return { kind: 'rate-limit', seconds: waitOf(body) }
    case 503:
      return { kind: 'overloaded' }
    default:
      return status >= 500 ? { kind: 'internal', status } : { kind: 'refused', status, says }
  }
}

function ofBadRequest(body: ErrorBody): Failure {
  const says = body.message
  const reasons = body.details.map((detail) => detail.reason)
  if (reasons.includes('API_KEY_INVALID') || /api key not valid/i.test(says)) return { kind: 'bad-key' }
  if (/thought[_ ]signature/i.test(says)) return { kind: 'signature', says }
  if (/unknown name|cannot find field/i.test(says)) return { kind: 'unknown-field', says }
  if (/input image|provided image/i.test(says)) return { kind: 'bad-image', says }
  if (/payload size|too large/i.test(says)) return { kind: 'too-large', bytes: null }
  if (body.status === 'FAILED_PRECONDITION') return { kind: 'place', says }
  return { kind: 'refused', status: 400, says }
}

function statusOf(error: unknown): number | undefined {
  return z.looseObject({ name: z.literal('ApiError'), status: z.number() }).safeParse(error).data?.status
}

/** The SDK's message is the whole body as JSON, sometimes behind a few words of its own. */
function bodyOf(error: unknown): ErrorBody {
  const message = error instanceof Error ? error.message : ''
  const none = { message, status: '', details: [] }
  try {
    return Body.parse(JSON.parse(message.slice(message.indexOf('{')))).error
  } catch {
    return none
  }
}

/** Seconds that the server asks to wait: RetryInfo, else the words of its message. */
function waitOf(body: ErrorBody): number | null {
  const info = body.details.find((detail) => String(detail['@type']).endsWith('RetryInfo'))
  const text =
    typeof info?.retryDelay === 'string' ? info.retryDelay : /retry in ([\d.]+)s/.exec(body.message)?.[1]
  const seconds = Number.parseFloat(text ?? '')
  return Number.isFinite(seconds) ? seconds : null
}

const Coded = z.looseObject({ code: z.string(), syscall: z.string().optional() })

/** The code of an error, or of one of its causes, and the system call that failed. */
function codeOf(error: unknown): { readonly code: string; readonly call?: string | undefined } | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { data } = Coded.safeParse(at)
    if (data) return { code: data.code, call: data.syscall }
    if (at.message === 'bad port') return { code: at.message }
  }
  return undefined
}
