import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { parseFaults } from './faults.ts'

/**
 * Starts the practice engine in a worker, on loopback. It does not keep the process alive.
 * Throws a sentence when the faults make no sense, before anything is started.
 */
export async function startPractice(
  options: { faults?: string; folder?: string } = {},
): Promise<{ url: string; close(): Promise<void> }> {
  parseFaults(options.faults)
  // In the bundle the worker is a file of its own, beside the chunk that this one became.
  const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './practice-worker.js'
  const worker = new Worker(new URL(file, import.meta.url), {
    workerData: options,
    // What this process was started with (a loader, an inspector) is no business of the engine's.
    execArgv: [],
  })
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  const [{ url }] = (await once(worker, 'message')) as [{ url: string }]
  worker.unref()
  // Without a listener an error there would end this process; the client sees a refused connection instead.
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
