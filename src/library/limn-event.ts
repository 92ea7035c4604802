/** The version of these events. It changes only if a field changes its meaning or goes away. */
export const SCHEMA = 1

/** An outcome in one word, with the same meanings as the exit codes. */
export type ResultSubtype =
  | 'success'
  | 'failed'
  | 'usage'
  | 'refused'
  | 'unpaid'
  | 'denied'
  | 'unavailable'
  | 'interrupted'
  | 'terminated'

/** The row of the file that an event is of, in `limn run`. */
type OfRow = { readonly line?: number }

/** What happens while a line runs, as data: a row of `--json`, or a value from `send`. */
export type LimnEvent =
  | {
      readonly type: 'session'
      readonly schema: typeof SCHEMA
      readonly limn: string
      readonly session_id: string | null
      readonly folder: string | null
      readonly engine: string
      readonly practice: boolean
      readonly versions: readonly number[]
      readonly current: number | null
    }
  | (OfRow & { readonly type: 'line'; readonly from: string; readonly text: string })
  | (OfRow & {
      readonly type: 'turn'
      readonly turn: string
      readonly text: string
      readonly model: string
      readonly aspect: string
      readonly size: string
    })
  | (OfRow & { readonly type: 'progress'; readonly turn: string; readonly text: string })
  | (OfRow & {
      readonly type: 'answer'
      readonly turn: string
      readonly text: string
      readonly thoughts: string
      readonly versions: readonly number[]
      readonly cost_usd: number | null
      readonly duration_ms: number
    })
  | (OfRow & {
      readonly type: 'sources'
      readonly queries: readonly string[]
      readonly image_queries: readonly string[]
      readonly sources: readonly {
        readonly kind: 'web' | 'image'
        readonly uri: string
        readonly title: string
      }[]
      readonly suggestions: readonly { readonly text: string; readonly uri: string }[]
    })
  | (OfRow & {
      readonly type: 'image'
      readonly version: number
      readonly origin: 'generated' | 'imported' | 'derived'
      readonly turn: string | null
      readonly path: string
      readonly mime: string
      readonly width: number
      readonly height: number
    })
  | (OfRow & { readonly type: 'saved'; readonly path: string })
  | (OfRow & {
      readonly type: 'message'
      readonly text: string
      readonly tone: 'plain' | 'good' | 'warning'
    })
  | (OfRow & { readonly type: 'list'; readonly rows: readonly (readonly string[])[] })
  | (OfRow & {
      readonly type: 'problem'
      readonly kind: 'not_sent' | 'refused' | 'failed'
      readonly reason: string
      readonly text: string
      readonly turn: string | null
      readonly may_have_been_billed: boolean
      readonly exit_code: number
    })
  | (OfRow & {
      readonly type: 'line_result'
      readonly subtype: ResultSubtype
      readonly is_error: boolean
      readonly versions: readonly number[]
      readonly cost_usd: number
      readonly exit_code: number
    })
  | {
      readonly type: 'result'
      readonly subtype: ResultSubtype
      readonly is_error: boolean
      readonly session_id: string | null
      readonly versions: readonly number[]
      readonly total_cost_usd: number
      readonly may_have_been_billed: number
      readonly duration_ms: number
      readonly exit_code: number
    }

type EventPages = {
  readonly [Type in LimnEvent['type']]: {
    readonly when: string
    readonly has: {
      readonly [Field in Exclude<keyof Extract<LimnEvent, { type: Type }>, 'type' | 'line'>]: string
    }
  }
}

/** The table of events in docs/scripts.md. An event or a field that is missing here does not compile. */
export const EVENT_PAGES: EventPages = {
  session: {
    when: 'first, once: the open session',
    has: {
      schema: '1; it changes only if a field changes its meaning or goes away',
      limn: 'the version of limn',
      session_id: 'null for a new session, until something happens in it',
      folder: 'the full path of its folder, or null',
      engine: '`gemini`, `vertex`, `server:HOST`, `practice` or `none`',
      practice: 'true if no image is made by an AI',
      versions: 'the numbers of its images',
      current: 'the version that the next line edits, or null',
    },
  },
  line: {
    when: 'a line starts',
    has: { from: 'the version that it edits, as the prompt shows it', text: 'the line' },
  },
  turn: {
    when: 'a prompt is recorded and is about to be sent',
    has: {
      turn: 'its id',
      text: 'the words of the prompt',
      model: 'the id of the model',
      aspect: 'the requested aspect ratio',
      size: 'the requested size',
    },
  },
  progress: {
    when: 'a turn waits, such as for a rate limit',
    has: { turn: 'the id of the turn', text: 'what it waits for, and how long' },
  },
  answer: {
    when: 'the model has answered',
    has: {
      turn: 'the id of the turn',
      text: 'the words of the answer, which may be empty',
      thoughts: 'the thoughts of the model, if requested',
      versions: 'the numbers of its images',
      cost_usd: 'dollars, or null if the cost is not known',
      duration_ms: 'how long it took',
    },
  },
  sources: {
    when: 'the model searched with Google',
    has: {
      queries: 'the searches',
      image_queries: 'the searches for images',
      sources:
        'what was found, each with `kind`, `uri` and `title`; an image must be shown with a link to its page',
      suggestions: "searches that Google's terms require to be shown as links, each with `text` and `uri`",
    },
  },
  image: {
    when: 'an image is now in the session',
    has: {
      version: 'its number',
      origin: '`generated` by the model, `imported` from a file, or `derived` by limn from other images',
      turn: 'the turn that it belongs to, or null',
      path: 'the full path of its file',
      mime: 'such as `image/png`',
      width: 'in pixels',
      height: 'in pixels',
    },
  },
  saved: { when: '`/save`, `--out` or `-o` has written a file', has: { path: 'its full path' } },
  message: {
    when: 'limn says something',
    has: { text: 'what it says', tone: '`plain`, `good` or `warning`' },
  },
  list: { when: 'limn lists something', has: { rows: 'a list of rows, each a list of cells' } },
  problem: {
    when: 'all or a part of a line was not done; one for each reason, at the end of the line',
    has: {
      kind: '`not_sent`: nothing was billed; `refused` by a safety filter; `failed`',
      reason:
        'in one word: if it was not sent, `declined`, `price`, `budget`, `no-key`, `usage`, `read-only` or `stopped`; the name of a failure as in [failures.md](failures.md); the name of a filter; or `problem` if a command could not do it',
      text: 'the reason in sentences, with what to do next',
      turn: 'the id of its turn, or null',
      may_have_been_billed: 'true if the server may have made an image that never arrived',
      exit_code: 'the exit code for this problem alone',
    },
  },
  line_result: {
    when: 'a line has ended',
    has: {
      subtype: 'as in `result`, for this line',
      is_error: 'true if `exit_code` is not 0',
      versions: 'the numbers of all images that it made',
      cost_usd: 'the known cost, in dollars',
      exit_code: 'the exit code for this line',
    },
  },
  result: {
    when: 'last, once',
    has: {
      subtype:
        '`success`, `failed`, `usage`, `refused`, `unpaid`, `denied`, `unavailable`, `interrupted`, `terminated`: the exit code in a word',
      is_error: 'true if `exit_code` is not 0',
      session_id: 'null if nothing happened',
      versions: 'the numbers of all images that were made',
      total_cost_usd: 'the known cost, in dollars',
      may_have_been_billed: 'the number of further calls that may have been billed',
      duration_ms: 'how long everything took',
      exit_code: 'the exit status of limn',
    },
  },
}
