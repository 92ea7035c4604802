import { test } from 'vitest'
import { open } from './driver.ts'

/** Each failure, what the user reads, and whether limn sends the line again by itself. */
const FAILURES: readonly (readonly [fault: string, says: string, again: boolean])[] = [
  ['400-key', 'Google does not accept this API key.', false],
  ['403', 'This key has no permission to do that', false],
  ['404', 'The server has no model gemini-3.1-flash-image.', false],
  ['413', 'The request is too large for the server.', false],
  ['too-large', 'The request is too large for the server.', false],
  ['429', 'Too many requests: the server asks for a wait of 2 s. Continues in', true],
  ['429-long', "This project's quota for gemini-3.1-flash-image is used up for today.", false],
  ['no-billing', 'This key has no paid plan, and no image model is in the free tier.', false],
  ['500', 'The server had an internal error (500).', false],
  ['503', 'The model is overloaded at the moment. Try 2 of 4', true],
  ['504', 'The server gave up on the model, which took too long (504).', false],
  ['html-502', 'A server between limn and the model answered instead (502).', false],
  ['field', 'The server does not know a part of this request', false],
  ['signature', 'The server does not accept its own signatures; sent again without them.', true],
  ['signature:2', 'sent again as a fresh chat from the current image.', true],
  ['bad-signature', 'The server does not accept its own signatures; sent again without them.', true],
  ['reset', 'The connection broke before the answer came', false],
  ['cut', 'The connection broke before the answer came', false],
]

test('every failure has a sentence, gives the line back, and leaves a session in which it can be sent again', async () => {
  const faults = FAILURES.map(([fault]) => `${fault},slow:0`).join(',')
  const user = await open({ args: [`--practice-faults=slow:0,${faults}`, '-m', 'nb2'] })
  await user.draws('a red fox', 'v1 ← v0')
  for (const [index, [fault, says, again]] of FAILURES.entries()) {
    const line = `rotate ${index + 1} degrees`
    const caption = `v${index + 2} ← v${index + 1} ·`
    user.submits(line)
    await user.waitFor(() => user.prose().split(line).at(1)?.includes(says) === true, `${says} (${fault})`)
    if (!again) {
      await user.waitFor(() => user.prompt()?.text === line, `the line, offered again after ${fault}`)
      user.press('enter')
    }
    await user.sees(caption)
    await user.edits(`v${index + 2}`)
  }
})
