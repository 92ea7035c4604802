import { fail } from '../core/event.ts'
import { MOST_IMAGES } from '../core/line/flags.ts'
import { inForce } from '../core/session/reference.ts'
import { currentVersion } from '../core/session/tree.ts'
import { seeded } from '../turn/prepare.ts'
import { defineCommand } from './define.ts'

/** Says what stays before what changes; otherwise models draw something new. */
const WORDS =
  'Make a variation of this image. Keep its subject, composition, style, colours and light; change only small things, such as a pose, an expression, a detail or the texture of a surface.'

export const vary = defineCommand({
  name: 'vary',
  summary:
    'Make small variations of the current image, side by side, to choose from: four, or as many as you say',
  example: '/vary 6',
  group: 'again',
  changes: [],
  arguments: { images: { kind: 'number', about: `how many images, at most ${MOST_IMAGES}`, optional: true } },
  async *run({ images = 4 }, { session, chat }) {
    const current = currentVersion(session)
    if (!current) {
      return yield* fail('There is no image to vary yet.')
    }
    if (images > MOST_IMAGES) {
      return yield* fail(`One line makes at most ${MOST_IMAGES} images.`)
    }
    const line = `/vary ${images}`
    const prompt = {
      text: WORDS,
      line,
      parent: session.head,
      mentions: [],
      references: inForce(session.references),
      settings: session.settings,
      engine: chat.engine.id,
      fresh: false,
    }
    const prompts = Array.from({ length: images }, (_, number) => seeded(prompt, number))
    yield { type: 'go', to: 'turns', line, prompts, dry: false }
  },
})
