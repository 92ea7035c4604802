import * as z from 'zod'
import type { Failure } from '../core/failures/failure.ts'
import type { FailureRow, HttpSign, Sign } from '../core/failures/failure-row.ts'
import { REFUSALS } from '../core/failures/http-failures.ts'
import { nextPacificMidnight } from '../core/money/quota-day.ts'
import { redirectedIn } from './redirected.ts'

/** These also break a connection after the request was sent; nothing was sent only if connecting failed with them. */
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

type FailureContext = {
  readonly model: string
  readonly now: Date
  readonly secret?: string | undefined
  /** Only the sign-in has been sent so far. */
  readonly signingIn?: boolean
}

/** Turns an error of the SDK, of HTTP or of the network into a failure, without the key in its text. */
export function failureOf(error: unknown, asked: FailureContext): Failure {
  const failure = readError(error, asked)
  return 'says' in failure ? { ...failure, says: withoutKey(failure.says, asked.secret) } : failure
}

const ABOUT_A_FILE = /\bfile \S+ (?:or it may not|is not)|\bfiles\/|file_?(?:data|uri)\b|provided URL/i

/** The server refused a file that the request names: missing, not ready, or an unknown kind of part. Nothing was drawn. */
export function refusesFile(error: unknown): boolean {
  const { message } = bodyOf(error)
  switch (statusOf(error)) {
    case 400:
      return ABOUT_A_FILE.test(message)
    case 403:
      return ABOUT_A_FILE.test(message) || /caller does not have permission/i.test(message)
    case 404:
      return !/\bmodels\//.test(message)
    default:
      return false
  }
}

/** The project has no room for another file. */
export function isStorageFull(error: unknown): boolean {
  return /file_storage_bytes/.test(bodyOf(error).message)
}

/** Google quotes the key in some refusals, and Node in its error about a header that cannot be sent. */
function withoutKey(says: string, secret: string | undefined): string {
  const known = secret ? says.replaceAll(secret, '(the key)') : says
  return known.replace(/(?:AIza|AQ\.)[\w-]{10,}/g, '(the key)').replace(/(api_key:)[^\s'"]+/gi, '$1(the key)')
}

function readError(error: unknown, asked: FailureContext): Failure {
  const redirected = redirectedIn(error)
  if (redirected) return { kind: 'redirected', to: redirected.to }
  const status = statusOf(error)
  if (status !== undefined) {
    const body = bodyOf(error)
    return refusal(
      rowFor((sign) => 'http' in sign && answers(sign, status, body)),
      status,
      body,
      asked,
    )
  }
  const found = codeOf(error)
  const message = error instanceof Error ? error.message : String(error)
  if (found !== undefined) {
    const { code, call } = found
    const late = ALSO_LATER.test(code) && call !== undefined && !/^(?:connect|getaddrinfo)$/.test(call)
    if (NEVER_MADE.test(code) && !late) return { kind: 'no-network', code }
    return asked.signingIn ? { kind: 'sign-in', says: message } : { kind: 'cut-off', code }
  }
  const thrown = rowFor((sign) => 'thrown' in sign && sign.thrown.test(message))
  if (thrown) return refusal(thrown, 0, { message, status: '', details: [] }, asked)
  if (asked.signingIn) return { kind: 'sign-in', says: message }
  if (error instanceof SyntaxError || error instanceof z.ZodError) return { kind: 'strange-answer', says: '' }
  if (/fetch failed|terminated|socket|network/i.test(message)) return { kind: 'cut-off', code: message }
  return { kind: 'strange-answer', says: message }
}

type Refused = keyof typeof REFUSALS

/** The first row of the table with a matching sign. */
function rowFor(fits: (sign: Sign) => boolean): Refused | undefined {
  const rows: readonly (readonly [string, FailureRow])[] = Object.entries(REFUSALS)
  // The entries of REFUSALS have no other keys.
  return rows.find(([, { signs }]) => signs.some(fits))?.[0] as Refused | undefined
}

function answers(sign: HttpSign, status: number, body: ErrorBody): boolean {
  const { http, says, reason, quota } = sign
  const asked = http === 'any' || (http === '5xx' ? status >= 500 : http === status)
  return (
    asked &&
    (says === undefined || says.test(body.message)) &&
    (sign.status === undefined || sign.status === body.status) &&
    (reason === undefined || body.details.some((detail) => detail.reason === reason)) &&
    (quota === undefined || quotasOf(body).some((id) => quota.test(id)))
  )
}

/** The failure of this kind, with the details of this refusal. */
function refusal(
  kind: Refused = 'refused',
  status: number,
  body: ErrorBody,
  { model, now }: FailureContext,
): Failure {
  const says = body.message
  switch (kind) {
    case 'model-gone':
    case 'no-quota':
      return { kind, model }
    case 'daily-quota':
      return { kind, model, resets: nextPacificMidnight(now).toISOString() }
    case 'rate-limit':
      return { kind, seconds: waitOf(body) }
    case 'too-large':
      return { kind, bytes: null }
    case 'internal':
      return { kind, status }
    case 'refused':
      return { kind, status, says }
    case 'api-off':
    case 'permission':
    case 'sign-in':
    case 'place':
    case 'signature':
    case 'unsupported':
    case 'unknown-field':
    case 'bad-image':
    case 'bad-setting':
    case 'no-credit':
      return { kind, says }
    case 'no-key':
    case 'bad-key':
    case 'leaked-key':
    case 'no-credentials':
    case 'no-billing':
    case 'overloaded':
    case 'deadline':
    case 'gateway':
      return { kind }
  }
}

function statusOf(error: unknown): number | undefined {
  return z.looseObject({ name: z.literal('ApiError'), status: z.number() }).safeParse(error).data?.status
}

/** Reads the SDK's message, which is the whole body as JSON, sometimes after a few words of the SDK. */
function bodyOf(error: unknown): ErrorBody {
  const message = error instanceof Error ? error.message : ''
  try {
    const body = Body.parse(JSON.parse(message.slice(message.indexOf('{')))).error
    // The HTML page of a proxy is not a sentence to show.
    return /<(?:!doctype|html)/i.test(body.message) ? { ...body, message: '' } : body
  } catch {
    return { message, status: '', details: [] }
  }
}

const Violations = z.looseObject({ violations: z.array(z.looseObject({ quotaId: z.string().catch('') })) })

/** The quotas that a 429 names, such as `GenerateRequestsPerDayPerProjectPerModel`. */
function quotasOf(body: ErrorBody): readonly string[] {
  return body.details.flatMap((detail) => {
    const { data } = Violations.safeParse(detail)
    return data?.violations.map(({ quotaId }) => quotaId) ?? []
  })
}

/** Seconds that the server asks to wait, from RetryInfo, else from its message. */
function waitOf(body: ErrorBody): number | null {
  const info = body.details.find((detail) => String(detail['@type']).endsWith('RetryInfo'))
  const text =
    typeof info?.retryDelay === 'string' ? info.retryDelay : /retry in ([\d.]+)s/.exec(body.message)?.[1]
  const seconds = Number.parseFloat(text ?? '')
  return Number.isFinite(seconds) ? seconds : null
}

const Coded = z.looseObject({ code: z.string(), syscall: z.string().optional() })

/** The code and the failed system call of an error or of one of its causes. */
function codeOf(error: unknown): { readonly code: string; readonly call?: string | undefined } | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { data } = Coded.safeParse(at)
    if (data) return { code: data.code, call: data.syscall }
    if (at.message === 'bad port') return { code: at.message }
  }
  return undefined
}
