// A limn that is killed while it records an answer: the files are on disk, the line is not.

import { SessionStore } from '../../../src/store/session/session-store.ts'
import { answerFile, storeAnswer } from '../../../src/store/session/stored-answers.ts'
import { answered, now, picture, prompted } from './session-facts.ts'

const [root = '', from = ''] = process.argv.slice(2)
const store = new SessionStore(root, '/work', now)
await store.record(prompted('t1', 'a red fox'))
await store.record(prompted('t2', 'a blue fox'))
process.stdout.write(`${store.id}\n`)
const { files } = storeAnswer({
  turn: 't1',
  engine: 'practice',
  model: 'nano',
  thoughts: [{ kind: 'text', text: 'A fox, then.' }],
  grounding: { queries: ['red fox'], imageQueries: [], sources: [], suggestions: [] },
  numbers: [1],
  parts: [
    { kind: 'text', text: 'Here it is.' },
    {
      kind: 'image',
      bytes: picture('fox'),
      mime: 'image/jpeg',
      extension: 'jpg',
      signature: 's'.repeat(5000),
    },
  ],
})
const killer = {
  ...answerFile({ turn: 't9', engine: '', model: '', parts: [] }),
  get bytes(): Uint8Array {
    process.kill(process.pid, 'SIGKILL')
    return new Uint8Array()
  },
}
await store.record(answered('t1', 1), [...files.slice(0, Number(from)), killer])
