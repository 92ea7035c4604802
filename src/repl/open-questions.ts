import type { Answer, Question } from '../core/event.ts'

/** Open questions, which are asked one after another in the order in which they came up. */
export class OpenQuestions {
  readonly #show: (question: Question | null) => void
  readonly #open: { readonly question: Question; readonly reply: (answer: Answer) => void }[] = []

  constructor(show: (question: Question | null) => void) {
    this.#show = show
  }

  /** The one that is being asked. */
  get first(): Question | null {
    return this.#open[0]?.question ?? null
  }

  ask(question: Question): Promise<Answer> {
    return new Promise((reply) => {
      this.#open.push({ question, reply })
      this.#show(this.first)
    })
  }

  answer(answer: Answer): void {
    const asked = this.#open.shift()
    this.#show(this.first)
    asked?.reply(answer)
  }
}
