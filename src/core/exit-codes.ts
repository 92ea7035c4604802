import type { Failure } from './failures/failure.ts'
import type { Nothing } from './failures/missing-image.ts'
import type { LineOutcome } from './line/line-outcome.ts'
import type { NotSent, PartOutcome, TaskProblem, WhyFailed } from './line/part-outcome.ts'

/** The exit status of limn, the same for `-p`, `run`, `batch` and everything else. `docs/scripts.md` has this table. */
export const EXIT = {
  done: { code: 0, means: 'everything was done' },
  failed: { code: 1, means: 'something failed, or an answer came without an image' },
  usage: { code: 2, means: 'wrong usage: an option, a line or a command that cannot be understood' },
  refused: { code: 3, means: 'a safety filter refused it, and nothing else went wrong' },
  unpaid: { code: 4, means: 'not sent, because of its price or a budget' },
  denied: { code: 5, means: 'no key, or a key without permission' },
  unavailable: { code: 6, means: 'the network or the service is not available; it may work later' },
  notYet: { code: 7, means: 'nothing is wrong, but some of a batch is not there yet' },
  interrupted: { code: 130, means: 'stopped by Ctrl-C' },
  terminated: { code: 143, means: 'stopped by the system' },
} as const satisfies Record<string, { readonly code: number; readonly means: string }>

type ExitName = keyof typeof EXIT

/** The outcome of a line, of one of its images, or of a task that is not a line; undefined when it succeeded. */
type Ended = LineOutcome | PartOutcome | TaskProblem | undefined

/**
 * The exit code for outcomes, in order. Where several things went wrong, the first one counts; a refusal counts only
 * where everything that went wrong was refused.
 */
export function exitCodeOf(outcomes: readonly Ended[]): number {
  const endings = outcomes.flatMap(endingsOf)
  const other = endings.find((one) => one !== 'done' && one !== 'refused')
  return EXIT[other ?? (endings.includes('refused') ? 'refused' : 'done')].code
}

function endingsOf(ended: Ended): readonly ExitName[] {
  if (!ended || ended.kind === 'done') return ['done']
  const parts = ('parts' in ended && ended.parts) || []
  const bad = parts.map(endingOf).filter((ending) => ending !== 'done')
  // The line may have failed outside its parts, such as by a flag that cannot be read, or an image that cannot be saved.
  return bad.length === 0 ? [endingOf(ended)] : bad
}

function endingOf(one: PartOutcome | TaskProblem): ExitName {
  switch (one.kind) {
    case 'done':
      return 'done'
    case 'not-sent':
      return NOT_SENT[one.why.reason]
    case 'failed':
      return failed(one.why)
  }
}

function failed(why: WhyFailed): ExitName {
  switch (why.kind) {
    case 'failure':
      return FAILURES[why.failure.kind]
    case 'no-image':
      return why.nothing === null ? 'failed' : NO_IMAGE[why.nothing.kind]
    case 'problem':
      return 'failed'
  }
}

const NOT_SENT: Readonly<Record<NotSent['reason'], ExitName>> = {
  declined: 'failed',
  price: 'unpaid',
  budget: 'unpaid',
  'no-key': 'denied',
  usage: 'usage',
  'read-only': 'failed',
  stopped: 'failed',
  dropped: 'failed',
  'left-waiting': 'failed',
}

const NO_IMAGE: Readonly<Record<Nothing['kind'], ExitName>> = {
  'words-only': 'failed',
  'no-image': 'failed',
  'blocked-prompt': 'refused',
  safety: 'refused',
  prohibited: 'refused',
  recitation: 'refused',
  'too-long': 'failed',
  language: 'failed',
  empty: 'failed',
  'broken-image': 'failed',
  other: 'failed',
}

const FAILURES: Readonly<Record<Failure['kind'], ExitName>> = {
  'no-key': 'denied',
  'bad-key': 'denied',
  'leaked-key': 'denied',
  'api-off': 'denied',
  permission: 'denied',
  'no-credentials': 'denied',
  'sign-in': 'denied',
  place: 'denied',
  'no-billing': 'denied',
  'no-quota': 'denied',
  'no-credit': 'denied',
  signature: 'failed',
  unsupported: 'failed',
  'unknown-field': 'failed',
  'bad-image': 'failed',
  'too-large': 'failed',
  'bad-setting': 'failed',
  'model-gone': 'failed',
  refused: 'failed',
  redirected: 'failed',
  'daily-quota': 'unavailable',
  'rate-limit': 'unavailable',
  overloaded: 'unavailable',
  deadline: 'unavailable',
  gateway: 'unavailable',
  internal: 'unavailable',
  'no-network': 'unavailable',
  'timed-out': 'unavailable',
  'cut-off': 'unavailable',
  'strange-answer': 'failed',
  aborted: 'failed',
  'no-answer': 'failed',
  'over-budget': 'unpaid',
  unreadable: 'failed',
  disk: 'failed',
}
