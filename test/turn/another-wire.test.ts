import { expect, test } from 'vitest'
import type { Chat, SendRequest } from '../../src/gemini/chat.ts'
import { plain } from '../image/samples.ts'
import { talk } from './talk.ts'

/** A service whose server keeps the conversation: it is only sent the newest message of each line. */
function conversationAtTheServer(image: Uint8Array, sent: SendRequest[]): Chat {
  const kept: string[] = []
  return {
    engine: { id: 'server:kept', kind: 'server', label: 'keeps the conversation' },
    warmUp: [],
    files: undefined,
    batches: undefined,
    settingsOf: () => [],
    models: async () => ({ ok: true, ids: [] }),
    async send(request) {
      sent.push(request)
      kept.push(...request.plan.message.flatMap((part) => (part.kind === 'text' ? [part.text] : [])))
      return {
        ok: true,
        reply: {
          parts: [
            { kind: 'text', text: `I remember: ${kept.join(', ')}` },
            { kind: 'image', bytes: image },
          ],
          thoughts: [],
          grounding: null,
          finish: 'STOP',
          finishMessage: '',
          block: null,
          blockMessage: '',
          usage: null,
        },
      }
    },
  }
}

test('a turn needs nothing from a service but the Chat interface', async () => {
  const one = await talk({ url: 'http://127.0.0.1:1' })
  const sent: SendRequest[] = []
  const image = await plain(30, 20).png().toBuffer()
  one.chat = conversationAtTheServer(image, sent)
  expect(await one.line('a red fox')).toMatchObject({ kind: 'answered', main: 1 })
  expect(await one.line('make it blue')).toMatchObject({ kind: 'answered', main: 2 })
  expect(one.session.turns.at(-1)?.outcome).toMatchObject({ words: 'I remember: a red fox, make it blue' })
  // Its image is sent back unchanged, as to a server that keeps nothing.
  const [, second] = sent
  const images = second?.plan.history.flatMap(({ parts }) => parts.filter((part) => part.kind === 'image'))
  expect(images).toHaveLength(1)
  for (const part of images ?? []) expect((await second?.sources.image(part))?.bytes).toEqual(image)
})
