import { defineCommand } from './define.ts'
import { retry } from './retry.ts'

export const tryModel = defineCommand({
  name: 'try',
  summary: 'Send the last line again to another model, to compare; the session keeps its model',
  example: '/try pro',
  group: 'again',
  changes: [],
  arguments: {
    model: { kind: 'model', about: 'an alias or id of a model' },
    images: { kind: 'number', about: 'how many images', optional: true },
  },
  async *run({ model, images = 1 }) {
    // One image is enough to compare, however many the line made.
    yield { type: 'go', to: 'line', line: retry.line(`--model ${model} -n ${images}`) }
  },
})
