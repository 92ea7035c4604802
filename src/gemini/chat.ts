import type { Ending, JobRow } from '../core/batch/job.ts'
import type { Failure } from '../core/failures/failure.ts'
import type { Plan, PlanImage } from '../core/request/plan.ts'
import type { Reply } from '../core/request/reply.ts'
import type { SignatureRef } from '../core/session/stored-answer.ts'
import type { Clock } from '../host/clock.ts'
import type { Engine } from './engine.ts'

/**
 * All that the rest of limn knows of a service that makes images: a plan goes in, a reply or a failure comes out.
 * Nothing here belongs to one protocol. A chat remembers nothing of the conversation, since the plan has all of it; a
 * service that keeps the conversation itself would be told in a `SendRequest` where to go on, and would tell in its
 * reply.
 */
export type Chat = {
  readonly engine: Engine
  /** What the first call needs, to be loaded before it comes. None of them holds up the event loop for over 30 ms. */
  readonly warmUp: readonly (() => unknown)[]
  /** One call. */
  send(request: SendRequest, signal: AbortSignal): Promise<SendResult>
  /** The settings that go along with a plan, as the protocol names them, for a person to read. Nothing is sent. */
  settingsOf(plan: Plan): readonly (readonly [name: string, value: string])[]
  /** The ids of the models that the key reaches: free, and so the test of a key. Gives up after so many seconds. */
  models(
    signal?: AbortSignal,
    seconds?: number,
  ): Promise<
    { readonly ok: true; readonly ids: readonly string[] } | { readonly ok: false; readonly failure: Failure }
  >
  /** Undefined where the engine keeps no files. */
  readonly files: FileApi | undefined
  /** Undefined where the engine takes no batches. */
  readonly batches: BatchApi | undefined
}

export type SendRequest = {
  readonly plan: Plan
  readonly sources: Sources
  /** Seconds until an answer is given up. */
  readonly timeout: number
  /** Images of the plan that go by the name of a file at the server, by the name that they have in the plan. */
  readonly uploaded?: ReadonlyMap<string, RemoteFile>
}

/** What stands behind the names in a plan. */
export type Sources = {
  /** An image as it is to be sent. Throws when it cannot be read. */
  image(part: PlanImage): Promise<{ readonly bytes: Uint8Array; readonly mime: string }>
  /** Undefined when it is gone. */
  signature(ref: SignatureRef): Promise<string | undefined>
}

export type SendResult =
  | { readonly ok: true; readonly reply: Reply }
  | {
      readonly ok: false
      readonly failure: Failure
      /** The server refused a file that the request names, and drew nothing. */
      readonly filesRefused?: true
    }

/** What came of any other call. */
export type Called<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure }

/** A file at the server, which a request names. */
export type RemoteFile = { readonly uri: string; readonly mime: string }

export type UploadedFile = RemoteFile & {
  /** As the server calls it, `files/abc`. */
  readonly name: string
  /** When the server drops it, as an ISO time, where it says so. */
  readonly expires?: string
}

export type FileApi = {
  /** Whose files these are, as a hash with this salt: it does not tell the key. */
  owner(salt: string): string
  /** Puts bytes where requests can name them, and waits until they can. */
  upload(file: NewRemoteFile, options: UploadOptions): Promise<UploadResult>
}

export type NewRemoteFile = {
  readonly bytes: Uint8Array
  readonly mime: string
  /** For a person who looks at the files of the key. */
  readonly name: string
}

export type UploadOptions = {
  readonly clock: Pick<Clock, 'sleep'>
  readonly signal: AbortSignal
  /** Seconds that all of it may take. */
  readonly seconds: number
  /** Times that a file is looked at until it is ready, a second apart. */
  readonly looks: number
}

export type UploadResult =
  | { readonly ok: true; readonly value: UploadedFile }
  | {
      readonly ok: false
      readonly failure: Failure
      /** The same for the middle of a sentence. */
      readonly why: string
    }

/** Jobs of many requests, each done when the server has time for it. */
export type BatchApi = {
  /** A row as a line of the file of requests; `uploaded` gives the file at the server for one of the row's images. */
  requestLine(row: JobRow, uploaded: (file: string) => RemoteFile): string
  /** Sends a job whose requests are in a file of the server's. Gives the name of the job. */
  create(job: NewBatch, signal: AbortSignal): Promise<Called<string>>
  /** The names of the jobs with these labels, by label, among all that the server has. */
  find(labels: ReadonlySet<string>, signal: AbortSignal): Promise<Called<ReadonlyMap<string, string>>>
  /** What has become of a job; one that the server does not know is lost. */
  look(name: string, signal: AbortSignal): Promise<Called<BatchState>>
  cancel(name: string, signal: AbortSignal): Promise<Called<void>>
  /**
   * The results of a job, one at a time: a file of them may have half a gigabyte, and no more than one row of it is
   * held. Returns why it could not be read to its end.
   */
  results(
    job: { readonly file: string; readonly model: string },
    signal: AbortSignal,
  ): AsyncGenerator<BatchResult, Failure | undefined>
}

export type NewBatch = {
  readonly model: string
  /** The file of requests, as the server calls it. */
  readonly fileName: string
  readonly label: string
}

export type BatchState =
  | { readonly kind: 'running'; readonly done: number }
  | { readonly kind: 'ended'; readonly how: Ending; readonly results: string | null; readonly says: string }

/** What has become of one row. */
export type BatchResult = {
  /** Undefined where the server has left it out; results are in the order of their requests. */
  readonly key: string | undefined
  readonly answer:
    | { readonly ok: true; readonly reply: Reply }
    | { readonly ok: false; readonly failure: Failure }
}
