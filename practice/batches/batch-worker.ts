import { setTimeout as wait } from 'node:timers/promises'
import {
  alreadyDone,
  internal,
  invalidArgument,
  modelNotFound,
  overloaded,
  Refusal,
  rpcStatus,
} from '../errors.ts'
import type { NextFault } from '../faults.ts'
import type { Files } from '../files/file-store.ts'
import { resolveFiles } from '../files/resolve.ts'
import { answerTo, breaksTheConnection } from '../generate.ts'
import { findModel, type Model } from '../models.ts'
import { accept } from '../protocol.ts'
import type { RepeatCounter } from '../repeats.ts'
import { newId } from '../storage.ts'
import { type BatchItem, type BatchRequest, readLines } from './batch-shape.ts'
import { isOver, type Job, type Jobs, type Result } from './job-store.ts'
import { resultLines } from './operation.ts'

/** Runs the jobs, one request at a time, while the engine lives; the next engine continues them. */
export class Batches {
  readonly jobs: Jobs
  readonly #files: Files
  readonly #nextFault: NextFault
  readonly #countRepeat: RepeatCounter
  readonly #maxWait: number
  readonly #working = new Map<string, Promise<void>>()
  readonly #closing = new AbortController()
  #last: Promise<void> = Promise.resolve()

  constructor(jobs: Jobs, files: Files, nextFault: NextFault, countRepeat: RepeatCounter, maxWait: number) {
    this.jobs = jobs
    this.#files = files
    this.#nextFault = nextFault
    this.#countRepeat = countRepeat
    this.#maxWait = maxWait
    for (const job of jobs.list().reverse()) if (!isOver(job)) this.#begin(job)
  }

  create(request: BatchRequest, model: Model, fate: Job['fate']): Job {
    const inputFile = 'fileName' in request ? request.fileName : undefined
    const items = 'items' in request ? request.items : readLines(this.#files.read(request.fileName).bytes)
    const job = this.jobs.add(items, { model: model.id, displayName: request.displayName, inputFile, fate })
    this.#begin(job)
    return job
  }

  /** The job when it is done, or as it is after `maxWait`. */
  async waitFor(name: string): Promise<Job> {
    // A cancelled job is over, even while one of its requests is still running.
    const over = isOver(this.jobs.get(name))
    if (!over) await Promise.race([this.#working.get(name), ...this.#timeLimit()])
    return this.jobs.get(name)
  }

  /** Node's timers do not take Infinity. */
  #timeLimit(): readonly Promise<void>[] {
    return Number.isFinite(this.#maxWait) ? [wait(this.#maxWait, undefined, { ref: false })] : []
  }

  cancel(name: string): void {
    const job = this.jobs.get(name)
    if (isOver(job)) throw new Refusal(alreadyDone(name))
    this.jobs.change(job, { state: 'CANCELLED' })
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#last
  }

  #begin(job: Job): void {
    this.#last = this.#last
      .then(() => this.#work(job))
      // If the disk cannot be written, the job stays as it was; the next engine tries again.
      .catch(() => {})
      .finally(() => this.#working.delete(job.name))
    this.#working.set(job.name, this.#last)
  }

  async #work({ name }: Job): Promise<void> {
    const items = this.jobs.find(name) && this.jobs.items(this.jobs.get(name))
    for (const [i, item] of (items ?? []).entries()) {
      const job = this.#current(name)
      if (!job) return
      if (job.fate === 'batch-failed') return void this.jobs.change(job, { state: 'FAILED' })
      if (job.fate === 'batch-expired') return void this.jobs.change(job, { state: 'EXPIRED' })
      if (i < job.done) continue
      this.jobs.change(job, { state: 'RUNNING' })
      const result = await this.#result(item, job)
      const still = this.#current(name)
      if (!still) return
      this.jobs.putResult(still, i, result)
      this.jobs.change(still, { done: i + 1, failed: still.failed + ('error' in result ? 1 : 0) })
    }
    const job = this.#current(name)
    if (job) this.#finish(job)
  }

  /** Reads the job again each time: it may have been cancelled or deleted, here or by another limn. */
  #current(name: string): Job | undefined {
    const job = this.#closing.signal.aborted ? undefined : this.jobs.find(name)
    return job && !isOver(job) ? job : undefined
  }

  #finish(job: Job): void {
    if (job.inputFile === undefined) return void this.jobs.change(job, { state: 'SUCCEEDED' })
    const metadata = { name: `files/batch-${newId(12)}`, mimeType: 'application/jsonl' }
    const { name } = this.#files.add(metadata, resultLines(this.jobs, job), 'GENERATED', 'v1beta')
    this.jobs.change(job, { state: 'SUCCEEDED', outputFile: name })
  }

  async #result({ request }: BatchItem, job: Job): Promise<Result> {
    const fault = this.#nextFault('generate')
    try {
      if ('unreadable' in request) throw new Refusal(invalidArgument(request.unreadable))
      if (breaksTheConnection(fault)) throw new Refusal(overloaded())
      const model = findModel(job.model)
      if (!model) throw new Refusal(modelNotFound(job.model, 'v1beta'))
      const read = resolveFiles(accept(request), this.#files, () => this.#nextFault('file')?.name)
      return {
        response: await answerTo(
          { request: read, model, version: 'v1beta', repeat: this.#countRepeat(read) },
          fault,
          this.#closing.signal,
        ),
      }
    } catch (error) {
      return { error: rpcStatus(error instanceof Refusal ? error.body : internal()) }
    }
  }
}
