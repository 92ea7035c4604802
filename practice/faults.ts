/**
 * The faults of generateContent, and what a client sees of each. They affect the requests of a batch job as well, which
 * then fail alone.
 */
export const FAULTS = {
  '400-key': 'The key is refused: 400 INVALID_ARGUMENT with reason API_KEY_INVALID.',
  'expired-key': 'The key has expired: 400 INVALID_ARGUMENT with the same reason.',
  '401': 'The credentials are refused: 401 UNAUTHENTICATED.',
  'no-key': 'The request came without a key: 403 about unregistered callers.',
  '403': 'The key may not use this model: 403 PERMISSION_DENIED.',
  'leaked-key': 'Google has found the key in public: 403.',
  'api-off': 'The API is not enabled for the project: 403 with reason SERVICE_DISABLED.',
  location: 'Gemini is not served here: 400 FAILED_PRECONDITION.',
  'free-tier': 'The free tier is not served here: 400 FAILED_PRECONDITION that asks for billing.',
  '404': 'The model does not exist, for example after its retirement: 404 NOT_FOUND.',
  'too-large': 'The request is over 100 MB: 400 `Request payload size exceeds the limit`.',
  '413': 'A proxy on the way refuses a request of this size: 413 with a page of HTML.',
  'bad-image': 'An image cannot be read: 400 `Unable to process input image`.',
  'invalid-image': 'An image cannot be read, in a different wording: 400 `Provided image is not valid`.',
  '400-bare': 'The request is refused without a reason: 400 `Request contains an invalid argument`.',
  setting: 'The model does not accept the value of a setting: 400 `aspect_ratio must be one of`.',
  field: 'This API version does not know a field: 400 `Unknown name "imageConfig"`.',
  signature: 'A thought signature is missing: 400.',
  'text-signature': 'The thought signature of a text is missing: 400.',
  'bad-signature': 'A thought signature is not the original one: 400.',
  '429': 'Too many requests in this minute: 429 with RetryInfo of 1.2 s.',
  '429-long': 'The quota of the day is used up: 429 with RetryInfo of 3600 s.',
  '429-fraction': 'Too many requests, as recorded: 429 without metric or Help, RetryInfo of 34.4 s.',
  '429-bare': 'Too many requests: 429 without details.',
  'no-billing': 'The free tier, which has no image models: 429 with `limit: 0`.',
  'no-quota': 'The project may not make requests to this model: 429 with `limit: 0` of a paid tier.',
  'spend-cap': 'The monthly spending cap is reached: 429 without details.',
  'no-credit': 'The prepaid credit is used up: 429 without details.',
  '500': 'An internal error: 500 INTERNAL.',
  '503': 'The model is overloaded: 503 UNAVAILABLE.',
  '504': 'Google gave up waiting: 504 DEADLINE_EXCEEDED.',
  'html-502': 'A proxy answers in its own name: 502 with a page of HTML.',
  'html-200': 'A login page answers instead: 200 with HTML.',
  'empty-200': 'The answer is 200 and has no body.',
  reset: 'The connection is destroyed before the first byte of the answer.',
  cut: 'The connection is destroyed in the middle of the answer.',
  stall: 'Half of the answer comes, and then nothing more.',
  hang: 'No answer ever comes.',
  slow: 'The answer is normal and comes late: `slow:SECONDS[:count]`.',
  blocked: 'The prompt is blocked: promptFeedback PROHIBITED_CONTENT and no candidates.',
  'blocked-safety': 'The prompt is blocked: SAFETY.',
  'blocked-image': 'The prompt is blocked: IMAGE_SAFETY.',
  'blocked-word': 'The prompt is blocked: BLOCKLIST.',
  'blocked-armor': 'The prompt is blocked: MODEL_ARMOR, which only Vertex AI has.',
  'blocked-jailbreak': 'The prompt is blocked: JAILBREAK, which only Vertex AI has.',
  'blocked-other': 'The prompt is blocked: OTHER.',
  'blocked-unspecified': 'The prompt is blocked: BLOCKED_REASON_UNSPECIFIED.',
  'no-image': 'finishReason NO_IMAGE with empty content.',
  safety: 'finishReason IMAGE_SAFETY with a finishMessage; content without parts.',
  'refusal-usage': 'finishReason IMAGE_SAFETY, and candidatesTokenCount repeats the thoughts, as observed.',
  recitation: 'finishReason IMAGE_RECITATION with a finishMessage; content without parts.',
  prohibited: 'finishReason IMAGE_PROHIBITED_CONTENT with a finishMessage; no content.',
  'image-other': 'finishReason IMAGE_OTHER with a finishMessage; content without parts.',
  'finish-safety': 'finishReason SAFETY, no content.',
  'finish-prohibited': 'finishReason PROHIBITED_CONTENT, no content.',
  'finish-word': 'finishReason BLOCKLIST, no content.',
  'finish-spii': 'finishReason SPII, no content.',
  'finish-recitation': 'finishReason RECITATION, no content.',
  'finish-language': 'finishReason LANGUAGE, no content.',
  'finish-malformed': 'finishReason MALFORMED_RESPONSE, no content.',
  'finish-malformed-call': 'finishReason MALFORMED_FUNCTION_CALL with a finishMessage, no content.',
  'finish-unexpected-call': 'finishReason UNEXPECTED_TOOL_CALL, no content.',
  'finish-endless-calls': 'finishReason TOO_MANY_TOOL_CALLS, no content.',
  'finish-other': 'finishReason OTHER, no content.',
  'finish-unspecified': 'finishReason FINISH_REASON_UNSPECIFIED, no content.',
  'finish-continuation': 'finishReason CONTINUATION after some words, and no image.',
  'max-tokens': 'finishReason MAX_TOKENS after some words, and no image.',
  'unknown-finish': 'finishReason SOMETHING_NEW, which no client knows, and no image.',
  'text-only': 'Words, finishReason STOP, and no image.',
  empty: 'finishReason STOP with `content: {}`.',
  'no-content': 'finishReason STOP and no content at all.',
  'no-candidates': 'The answer has usage and nothing else.',
  'null-parts': 'The content has `parts: null`.',
  'thought-only': 'Thought words and a thought image, finishReason STOP, and nothing else.',
  several: 'Three images that are not thoughts, with words before each.',
  drafts: 'Three images that are not thoughts: the first part is an image, and there are words between them.',
  thoughts: 'Thought words and two thought images come before the answer, although they were not asked for.',
  'image-first': 'The image comes before the words.',
  'image-alone': 'The image comes without words.',
  'finish-with-image': 'finishReason IMAGE_OTHER, but with the image.',
  'no-finish': 'A normal answer without finishReason.',
  'no-role': 'A normal answer whose content has no role.',
  unsigned: 'A normal answer without thought signatures.',
  mislabelled: 'The image is labelled image/png, whatever it is.',
  'bad-base64': 'The data of the image is not base64.',
  'not-image': 'The data of the image is text, labelled image/png.',
  drift: 'The whole image is a little softer, warmer and 1 % closer, as after many edits with real models.',
  deaf: 'Ratio and size are ignored, as behind some gateways: the image has the default ones.',
  'no-usage': 'A normal answer without usageMetadata.',
  'odd-usage': 'totalTokenCount is higher than its parts by 630.',
} as const satisfies Record<string, string>

