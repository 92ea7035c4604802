import type { Answer, Question } from '../core/event.ts'

/** Questions that are open: they are asked one after another, in the order in which they came up. */
export class Questions {
  readonly #show: (question: Question | null) => void
  readonly #open: { readonly question: Question; readonly reply: (answer: Answer) => void }[] = []

  constructor(show: (question: Question | null) => void) {
    this.#show = show
  }

  ask(question: Question): Promise<Answer> {
    return new Promise((reply) => {
      this.#open.push({ question, reply })
      this.#showFirst()
    })
  }

  answer(answer: Answer): void {
    const asked = this.#open.shift()
    this.#showFirst()
    asked?.reply(answer)
  }

  #showFirst(): void {
    this.#show(this.#open[0]?.question ?? null)
  }
}
