import { type Again, countAgain } from './again.ts'
import { Batches } from './batches/batch-worker.ts'
import { Jobs } from './batches/job-store.ts'
import { faultQueue, type NextFault, parseFaults } from './faults.ts'
import { Files } from './files/file-store.ts'
import { Uploads } from './files/upload.ts'
import { keepIn, keepInMemory } from './storage.ts'

export type Options = {
  faults?: string | undefined
  /** Where files and jobs outlive the engine. Without it they end with it. */
  folder?: string | undefined
  now?: () => Date
}

/** All that an engine remembers from one call to the next; a conversation is no part of it. */
export type Engine = {
  nextFault: NextFault
  again: Again
  files: Files
  uploads: Uploads
  batches: Batches
}

export function openEngine({ faults, folder, now = () => new Date() }: Options): Engine {
  const nextFault = faultQueue(parseFaults(faults))
  const keep = folder === undefined ? keepInMemory() : keepIn(folder)
  const again = countAgain()
  const files = new Files(keep, now)
  const batches = new Batches(new Jobs(keep, now), files, nextFault, again)
  return { nextFault, again, files, uploads: new Uploads(files), batches }
}