/** All faults, by the call that they affect. */
export const FAULTS_OF = {
  generate: FAULTS,
  /** A streamed answer. */
  stream: {
    'stream-error': 'The first event is followed by an error: 503 UNAVAILABLE inside a stream of 200.',
    'stream-usage': 'The last event is followed by one more, with usage and no candidates.',
  },
  /** The first request of an upload, which starts it. */
  start: {
    'upload-503': 'The upload is refused before it starts: 503 UNAVAILABLE.',
    'storage-full': 'The 20 GB of the project are full: 429 with metric file_storage_bytes and no RetryInfo.',
  },
  /** The second request, with the bytes. */
  bytes: {
    'upload-cut': 'The connection is destroyed while the bytes come.',
  },
  /** A file that is looked up, or used by a request. */
  file: {
    'file-processing': 'The file is in state PROCESSING; using it gets 400 FAILED_PRECONDITION.',
    'file-failed': 'The file is in state FAILED and cannot be used.',
    'file-gone': 'The file has expired or never existed: 403 PERMISSION_DENIED.',
  },
  /** The creation of a batch job. */
  batch: {
    'batch-429': 'No more jobs are accepted for now: 429 RESOURCE_EXHAUSTED without details.',
    'batch-failed': 'The job is accepted and then fails as a whole: BATCH_STATE_FAILED with an error.',
    'batch-expired': 'The job is not finished in time: BATCH_STATE_EXPIRED.',
    'batch-no-keys': 'The results come without the metadata of their requests, as observed.',
  },
  /** A request for the state of a batch job. */
  look: {
    'batch-pending': 'The job has not started: BATCH_STATE_PENDING.',
    'batch-running': 'The job is running: BATCH_STATE_RUNNING, without results.',
    'batch-503': 'The job cannot be shown, as observed with large results: 503 UNAVAILABLE.',
  },
} as const satisfies Record<string, Record<string, string>>

