// A limn that opens every folder it is told, and says whether it got it. It lets go of nothing until it ends.
import { createInterface } from 'node:readline'
import { lockFolder } from '../../../src/store/session/lock.ts'

for await (const folder of createInterface(process.stdin)) {
  const lock = await lockFolder(folder, new Date())
  process.stdout.write(`${lock.kind}\n`)
}
