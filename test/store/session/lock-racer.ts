// A limn that locks every folder that it reads from stdin, and prints whether it got the lock. It keeps all until it ends.
import { createInterface } from 'node:readline'
import { lockFolder } from '../../../src/store/session/lock.ts'

for await (const folder of createInterface(process.stdin)) {
  const lock = await lockFolder(folder, new Date())
  process.stdout.write(`${lock.kind}\n`)
}
