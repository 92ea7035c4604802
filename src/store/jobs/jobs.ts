import { mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Job, outOf } from '../../core/batch/job.ts'
import type { NewFile } from '../../core/event.ts'
import { codeOf, onDisk } from '../disk-error.ts'
import { isInside, makeFolder, replaceFile, syncFolder, writeOnce } from '../files.ts'
import { holderText, lockFolder } from '../session/lock.ts'
import { slugOf } from '../session/slug.ts'

const JOB = 'job.json'

/** A job that only this limn may change, until it is released. */
export class OpenJob {
  readonly #folder: string
  readonly #release: () => void
  #job: Job

  constructor(folder: string, job: Job, release: () => void) {
    this.#folder = folder
    this.#job = job
    this.#release = release
  }

  get job(): Job {
    return this.#job
  }

  /** The job is on disk when this returns. Throws a DiskError when the disk refuses. */
  async save(job: Job): Promise<void> {
    await replaceFile(join(this.#folder, JOB), Buffer.from(`${JSON.stringify(job, null, 2)}\n`), 0o666)
    this.#job = job
  }

  /** An image of a row, as it was when the job was made. */
  read(file: string): Promise<Uint8Array> {
    if (!isInside(file)) throw new Error(`no such file in the job: ${file}`)
    return readFile(join(this.#folder, ...file.split('/')))
  }

  release(): void {
    this.#release()
  }
}

/** Writes a new job with the images of its rows. Its id is made from `words`, with a number if that id is taken. */
export async function createJob(
  root: string,
  words: string,
  now: Date,
  make: (id: string) => Job,
  files: readonly NewFile[],
): Promise<OpenJob> {
  const jobs = jobsFolder(root)
  return onDisk(jobs, async () => {
    // Prompts and images are private.
    await makeFolder(root, 0o700)
    await makeFolder(jobs)
    const wanted = slugOf(words)
    for (let number = 1; ; number++) {
      const id = number === 1 ? wanted : `${wanted}-${number}`
      const folder = join(jobs, id)
      try {
        await mkdir(folder)
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error
        continue
      }
      const lock = await lockFolder(folder, now)
      if (lock.kind === 'busy') continue
      await syncFolder(jobs)
      for (const { name, bytes } of files) await writeOnce(folder, name, bytes)
      const open = new OpenJob(folder, make(id), lock.release)
      await open.save(open.job)
      return open
    }
  })
}

type Opening =
  | { readonly kind: 'open'; readonly open: OpenJob }
  /** Another limn has it open, or it cannot be read. */
  | { readonly kind: 'refused'; readonly sentence: string }

export async function openJob(root: string, id: string, now: Date): Promise<Opening> {
  const folder = join(jobsFolder(root), id)
  const lock = await lockFolder(folder, now)
  if (lock.kind === 'busy') {
    return { kind: 'refused', sentence: `${holderText(lock.by, now)} is working on ${id}.` }
  }
  // Read under the lock, since another limn may have changed it before.
  const job = await readJob(root, id)
  if (job) return { kind: 'open', open: new OpenJob(folder, job, lock.release) }
  lock.release()
  return { kind: 'refused', sentence: `${join(folder, JOB)} cannot be read.` }
}

/** All jobs, newest first, without those that cannot be read. */
export async function listJobs(root: string): Promise<readonly Job[]> {
  const ids = await readdir(jobsFolder(root)).catch(() => [])
  const all = await Promise.all(ids.map((id) => readJob(root, id)))
  return all
    .filter((job) => job !== undefined)
    .sort((a, b) => b.at.localeCompare(a.at) || b.id.localeCompare(a.id, 'en', { numeric: true }))
}

/** The calls of all batches that no bill counts yet. Practice is left out, since it costs nothing. */
export async function batchesOut(root: string): Promise<ReturnType<typeof outOf>> {
  const all = await listJobs(root)
  return all.filter(({ engine }) => engine !== 'practice').flatMap(outOf)
}

/** The paths of job files that cannot be read. */
export async function damagedJobs(root: string): Promise<readonly string[]> {
  const ids = await readdir(jobsFolder(root)).catch(() => [])
  const paths = await Promise.all(
    ids.map(async (id) => {
      const path = join(jobsFolder(root), id, JOB)
      const there = await stat(path).catch(() => undefined)
      return there && !(await readJob(root, id)) ? [path] : []
    }),
  )
  return paths.flat()
}

/** Finds jobs by id, else by the beginning of an id; several when that is ambiguous. */
export async function findJobs(root: string, word: string): Promise<readonly Job[]> {
  const all = await listJobs(root)
  const wanted = word.trim().toLowerCase()
  const exact = all.filter(({ id }) => id.toLowerCase() === wanted)
  return exact.length > 0 ? exact : all.filter(({ id }) => id.toLowerCase().startsWith(wanted))
}

async function readJob(root: string, id: string): Promise<Job | undefined> {
  const text = await readFile(join(jobsFolder(root), id, JOB), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const { parseJob } = await import('./job-schema.ts')
  return parseJob(text)
}

function jobsFolder(root: string): string {
  return join(root, 'jobs')
}
