/** A stream of values for one reader; values wait until they are read. */
export class EventStream<T> implements AsyncIterable<T> {
  readonly #waiting: T[] = []
  #ended = false
  #wake: () => void = () => undefined

  push(value: T): void {
    this.#waiting.push(value)
    this.#wake()
  }

  end(): void {
    this.#ended = true
    this.#wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (;;) {
      yield* this.#waiting.splice(0)
      if (this.#waiting.length > 0) continue
      if (this.#ended) return
      await new Promise<void>((wake) => {
        this.#wake = wake
      })
    }
  }
}
