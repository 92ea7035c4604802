import { parentPort, workerData } from 'node:worker_threads'
import { listen } from './server.ts'

/** The engine in its own thread, so that painting a picture never delays a key. */
const server = await listen(workerData as { faults?: string; folder?: string })

parentPort?.on('message', async () => {
  await server.close()
  parentPort?.close()
})
parentPort?.postMessage({ url: server.url })
