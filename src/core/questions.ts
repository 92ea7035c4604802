import type { Answer, Question } from './event.ts'
import type { Choice } from './session/session.ts'

/** The answer where nobody can be asked, or where the user types a line instead: the one that does least. */
export function defaultOf(question: Question): Answer {
  switch (question.kind) {
    case 'yes-no':
    case 'choice':
      return question.default
    case 'secret':
      return undefined
  }
}

/** The answer that a typed line gives; undefined when it is a line of its own. */
export function typedAnswer(question: Question, line: string): Answer {
  const word = line.trim().toLowerCase()
  switch (question.kind) {
    case 'yes-no':
      return /^y(?:es)?$/.test(word) ? true : /^no?$/.test(word) ? false : undefined
    case 'choice':
      return /^\d+$/.test(word) ? question.choices[Number(word) - 1]?.value : undefined
    case 'secret':
      return undefined
  }
}

/** For a line that was typed before the user had chosen from the images of the line before it. */
export function choiceQuestion({ versions }: Choice, current: number): Question {
  const stay = current === 0 ? 'from nothing: a new image' : `from v${current}, the current version`
  return {
    kind: 'choice',
    text: 'Which image does this line continue from?',
    choices: [
      { value: `v${current}`, label: stay },
      ...versions.map((number) => ({ value: `v${number}`, label: `from v${number}` })),
    ],
    // Without a choice nothing is sent: a line from the wrong image costs as much as one from the right one.
    default: '',
  }
}

/** Said instead where nobody can be asked: the line continues from the current version. */
export function unchosenText({ versions }: Choice, current: number): string {
  const names = versions.map((number) => `v${number}`).join(' ')
  const from = current === 0 ? 'Starts a new image' : `Continues from v${current}`
  return `${from}, since none of ${names} was chosen. To continue from v${versions[0] ?? 0}, begin the line with it.`
}

/** How to choose one of several images. */
export function choosingText(images: number, byKey: boolean): string {
  if (!byKey) return 'To choose one of them, type its name, alone or in front of a line.'
  const last = Math.min(images, 9)
  return `To choose one of them, press Alt-1${last > 1 ? ` to Alt-${last}` : ''}, or type its name alone on a line.`
}
