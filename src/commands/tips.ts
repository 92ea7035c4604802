import { closest } from 'fastest-levenshtein'
import { fail, say } from '../core/event.ts'
import { TIPS, type Tip } from '../core/wording/tip-list.ts'
import { defineCommand } from './define.ts'

export const tips = defineCommand({
  name: 'tips',
  summary: 'Explain how to word a prompt: the list of topics, or one topic with examples',
  example: '/tips photo',
  group: 'help',
  atOnce: true,
  changes: [],
  arguments: { topic: { kind: 'topic', about: 'one of the topics that /tips lists', optional: true } },
  async *run({ topic }) {
    if (topic === undefined) {
      yield { type: 'list', rows: TIPS.map((tip) => [`/tips ${tip.topic}`, tip.summary]) }
      yield say('/improve WORDS, or Ctrl-T on the line being typed, proposes a better line by these rules.')
      return
    }
    const name = topic.toLowerCase()
    const starting = TIPS.filter((tip) => [tip.topic, ...tip.also].some((word) => word.startsWith(name)))
    const named = TIPS.find((one) => one.topic === name || one.also.includes(name))
    const tip = named ?? (starting.length === 1 ? starting[0] : undefined)
    if (!tip) {
      return yield* fail(
        `There are no tips on ${topic}; did you mean /tips ${nearest(name)}? /tips lists all.`,
      )
    }
    yield say(textOf(tip), 'plain')
  },
})

function textOf({ title, rules, examples }: Tip): string {
  return [
    `${title}.`,
    ...rules.map((rule) => `- ${rule}`),
    ...examples.flatMap(({ instead, write }) => [
      ...(instead === undefined ? [] : [`Instead of: ${instead}`]),
      `For example: ${write}`,
    ]),
  ].join('\n')
}

function nearest(name: string): string {
  return closest(
    name,
    TIPS.flatMap(({ topic, also }) => [topic, ...also]),
  )
}
