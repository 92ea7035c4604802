import type { Answer, Question } from './event.ts'
import type { Choice } from './session/session.ts'

/** What is answered where nobody can be asked, or who is asked types a line instead: the one that does least. */
export function defaultOf(question: Question): Answer {
  switch (question.kind) {
    case 'yes-no':
    case 'choice':
      return question.default
    case 'secret':
      return undefined
  }
}

/** An answer that is typed as a line; anything else is a line of its own. */
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

/** For a line that was typed before anyone had chosen from the images of the line before it. */
export function choiceQuestion({ versions }: Choice, current: number): Question {
  const stay = current === 0 ? 'from nothing: a new image' : `from v${current}, where you are`
  return {
    kind: 'choice',
    text: 'Where does this line go on from?',
    choices: [
      { value: `v${current}`, label: stay },
      ...versions.map((number) => ({ value: `v${number}`, label: `from v${number}` })),
    ],
    // Who does not choose sends nothing: a line from the wrong image costs as much as one from the right.
    default: '',
  }
}

/** In its place where nobody can be asked: the line goes on from where the session stands. */
export function unchosenText({ versions }: Choice, current: number): string {
  const names = versions.map((number) => `v${number}`).join(' ')
  const from = current === 0 ? 'Begins anew' : `Goes on from v${current}`
  return `${from}: nobody has chosen from ${names}. A line that begins with v${versions[0] ?? 0} goes on from that.`
}

/** How one goes on from one of several images. */
export function choosingText(images: number, byKey: boolean): string {
  if (!byKey) return "A version's name, alone or in front of a line, goes on from one of them."
  const last = Math.min(images, 9)
  return `Alt-1${last > 1 ? ` to Alt-${last}` : ''}, or a version's name alone, goes on from one of them.`
}
