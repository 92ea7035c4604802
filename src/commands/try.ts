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
    const count = images === 1 ? '' : ` -n ${images}`
    yield { type: 'go', to: 'line', line: `/retry --model ${model}${count}` }
  },
})
