import { fail, say } from '../core/event.ts'
import { explain, failureText } from '../core/failures/failure.ts'
import { KEY_REFUSED } from '../core/line/secret.ts'
import { chatFor } from '../gemini/connect.ts'
import { saveKey } from '../store/settings/api-key.ts'
import { defineCommand } from './define.ts'

export const key = defineCommand({
  name: 'key',
  summary:
    'Connect Gemini: asks for an API key, checks it for free, and stores it in a file that only you can read',
  example: '/key',
  group: 'limn',
  changes: ['session'],
  secret: KEY_REFUSED,
  async *run(_, { session, chat, place, clock, signal, released }) {
    yield say(
      'Get a key at https://aistudio.google.com/apikey. Its project needs billing: the free tier has no images, and a 1K image costs about $0.03 to $0.13.',
    )
    const typed = yield {
      type: 'ask',
      question: { kind: 'secret', text: 'API key (not shown; Esc: cancel)' },
    }
    if (typeof typed !== 'string' || typed.trim() === '') {
      yield say('No key was set.')
      return
    }
    const wanted = typed.trim()
    if (!/^[\x21-\x7e]+$/.test(wanted)) {
      return yield* fail('An API key is one word of letters, digits and signs; this is not. No key was set.')
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
      : // Without the next step, which is meant for turns: nothing is sent again here, and listing models is never billed.
        say(`The key is stored, but could not be checked. ${explain(checked.failure).what}`, 'warning')
    const variable = ['GEMINI_API_KEY', 'GOOGLE_API_KEY'].find((name) => place.env[name]?.trim())
    if (variable)
      yield say(
        `${variable} is set in the environment and is used instead of the file: unset it to use this key.`,
        'warning',
      )
    // A session in which nothing has happened is as good as a new one, and also needs a chat with the new key.
    const startsNew = chat.engine.kind === 'practice' || session.id === ''
    if (startsNew) yield { type: 'go', to: 'new', title: '', connected: true }
    else yield { type: 'go', to: 'engine' }
  },
})
