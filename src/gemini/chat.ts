import type { Ending, JobRow } from '../core/batch/job.ts'
import type { Failure } from '../core/failures/failure.ts'
import type { Plan, PlanImage } from '../core/request/plan.ts'
import type { Reply } from '../core/request/reply.ts'
import type { SignatureRef } from '../core/session/stored-answer.ts'
import type { Clock } from '../host/clock.ts'
import type { Engine } from './engine.ts'

/**
 * All that the rest of limn knows about a service that makes images: a plan goes in, a reply or a failure comes out.
 * Nothing here belongs to one protocol. A chat remembers nothing of the conversation, since the plan has all of it. For
 * a service that keeps the conversation itself, `SendRequest` and `Reply` would need the place to continue from.
 */
export type Chat = {
  readonly engine: Engine
  /** Load what the first call needs, before it comes. None of them blocks the event loop for more than 30 ms. */
  readonly warmUp: readonly (() => unknown)[]
  /** Makes one call. */
  send(request: SendRequest, signal: AbortSignal): Promise<SendResult>
  /** The settings that are sent with a plan, under the protocol's names, for a person to read. Sends nothing. */
  settingsOf(plan: Plan): readonly (readonly [name: string, value: string])[]
  /** The ids of the models that the key can use. The call is free, so it tests a key. Fails after `seconds`. */
  models(
    signal?: AbortSignal,
    seconds?: number,
  ): Promise<
    { readonly ok: true; readonly ids: readonly string[] } | { readonly ok: false; readonly failure: Failure }
  >
  /** Undefined when the engine stores no files. */
  readonly files: FileApi | undefined
  /** Undefined when the engine takes no batches. */
  readonly batches: BatchApi | undefined
}

export type SendRequest = {
  readonly plan: Plan
  readonly sources: Sources
  /** Seconds to wait for an answer. */
  readonly timeout: number
  /** The server's files for images of the plan, by their name in the plan. The request names them instead of the bytes. */
  readonly uploaded?: ReadonlyMap<string, RemoteFile>
}

/** Gives the bytes for the names in a plan. */
export type Sources = {
  /** An image as it is to be sent. Throws when it cannot be read. */
  image(part: PlanImage): Promise<{ readonly bytes: Uint8Array; readonly mime: string }>
  /** Undefined when its file is missing. */
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

/** The result of any other call. */
export type Called<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure }

/** A file at the server that a request can name. */
export type RemoteFile = { readonly uri: string; readonly mime: string }

export type UploadedFile = RemoteFile & {
  /** The server's name for it, such as `files/abc`. */
  readonly name: string
  /** When the server deletes it, as an ISO time, if it says so. */
  readonly expires?: string
}

export type FileApi = {
  /** A hash of the files' owner with this salt, which does not reveal the key. */
  owner(salt: string): string
  /** Uploads bytes and waits until requests can name them. */
  upload(file: NewRemoteFile, options: UploadOptions): Promise<UploadResult>
}

export type NewRemoteFile = {
  readonly bytes: Uint8Array
  readonly mime: string
  /** Shown to a person who lists the files of the key. */
  readonly name: string
}

export type UploadOptions = {
  readonly clock: Pick<Clock, 'sleep'>
  readonly signal: AbortSignal
  /** Seconds that the whole upload may take. */
  readonly seconds: number
  /** Most checks whether the file is ready, a second apart. */
  readonly looks: number
}

export type UploadResult =
  | { readonly ok: true; readonly value: UploadedFile }
  | {
      readonly ok: false
      readonly failure: Failure
      /** The failure in words for the middle of a sentence. */
      readonly why: string
    }

/** Jobs of many requests, which the server runs when it has time. */
export type BatchApi = {
  /** A row as a line of the request file; `uploaded` gives the server's file for one of the row's images. */
  requestLine(row: JobRow, uploaded: (file: string) => RemoteFile): string
  /** Creates a job from a request file at the server. Gives the name of the job. */
  create(job: NewBatch, signal: AbortSignal): Promise<Called<string>>
  /** The names of the server's jobs that have these labels, by label. */
  find(labels: ReadonlySet<string>, signal: AbortSignal): Promise<Called<ReadonlyMap<string, string>>>
  /** The state of a job; one that the server does not know is lost. */
  look(name: string, signal: AbortSignal): Promise<Called<BatchState>>
  cancel(name: string, signal: AbortSignal): Promise<Called<void>>
  /**
   * The results of a job, one at a time: their file may have half a gigabyte, and only one row of it is in memory.
   * Returns why the file could not be read to its end.
   */
  results(
    job: { readonly file: string; readonly model: string },
    signal: AbortSignal,
  ): AsyncGenerator<BatchResult, Failure | undefined>
}

export type NewBatch = {
  readonly model: string
  /** The server's name for the request file. */
  readonly fileName: string
  readonly label: string
}

export type BatchState =
  | { readonly kind: 'running'; readonly done: number }
  | { readonly kind: 'ended'; readonly how: Ending; readonly results: string | null; readonly says: string }

/** The result of one row. */
export type BatchResult = {
  /** Undefined when the server left it out; results are in the order of their requests. */
  readonly key: string | undefined
  readonly answer:
    | { readonly ok: true; readonly reply: Reply }
    | { readonly ok: false; readonly failure: Failure }
}