export type Call = keyof typeof FAULTS_OF
export type FaultOf<C extends Call> = C extends Call ? keyof (typeof FAULTS_OF)[C] & string : never
export type FaultName = FaultOf<'generate'>
export type Fault<N = FaultOf<Call>> = { name: N; count: number; seconds: number }

const CALL_OF = new Map(
  Object.entries(FAULTS_OF).flatMap(([call, faults]) => Object.keys(faults).map((name) => [name, call])),
)

/** Parses a list such as `503:2,reset,slow:5`. Throws an Error with a sentence for the user if it is not valid. */
export function parseFaults(list: string | undefined): Fault[] {
  return (list ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(parseFault)
}

function parseFault(entry: string): Fault {
  const [name = '', ...rest] = entry.split(':')
  if (!isFaultName(name)) throw new Error(unknownFault(name))
  const seconds = name === 'slow' ? Number(rest.shift() ?? Number.NaN) : 0
  if (!Number.isFinite(seconds) || seconds < 0) {
    throw new Error(`"${entry}" does not say how slow: write slow:SECONDS, as in slow:5.`)
  }
  const count = rest.length > 0 ? Number(rest.shift()) : 1
  if (!Number.isInteger(count) || count < 1 || rest.length > 0) {
    throw new Error(`"${entry}" is not a fault with a count: write ${name}:2 for two calls in a row.`)
  }
  return { name, count, seconds }
}

function isFaultName(name: string): name is FaultOf<Call> {
  return CALL_OF.has(name)
}

function unknownFault(name: string): string {
  const names = [...CALL_OF.keys()]
  const nearest = names.map((each) => ({ each, far: distance(name, each) })).sort((a, b) => a.far - b.far)[0]
  const hint = nearest && nearest.far <= 3 ? ` Did you mean "${nearest.each}"?` : ''
  return `The practice engine knows no fault "${name}".${hint} docs/practice.md lists them all.`
}

/** The Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) {
      next.push(
        Math.min((row[j] ?? 0) + (letter === b[j] ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1),
      )
    }
    row = next
  }
  return row[b.length] ?? 0
}

export type NextFault = <C extends Call>(call: C) => Fault<FaultOf<C>> | undefined

/** Gives each call the next fault that affects it, until they are used up. */
export function faultQueue(faults: readonly Fault[]): NextFault {
  const left = faults.map((fault) => ({ fault, times: fault.count }))
  return <C extends Call>(call: C) => {
    const next = left.find(({ fault, times }) => times > 0 && isOf(call, fault))
    if (!next) return undefined
    next.times--
    // isOf has checked the name.
    return next.fault as Fault<FaultOf<C>>
  }
}

const isOf = (call: Call, { name }: Fault) => CALL_OF.get(name) === call
