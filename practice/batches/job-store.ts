import { Refusal, routeNotFound } from '../errors.ts'
import type { Answer } from '../protocol.ts'
import { newId, readRecord, type Storage } from '../storage.ts'
import type { BatchItem } from './batch-shape.ts'

export type State = 'PENDING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'EXPIRED'

export type Job = {
  name: string
  model: string
  displayName?: string | undefined
  state: State
  createTime: string
  updateTime: string
  endTime?: string
  /** The number of requests, of those answered, and of those answered with an error. */
  count: number
  done: number
  failed: number
  /** The file with the requests; the results are then written to a file as well. */
  inputFile?: string | undefined
  outputFile?: string
  /** A fault of the whole job, whatever its requests do. */
  fate?: 'batch-failed' | 'batch-expired' | 'batch-no-keys' | undefined
}

export type Result = { response: Answer } | { error: object }

/** Google keeps a job and its results as long as a file. */
const HOURS_KEPT = 48

/** Each result is in its own file, so that a job of a hundred images is not rewritten a hundred times. */
export class Jobs {
  readonly #storage: Storage
  readonly #now: () => Date

  constructor(storage: Storage, now: () => Date) {
    this.#storage = storage
    this.#now = now
  }

  add(items: readonly BatchItem[], more: Pick<Job, 'model' | 'displayName' | 'inputFile' | 'fate'>): Job {
    const name = `batches/${newId(36)}`
    const time = this.#now().toISOString()
    const counts = { count: items.length, done: 0, failed: 0 }
    const job: Job = { ...more, name, state: 'PENDING', createTime: time, updateTime: time, ...counts }
    this.#storage.write(`${name}/requests.json`, JSON.stringify(items))
    this.#write(job)
    return job
  }

  get(name: string): Job {
    const job = this.find(name)
    if (!job) throw new Refusal(routeNotFound())
    return job
  }

  find(name: string): Job | undefined {
    const known = /^batches\/[a-z0-9]+$/.test(name)
    const job = known ? readRecord<Job>(this.#storage, `${name}/job.json`) : undefined
    if (!job) return undefined
    const hours = (this.#now().getTime() - Date.parse(job.endTime ?? job.createTime)) / 3_600_000
    if (hours < HOURS_KEPT) return job
    if (job.endTime === undefined) return this.change(job, { state: 'EXPIRED' })
    this.#storage.remove(name)
    return undefined
  }

  /** Newest first. */
  list(): Job[] {
    return this.#storage
      .names('batches')
      .flatMap((id) => this.find(`batches/${id}`) ?? [])
      .sort((a, b) => b.createTime.localeCompare(a.createTime))
  }

  change(job: Job, change: Partial<Job>): Job {
    const time = this.#now().toISOString()
    const changed = { ...job, ...change, updateTime: time }
    if (isOver(changed)) changed.endTime = time
    this.#write(changed)
    return changed
  }

  remove(name: string): void {
    this.get(name)
    this.#storage.remove(name)
  }

  items({ name }: Job): BatchItem[] {
    return readRecord<BatchItem[]>(this.#storage, `${name}/requests.json`) ?? []
  }

  putResult({ name }: Job, index: number, result: Result): void {
    this.#storage.write(`${name}/results/${index}.json`, JSON.stringify(result))
  }

  result({ name }: Job, index: number): Result | undefined {
    return readRecord<Result>(this.#storage, `${name}/results/${index}.json`)
  }

  #write(job: Job): void {
    this.#storage.write(`${job.name}/job.json`, JSON.stringify(job))
  }
}

export function isOver({ state }: Job): boolean {
  return state !== 'PENDING' && state !== 'RUNNING'
}
