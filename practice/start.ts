import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { parseFaults } from './faults.ts'

/**
 * Starts the practice engine in a worker, on loopback. It does not keep the process alive.
 * Throws an Error with a sentence for the user if the faults are not valid, before anything is started.
 */
export async function startPractice(
  options: { faults?: string; folder?: string } = {},
): Promise<{ url: string; close(): Promise<void> }> {
  parseFaults(options.faults)
  // In the bundle the worker is a separate file beside the chunk with this module.
  const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './practice-worker.js'
  const worker = new Worker(new URL(file, import.meta.url), {
    workerData: options,
    // The engine does not need the options of this process, such as a loader or an inspector.
    execArgv: [],
  })
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  const [{ url }] = (await once(worker, 'message')) as [{ url: string }]
  worker.unref()
  // Without a listener an error in the worker would end this process; with one, the client sees a refused connection.
  worker.on('error', () => {})
  return {
    url,
    close() {
      worker.ref()
      worker.postMessage('close')
      return exited
    },
  }
}
