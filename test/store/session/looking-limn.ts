// A limn that opens a session and prints what it may do there.
import { openSession } from '../../../src/store/session/open-session.ts'
import { inspect, now, settings } from './session-facts.ts'

const [root = '', id = ''] = process.argv.slice(2)
const opened = await openSession(root, id, { settings, inspect, now })
const says = opened.kind === 'opened' ? opened.store.readOnly : opened.says
process.stdout.write(`${opened.kind === 'opened' ? opened.session.turns.length : 0} turn: ${says}\n`)
