// A limn that records calls as fast as it can: `sent`, and `ended` for all but the last.
import { Ledger } from '../../../src/store/ledger/ledger.ts'

const [root = '', session = '', many = '0'] = process.argv.slice(2)
const ledger = new Ledger(root, () => new Date())
for (let number = 1; number <= Number(many); number++) {
  const call = { session, turn: `t${number}`, model: 'pro', most: 0.2 }
  await ledger.sent(call)
  if (number < Number(many)) await ledger.ended(call, { kind: 'known', usd: 0.01, about: false })
}
process.stdout.write('done\n')
// Its last call stays out until it is killed.
setInterval(() => undefined, 60_000)
