/** The number that a reader of these events may rely on: another one means other fields. */
export const SCHEMA = 1

/** What became of something, in one word; the same meanings as the exit codes. */
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

/** What happens while a line is run, as data: one row of `--json`, or one value of a library's stream. */
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
      readonly origin: 'drawn' | 'brought' | 'made'
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

/** What docs/scripts.md says of each event and its fields: one that is not here does not compile. */
export const EVENT_PAGES: EventPages = {
  session: {
    when: 'first, once: the session that is open',
    has: {
      schema: '1; another number means other fields',
      limn: 'the version of limn',
      session_id: 'null for a new session, which has a name once something has happened in it',
      folder: 'where its files are, or null',
      engine: 'what answers: `gemini`, `vertex`, `server:HOST`, `practice`, `none`',
      practice: 'true where nothing that comes is from an AI',
      versions: 'the numbers of the images that are there',
      current: 'the one that the next line edits, or null',
    },
  },
  line: {
    when: 'a line is taken',
    has: { from: 'what it goes on from, as the prompt shows it', text: 'the line' },
  },
  turn: {
    when: 'a prompt is recorded, and goes out',
    has: {
      turn: 'its id',
      text: "the prompt's words",
      model: 'the id of the model',
      aspect: 'the ratio that is asked for',
      size: 'the size that is asked for',
    },
  },
  progress: {
    when: 'a turn waits, such as for a rate limit',
    has: { turn: 'which', text: 'for what, and how long' },
  },
  answer: {
    when: 'the model has answered',
    has: {
      turn: 'which turn',
      text: 'its words; may be empty',
      thoughts: 'what it thought, where that was asked for',
      versions: 'its images',
      cost_usd: 'dollars, or null where nobody knows',
      duration_ms: 'how long it took',
    },
  },
  sources: {
    when: 'the model has searched with Google before it drew',
    has: {
      queries: 'what it searched for',
      image_queries: 'the images that it searched for',
      sources:
        'what it found, each with `kind`, `uri` and `title`; an image has to be shown with a link to its page',
      suggestions: "searches that Google's terms want shown as links, each with `text` and `uri`",
    },
  },
  image: {
    when: 'an image is in the session, under this number',
    has: {
      version: 'its number',
      origin: '`drawn` by the model, `brought` in as a file, or `made` here from others',
      turn: 'the turn that it belongs to, or null',
      path: 'the file, as a whole path',
      mime: 'such as `image/png`',
      width: 'in pixels',
      height: 'in pixels',
    },
  },
  saved: { when: "a file of the user's own is written", has: { path: 'as a whole path' } },
  message: {
    when: 'limn says something',
    has: { text: 'what', tone: '`plain`, `good` or `warning`' },
  },
  list: { when: 'limn lists something', has: { rows: 'rows of cells' } },
  problem: {
    when: 'something of the line was not done; one for each reason, when the line has ended',
    has: {
      kind: '`not_sent`: nothing was billed; `refused` by a safety filter; `failed`',
      reason:
        'one word: of what was not sent `declined`, `price`, `budget`, `no-key`, `usage`, `read-only` or `stopped`; of what has failed its name in [failures.md](failures.md); `problem` for what a command could not do',
      text: 'the same as sentences, with what to do next',
      turn: 'the turn that it is about, or null',
      may_have_been_billed: 'true where the server may have made an image that never came',
      exit_code: 'of this alone',
    },
  },
  line_result: {
    when: 'a line has come to its end',
    has: {
      subtype: '`success`, or the first failure in a word',
      is_error: 'true where `exit_code` is not 0',
      versions: 'all images that it has made',
      cost_usd: 'what is known of its cost, in dollars',
      exit_code: 'of this line',
    },
  },
  result: {
    when: 'last, once',
    has: {
      subtype:
        '`success`, `failed`, `usage`, `refused`, `unpaid`, `denied`, `unavailable`, `interrupted`, `terminated`: the exit code in a word',
      is_error: 'true where `exit_code` is not 0',
      session_id: 'null where nothing has happened',
      versions: 'all images that were made',
      total_cost_usd: 'what is known of the cost, in dollars',
      may_have_been_billed: 'calls that may have been billed beside it',
      duration_ms: 'how long all of it took',
      exit_code: 'the status with which limn ends',
    },
  },
}
