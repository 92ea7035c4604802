import { clip } from '../core/clip-text.ts'
import { fail } from '../core/event.ts'
import { findSession, listSessions } from '../store/session/list-sessions.ts'
import { defineCommand } from './define.ts'

/** The most sessions in a list. */
const LISTED = 50

export const resume = defineCommand({
  name: 'resume',
  summary: 'Continue another session: by its id, by words of its title or prompts, or from a list',
  example: '/resume red fox',
  group: 'sessions',
  changes: ['session'],
  arguments: { words: { kind: 'line', about: 'an id, or words', optional: true } },
  async *run({ words = '' }, { session, store, place, clock }) {
    const found = words === '' ? await listSessions(place.root) : await findSession(place.root, words)
    // A session that is open read-only can be opened for writing after the other limn has closed it.
    const readOnly = store.readOnly !== undefined
    const others = found.filter(({ id }) => readOnly || id !== session.id)
    const [only] = others
    if (!only) {
      return yield* fail(
        words === '' ? 'There is no other session yet.' : `No other session contains "${words}".`,
      )
    }
    if (others.length === 1 && words !== '') {
      yield { type: 'go', to: 'session', id: only.id }
      return
    }
    const now = clock.now()
    const more = others.length - LISTED
    const id = yield {
      type: 'ask',
      question: {
        kind: 'choice',
        text: `Which session?${more > 0 ? ` The newest ${LISTED}, and ${more} more: /resume words` : ''}`,
        choices: others.slice(0, LISTED).map((one) => ({
          value: one.id,
          label: `${clip(one.title || one.lastPrompt || one.id, 50)} · ${one.versions} images · ${ago(now, new Date(one.changed))}`,
        })),
        default: '',
      },
    }
    if (typeof id === 'string' && id !== '') yield { type: 'go', to: 'session', id }
  },
})

/** `3 h ago` */
function ago(now: Date, then: Date): string {
  const minutes = Math.max(0, Math.round((now.getTime() - then.getTime()) / 60_000))
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${minutes} min ago`
  return minutes < 60 * 36 ? `${Math.round(minutes / 60)} h ago` : `${Math.round(minutes / 1440)} days ago`
}
