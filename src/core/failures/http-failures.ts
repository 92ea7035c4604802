import type { FailureRow } from './failure-row.ts'

const STUDIO = 'Turn billing on for its project in AI Studio, then send the line again.'
const CLOUD = 'Turn billing on for the project in the Google Cloud console, then send the line again.'

/**
 * What a server refuses, in the order in which an error body is compared with the rows. The bodies are from Google's
 * reference of errors and from reports of real ones; no status of 4xx is known to have been billed.
 */
export const REFUSALS = {
  'no-key': {
    signs: [
      { when: 'a line of a Gemini session while there is no key' },
      { http: 403, says: /unregistered callers/i },
    ],
    what: 'There is no API key for Gemini.',
    billed: 'no',
    again: 'no',
    next: '/key sets one; your line is kept.',
  },
  'bad-key': {
    signs: [
      { http: 400, reason: 'API_KEY_INVALID' },
      { http: 400, says: /api key (?:not valid|expired)/i },
      { http: 401 },
      { thrown: /invalid header value|ByteString/ },
    ],
    what: 'Google does not accept this API key.',
    billed: 'no',
    again: 'no',
    next: '/key sets another, and shows where to get one.',
    vertex: {
      what: 'Google Cloud does not accept these credentials; they may have expired.',
      next: 'Run "gcloud auth application-default login", then send the line again.',
    },
  },
  'leaked-key': {
    signs: [{ http: 403, says: /reported as leaked/i }],
    what: 'Google has blocked this API key, because it was found in public.',
    billed: 'no',
    again: 'no',
    next: 'Make a new one in AI Studio and set it with /key; check what the old one has cost.',
  },
  'api-off': {
    signs: [
      { http: 403, reason: 'SERVICE_DISABLED' },
      { http: 403, says: /has not been used in project|api is disabled/i },
    ],
    what: 'The Gemini API is not turned on for the project of this key{says}.',
    billed: 'no',
    again: 'no',
    next: 'Turn it on in the Google Cloud console, or set a key of AI Studio with /key.',
    vertex: {
      what: 'The Vertex AI API is not turned on for this project{says}.',
      next: 'Turn it on in the Google Cloud console, or name another project in GOOGLE_CLOUD_PROJECT.',
    },
  },
  permission: {
    signs: [{ http: 403 }],
    what: 'This key has no permission to do that{says}.',
    billed: 'no',
    again: 'no',
    next: 'Check in AI Studio that the key is not restricted to other APIs, or set another with /key.',
    vertex: {
      what: 'This account has no permission to do that in this project{says}.',
      next: 'It needs the role "Vertex AI User"; check GOOGLE_CLOUD_PROJECT too.',
    },
  },
  'no-credentials': {
    signs: [{ thrown: /could not load the default credentials/i }],
    what: 'There are no Google Cloud credentials on this machine.',
    billed: 'no',
    again: 'no',
    next: 'Run "gcloud auth application-default login", then send the line again.',
  },
  'sign-in': {
    signs: [{ when: 'a problem with the credentials of Vertex AI, before anything is sent' }],
    what: 'limn could not sign in to Google Cloud, and nothing was sent{says}.',
    billed: 'no',
    again: 'no',
    next: 'Run "gcloud auth application-default login", or check GOOGLE_APPLICATION_CREDENTIALS; then send the line again.',
  },
  place: {
    signs: [{ http: 400, status: 'FAILED_PRECONDITION' }],
    what: 'Google does not serve this project in your region, or its billing is off{says}.',
    billed: 'no',
    again: 'no',
    next: 'Turn billing on in AI Studio, or use a project in another region.',
    vertex: { next: `${CLOUD} GOOGLE_CLOUD_LOCATION=global reaches most models.` },
  },
  signature: {
    signs: [{ http: 400, says: /thought[_ ]signature/i }],
    what: 'The server does not accept its own earlier answers{says}.',
    billed: 'no',
    again: 'unasked',
    next: '/forget goes on from the current image alone; /model switches to another model.',
  },
  unsupported: {
    signs: [{ thrown: /parameter is (?:only|not) supported/i }],
    what: 'This engine has no such setting, and nothing was sent{says}.',
    billed: 'no',
    again: 'no',
    next: 'Set it back to its default with /set, then send the line again.',
  },
  'unknown-field': {
    signs: [{ http: 400, says: /unknown name|cannot find field/i }],
    what: 'The server does not know a part of this request{says}.',
    billed: 'no',
    again: 'no',
    next: 'If GOOGLE_GEMINI_BASE_URL names another server, it may speak an older version of the protocol.',
    vertex: { next: 'Try another /model or another GOOGLE_CLOUD_LOCATION.' },
  },
  'bad-image': {
    signs: [{ http: 400, says: /input image|provided image|unsupported mime type/i }],
    what: 'The server cannot read an image of this request{says}.',
    billed: 'no',
    again: 'no',
    next: 'Check /ref list, or go back with /undo.',
  },
  'too-large': {
    signs: [
      { http: 400, says: /payload size|too large/i },
      { http: 413 },
      { when: 'a request that would be over 100 MB' },
    ],
    what: 'The request {size}.',
    billed: 'no',
    again: 'no',
    next: 'Remove references (/ref list), or lower /set history.',
    vertex: {
      next: 'Vertex AI takes 7 MB an image: remove references (/ref list), or lower /set wireSize and history.',
    },
  },
  'bad-setting': {
    signs: [{ http: 400, says: /must be one of|aspect_?ratio|image_?size|thinking_?(?:level|budget)/i }],
    what: 'The model does not take one of the settings{says}.',
    billed: 'no',
    again: 'no',
    next: '/model shows what it takes; /set size 1K and /set aspect auto work with every model that has these settings.',
  },
  'model-gone': {
    signs: [{ http: 404 }, { thrown: /invalid model parameter/i }],
    what: 'The server has no model {model}.',
    billed: 'no',
    again: 'no',
    next: 'It may be retired: /model {successor} takes its place.',
    vertex: {
      what: 'Vertex AI has no model {model} in this location.',
      next: 'Set GOOGLE_CLOUD_LOCATION=global, or /model {successor}.',
    },
  },
  'no-billing': {
    signs: [{ http: 429, says: /free[_ ]tier[\s\S]*limit: 0\b/i }],
    what: 'This key has no paid plan, and no image model is in the free tier.',
    billed: 'no',
    again: 'no',
    next: STUDIO,
  },
  'no-quota': {
    signs: [{ http: 429, says: /limit: 0\b/i }],
    what: 'This project has no quota for {model}: its limit is 0.',
    billed: 'no',
    again: 'no',
    next: 'Switch to another model with /model, or ask for quota in AI Studio: a higher tier has more models.',
    vertex: { next: 'Switch to another model with /model, or ask for quota in the Google Cloud console.' },
  },
  'no-credit': {
    signs: [
      { http: 402 },
      { http: 429, says: /spend(?:ing)? cap|credits? (?:is|are) (?:depleted|used up)/i },
    ],
    what: 'This project has no credit left, or has reached its spending cap{says}.',
    billed: 'no',
    again: 'no',
    next: 'Raise the cap or add credit in AI Studio, then send the line again.',
    vertex: { next: 'Raise the budget in the Google Cloud console, then send the line again.' },
  },
  'daily-quota': {
    signs: [
      { http: 429, quota: /PerDay/ },
      { http: 429, says: /(?:requests|images|tokens) per day/i },
    ],
    what: "This project's quota for {model} is used up for today.",
    billed: 'no',
    again: 'no',
    next: 'It resets at midnight Pacific time, {resets}. /model switches to another model, which has a quota of its own.',
  },
  'rate-limit': {
    signs: [{ http: 429 }],
    what: 'Too many requests{wait}.',
    billed: 'no',
    again: 'unasked',
    next: 'Wait, then press Enter to send it again, or switch to another model with /model: each has a quota of its own.',
  },
  overloaded: {
    signs: [{ http: 503 }],
    what: 'The model is overloaded at the moment.',
    billed: 'no',
    again: 'unasked',
    next: '{tryAgain}, or switch to another model with /model.',
  },
  deadline: {
    signs: [{ http: 504 }],
    what: 'The server gave up on the model, which took too long (504).',
    billed: 'maybe',
    again: 'asked',
    next: '{tryAgain}; fewer references, a lower /set history or a smaller size make the request lighter.',
  },
  gateway: {
    signs: [{ http: 502 }],
    what: 'A server between limn and the model answered instead (502).',
    billed: 'maybe',
    again: 'asked',
    next: '{tryAgain}; if that does not help, check proxies and GOOGLE_GEMINI_BASE_URL.',
  },
  internal: {
    signs: [{ http: '5xx' }],
    what: 'The server had an internal error ({status}).',
    billed: 'maybe',
    again: 'asked',
    next: '{tryAgain}; if that does not help, try other words, a smaller /set size or another model.',
  },
  refused: {
    signs: [{ http: 'any' }],
    what: 'The server refused the request ({status}){says}.',
    billed: 'no',
    again: 'no',
    next: 'Change the line or the settings (/set) and send it again.',
  },
} as const satisfies Readonly<Record<string, FailureRow>>
