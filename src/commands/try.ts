import { defineCommand } from './define.ts'

export const tryModel = defineCommand({
  name: 'try',
  summary: 'Send the last line again to another model, to compare; the model of the session stays',
  example: '/try pro',
  arguments: {
    model: { kind: 'model', about: 'an alias or id of a model' },
    images: { kind: 'number', about: 'how many images', optional: true },
  },
  async *run({ model, images = 1 }) {
    // One is enough to compare, of however many images the line was.
    yield { type: 'go', to: 'line', line: `/retry --model ${model} -n ${images}` }
  },
})
