import type { AnswerQuestion } from '../core/question-type.ts'

/** Gemini with a key, the practice engine (no AI, free), Vertex AI, or a server that speaks Gemini's protocol. */
export type EngineChoice =
  | 'gemini'
  | 'practice'
  | {
      readonly vertex: {
        readonly project: string
        /** `global` when it is left out. */
        readonly location?: string
        /** A server in the place of Vertex AI's own. */
        readonly url?: string
      }
    }
  | { readonly url: string }

/** Options for `openSession`; each may be left out. */
export type SessionOptions = {
  /**
   * limn's folder, with its sessions, settings, ledger and key; the folder that the `limn` command uses if left out.
   */
  readonly home?: string | undefined
  /** The folder that relative paths start from; the working folder of the process if left out. */
  readonly folder?: string | undefined
  /**
   * The session to continue, by its id or by words in it; `true` continues the newest of this folder. A new one if left
   * out.
   */
  readonly resume?: string | true | undefined
  /** Gemini if left out, unless `env` selects another engine. */
  readonly engine?: EngineChoice | undefined
  /** The API key for Gemini; the one saved in `home` if left out. */
  readonly apiKey?: string | undefined
  /** The most that all calls of this session object may cost, in dollars. A call that would exceed it is not sent. */
  readonly maxUsd?: number | undefined
  /** When aborted, cuts the calls in flight and closes the session. */
  readonly signal?: AbortSignal | undefined
  /** The model to use from now on: its id, or a name such as `pro`. */
  readonly model?: string | undefined
  /**
   * Answers limn's questions, such as whether to pay a price above `askAbove`. Without it, nothing that needs a yes is
   * sent.
   */
  readonly ask?: AnswerQuestion | undefined
  /** The environment variables that limn may read, such as `process.env`. None if left out. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
}
