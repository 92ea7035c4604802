import { Batches } from './batches/batch-worker.ts'
import { Jobs } from './batches/job-store.ts'
import { faultQueue, type NextFault, parseFaults } from './faults.ts'
import { Files } from './files/file-store.ts'
import { Uploads } from './files/upload.ts'
import { type RepeatCounter, repeatCounter } from './repeats.ts'
import { folderStorage, memoryStorage } from './storage.ts'

export type Options = {
  faults?: string | undefined
  /** Where files and jobs outlive the engine. Without it they end with it. */
  folder?: string | undefined
  now?: () => Date
}

/** All that an engine remembers from one call to the next; a conversation is no part of it. */
export type Engine = {
  nextFault: NextFault
  again: RepeatCounter
  files: Files
  uploads: Uploads
  batches: Batches
}

export function openEngine({ faults, folder, now = () => new Date() }: Options): Engine {
  const nextFault = faultQueue(parseFaults(faults))
  const storage = folder === undefined ? memoryStorage() : folderStorage(folder)
  const again = repeatCounter()
  const files = new Files(storage, now)
  const batches = new Batches(new Jobs(storage, now), files, nextFault, again)
  return { nextFault, again, files, uploads: new Uploads(files), batches }
}
