import { describe, expect, test } from 'vitest'
import type { Answer, Event } from '../../src/core/event.ts'
import type { TaskProblem } from '../../src/core/line/part-outcome.ts'
import { advise } from '../../src/turn/advise.ts'
import { Story } from '../core/session/story.ts'
import { saidIn } from './said.ts'

const story = new Story()
const LITE = 'gemini-3.1-flash-lite-image'

async function told(line: string, told: Set<string>, { asks = true, answer = true, model = LITE } = {}) {
  const events: string[] = []
  const settings = { ...story.session.settings, model }
  const steps = advise(story.session, story.prompt(line, { settings }), told, asks)
  let given: Answer
  for (;;) {
    const step: IteratorResult<Event, TaskProblem | undefined> = await steps.next(given)
    if (step.done) return { events, sends: step.value === undefined }
    const event = step.value
    events.push(event.type === 'ask' ? `? ${event.question.text}` : saidIn(event).join(''))
    given = event.type === 'ask' ? answer : undefined
  }
}

const SIGN = 'a sign "OPEN"'
const CLEAR = 'a fox on a transparent background'

describe('advice', () => {
  test('that does not ask is shown once in a session, and again when it changes', async () => {
    const heard = new Set<string>()
    const first = await told(SIGN, heard)
    expect(first).toEqual({ events: [expect.stringContaining('Lite often misspells')], sends: true })
    expect(await told('a shop "SHUT"', heard)).toEqual({ events: [], sends: true })
    const other = await told(SIGN, heard, { model: 'gemini-2.5-flash-image' })
    expect(other.events).toEqual([expect.stringContaining('Nano Banana often misspells')])
  })

  test('that asks gives the line back on no, and asks again; after a yes it stays quiet', async () => {
    const heard = new Set<string>()
    const no = await told(CLEAR, heard, { answer: false })
    expect(no).toEqual({
      events: [expect.stringMatching(/^\? No Gemini .* Send the line as it is\?$/)],
      sends: false,
    })
    expect(await told(CLEAR, heard)).toMatchObject({ events: [expect.stringMatching(/^\?/)], sends: true })
    expect(await told(CLEAR, heard)).toEqual({ events: [], sends: true })
  })

  test('is only shown when nobody can be asked', async () => {
    const { events, sends } = await told(CLEAR, new Set(), { asks: false, answer: false })
    expect(events).toEqual([expect.stringMatching(/^No Gemini image model makes transparent pixels/)])
    expect(sends).toBe(true)
  })
})
