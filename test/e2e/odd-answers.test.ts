import { expect, test } from 'vitest'
import { only, open } from './driver.ts'

/** Each odd but legal answer, and what the user reads; one that brings an image moves on to a new version. */
const ODD: readonly (readonly [fault: string, says: string | RegExp, images: number])[] = [
  ['blocked', 'No image: the prompt was blocked before anything was drawn.', 0],
  ['no-image', 'No image: the model made none.', 0],
  ['safety', 'No image: the filter on finished images held this one back.', 0],
  ['recitation', 'No image: it came too close to an existing work.', 0],
  ['prohibited', 'No image: the content policy forbids this one.', 0],
  ['text-only', 'No image: the model answered in words.', 0],
  ['empty', 'No image: the answer was empty.', 0],
  ['no-candidates', 'No image: the answer was empty.', 0],
  ['null-parts', 'No image: the answer was empty.', 0],
  ['several', 'A first draft.', 3],
  ['drafts', 'That was a draft; here is another.', 3],
  ['thoughts', 'Made it', 1],
  ['bad-base64', 'No image: what came as an image cannot be decoded.', 0],
  ['not-image', 'No image: what came as an image cannot be decoded.', 0],
  ['max-tokens', 'No image: the answer ran out of room.', 0],
  ['unknown-finish', 'No image, and no reason that limn knows. The server says: "SOMETHING_NEW".', 0],
  ['no-usage', 'Made it', 1],
]

test('no odd answer of the model poisons the next line', async () => {
  // After each odd answer comes a normal one.
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
