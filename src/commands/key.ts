import { fail, say } from '../core/event.ts'
import { explain, failureText } from '../core/failures/failure.ts'
import { KEY_REFUSED } from '../core/line/secret.ts'
import { chatFor } from '../gemini/connect.ts'
import { saveKey } from '../store/settings/api-key.ts'
import { defineCommand } from './define.ts'

export const key = defineCommand({
  name: 'key',
  summary:
    'Connect Gemini: asks for an API key, checks it without cost, and keeps it in a file only you can read',
  example: '/key',
  group: 'limn',
  changes: ['session'],
  secret: KEY_REFUSED,
  async *run(_, { session, chat, place, clock, signal, released }) {
    yield say(
      'A key comes from https://aistudio.google.com/apikey. Images need billing turned on for its project: none is in the free tier, and one of 1K costs about $0.03 to $0.13.',
    )
    const typed = yield { type: 'ask', question: { kind: 'secret', text: 'API key (not shown; Esc leaves)' } }
    if (typeof typed !== 'string' || typed.trim() === '') {
      yield say('No key was set.')
      return
    }
    const wanted = typed.trim()
    if (!/^[\x21-\x7e]+$/.test(wanted)) {
      return yield* fail('An API key is one word of letters, numbers and signs; this is not. No key was set.')
    }
    yield say('Checking the key…')
    const checked = await chatFor(wanted, {
      env: place.env,
      root: place.root,
      practice: false,
      practiceUrl: async () => '',
      now: clock.now,
    }).models(AbortSignal.any([signal, released]))
    if (!checked.ok && checked.failure.kind === 'aborted') {
      yield say('The check was stopped. No key was set.')
      return
    }
    if (!checked.ok && (checked.failure.kind === 'bad-key' || checked.failure.kind === 'permission')) {
      return yield* fail(failureText(checked.failure))
    }
    await saveKey(place.root, wanted)
    yield checked.ok
      ? say(
          `The key works: it reaches ${checked.ids.filter((id) => /image|banana/.test(id)).length} image models.`,
          'good',
        )
      : // What to do next is told for turns: nothing here is sent again, and a list of models is never billed.
        say(`The key is kept, but could not be checked. ${explain(checked.failure).what}`, 'warning')
    const winner = ['GEMINI_API_KEY', 'GOOGLE_API_KEY'].find((name) => place.env[name]?.trim())
    if (winner)
      yield say(
        `${winner} is set in the environment and goes before the file: unset it to use this key.`,
        'warning',
      )
    // A session that nothing happened in is as good as a new one, and needs a chat with the new key too.
    const anew = chat.engine.kind === 'practice' || session.id === ''
    if (anew) yield { type: 'go', to: 'new', title: '', connected: true }
    else yield { type: 'go', to: 'engine' }
  },
})
