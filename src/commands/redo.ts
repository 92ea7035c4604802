import { fail } from '../core/event.ts'
import { defineCommand } from './define.ts'
import { arrive } from './goto.ts'

export const redo = defineCommand({
  name: 'redo',
  bareWords: ['redo'],
  summary: 'Take back an undo',
  example: '/redo',
  group: 'versions',
  changes: [],
  arguments: { steps: { kind: 'number', about: 'a number of steps', optional: true } },
  async *run({ steps = 1 }, context) {
    if (context.session.undone.length < Math.max(1, steps)) {
      const why = 'There is nothing to redo: redo takes back an undo, until a new line is sent.'
      return yield* fail(why)
    }
    for (let step = 0; step < steps; step++) {
      const { session } = context
      const place = session.undone.at(-1)
      if (place) yield* arrive(context, place.head, 'redo', step === steps - 1)
    }
  },
})
