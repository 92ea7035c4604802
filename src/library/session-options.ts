import type { AnswerQuestion } from '../core/question-type.ts'

/** What answers: Google's Gemini with a key, Vertex AI, the practice engine (no AI, free), or a server of the protocol. */
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

/** What a session is opened with; every part may be left out. */
export type SessionOptions = {
  /** limn's folder: its sessions, settings, ledger and key. The one of limn's commands when it is left out. */
  readonly home?: string | undefined
  /** The folder that paths start from; that of the process when it is left out. */
  readonly folder?: string | undefined
  /** A session to go on with: its id, or words of it. `true` is the newest of this folder. A new one otherwise. */
  readonly resume?: string | true | undefined
  /** Gemini when it is left out, unless `env` names another one. */
  readonly engine?: EngineChoice | undefined
  /** The key for Gemini; that of the file in `home` when it is left out. */
  readonly apiKey?: string | undefined
  /** The most that all calls of this opening may cost, in dollars. What would pass it is not sent. */
  readonly maxUsd?: number | undefined
  /** Stops what is out when it is aborted, and closes the session. */
  readonly signal?: AbortSignal | undefined
  /** The model from here on, by its id or a name such as `pro`. */
  readonly model?: string | undefined
  /** Answers questions, such as for a price above `askAbove`. Without it each has its default answer, which sends nothing. */
  readonly ask?: AnswerQuestion | undefined
  /** Variables that limn reads, such as `process.env`. It reads no others. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
}
