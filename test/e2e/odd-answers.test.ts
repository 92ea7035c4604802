import { expect, test } from 'vitest'
import { only, open } from './driver.ts'
import { ODD } from './odd-answers.ts'

test('no odd answer of the model breaks the next line', async () => {
  // Each odd answer is followed by a normal one.
  const faults = ODD.map(([fault]) => `${fault},slow:0`).join(',')
  const user = await open({ args: [`--practice-faults=slow:0,${faults}`, '-m', 'nb2'] })
  await user.draws('a red fox', 'v1 ← v0')
  let versions = 1
  for (const [index, [fault, says, images]] of ODD.entries()) {
    const before = versions
    user.submits(`rotate ${index + 1} degrees`)
    versions += images
    if (images > 0) await user.sees(`v${versions} ← v${before} ·`)
    else await user.sees(new RegExp(`rotate ${index + 1} degrees\\n(?:.*\\n)*?.*${escaped(says)}`))
    await user.sees(says)
    await user.edits(`v${versions}`)
    if (user.prompt()?.text !== '') {
      user.press('ctrl-c')
      await user.waitFor(() => user.prompt()?.text === '', `an empty prompt after ${fault}`)
    }
    await user.draws(`brighter, after ${fault}`, `v${versions + 1} ← v${versions}`)
    versions += 1
  }
  const facts = await user.facts()
  expect(only(facts, 'failed')).toEqual([])
  expect(only(facts, 'answered')).toHaveLength(1 + 2 * ODD.length)
})

function escaped(says: string | RegExp): string {
  return typeof says === 'string' ? says.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : says.source
}
