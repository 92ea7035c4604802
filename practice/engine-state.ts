import { Batches } from './batches/batch-worker.ts'
import { Jobs } from './batches/job-store.ts'
import { faultQueue, type NextFault, parseFaults } from './faults.ts'
import { Files } from './files/file-store.ts'
import { Uploads } from './files/upload.ts'
import { type RepeatCounter, repeatCounter } from './repeats.ts'
import { folderStorage, memoryStorage } from './storage.ts'

export type Options = {
  faults?: string | undefined
  /** Files and jobs are kept in this folder and outlive the engine. Without a folder they end with it. */
  folder?: string | undefined
  now?: () => Date
  /**
   * Gemini reports the state of a batch job at once. Here the report waits for the job, for at most this long in ms:
   * 5,000 by default; with Infinity until the job is done, however slow the machine is.
   */
  maxWait?: number | undefined
}

/** Everything that an engine remembers between calls. Conversations are not part of it. */
export type Engine = {
  nextFault: NextFault
  countRepeat: RepeatCounter
  files: Files
  uploads: Uploads
  batches: Batches
}

export function openEngine({ faults, folder, now = () => new Date(), maxWait = 5000 }: Options): Engine {
  const nextFault = faultQueue(parseFaults(faults))
  const storage = folder === undefined ? memoryStorage() : folderStorage(folder)
  const countRepeat = repeatCounter()
  const files = new Files(storage, now)
  const batches = new Batches(new Jobs(storage, now), files, nextFault, countRepeat, maxWait)
  return { nextFault, countRepeat, files, uploads: new Uploads(files), batches }
}
