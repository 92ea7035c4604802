import { parentPort, workerData } from 'node:worker_threads'
import { listen } from './server.ts'

/** The engine in a thread of its own: a picture that is being painted never holds up a key. */
const server = await listen(workerData as { faults?: string; folder?: string })

parentPort?.on('message', async () => {
  await server.close()
  parentPort?.close()
})
parentPort?.postMessage({ url: server.url })
