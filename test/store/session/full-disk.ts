// A limn with a limit on the size of its files, as on a disk that fills up. It prints what it could record.
import { SessionStore } from '../../../src/store/session/session-store.ts'
import { at, now } from './session-facts.ts'

const store = new SessionStore(process.argv[2] ?? '', '/work', now)
const titles: string[] = []
let says = ''
const record = async (title: string) => {
  await store.record({ at, type: 'titled', title })
  titles.push(title)
}
while (says === '') {
  await record(`${titles.length}${'x'.repeat(1500)}`).catch((error: Error) => {
    says = error.message
  })
}
await record('small').catch(() => {})
process.stdout.write(JSON.stringify({ id: store.id, titles, says }))
