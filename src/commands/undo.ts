import { fail } from '../core/event.ts'
import { back } from '../core/session/tree.ts'
import { defineCommand } from './define.ts'
import { arrive } from './goto.ts'

export const undo = defineCommand({
  name: 'undo',
  bareWords: ['undo'],
  summary: 'Go back to the image before this one, or to the images it was chosen from; nothing is deleted',
  example: '/undo 2',
  group: 'versions',
  changes: [],
  arguments: { steps: { kind: 'number', about: 'a number of steps', optional: true } },
  async *run({ steps = 1 }, context) {
    const { session } = context
    const head = back(session, steps)
    if (!head) {
      const only = steps > 1 && back(session, 1) !== undefined
      const why = only ? `There are fewer than ${steps} steps to undo.` : 'There is nothing to undo.'
      return yield* fail(why)
    }
    yield* arrive(context, head, 'undo')
  },
})
