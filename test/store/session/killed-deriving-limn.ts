// A limn that is killed while it records what a tool has made: `images` of them are on disk, the line is not.

import { SessionStore } from '../../../src/store/session/session-store.ts'
import { answered, derived, now, picture, prompted } from './session-facts.ts'

const [root = '', images = ''] = process.argv.slice(2)
const store = new SessionStore(root, '/work', now)
await store.record(prompted('t1', 'a red fox'))
await store.record(answered('t1', 1), [{ name: 'images/v1.jpg', bytes: picture('fox') }])
// In the background, and still out.
await store.record(prompted('t2', 'a blue fox'))
process.stdout.write(`${store.id}\n`)
const killer = {
  name: 'images/v9.jpg',
  get bytes(): Uint8Array {
    process.kill(process.pid, 'SIGKILL')
    return new Uint8Array()
  },
}
const files = [2, 3].map((version) => ({ name: `images/v${version}.jpg`, bytes: picture(`v${version}`) }))
await store.record(derived('a1', 1, [2, 3]), [...files.slice(0, Number(images)), killer])
