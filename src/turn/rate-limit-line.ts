/** Seconds between two turns that continue one after the other: a refusal takes about one to come back. */
const APART = 1

/**
 * Orders the turns of each model after the server has asked one of them to wait: they continue one by one, first come,
 * first served, so that they do not hammer at a used-up quota. Until a server asks, nothing waits here.
 */
export class RateLimitLine {
  readonly #models = new Map<string, ModelLine>()

  /** Closes the line of a model for so many seconds, as its server asked. */
  close(model: string, seconds: number, now: Date): void {
    const line = this.#line(model)
    line.opens = Math.max(line.opens, now.getTime() + seconds * 1000)
  }

  /** Takes a place at the end of the line; `leave` frees it. */
  join(model: string): PlaceInLine {
    const line = this.#line(model)
    const place: PlaceInLine = {
      before: () => line.places.indexOf(place),
      left: (now) => Math.max(0, (line.opens - now.getTime()) / 1000 + place.before() * APART),
      leave(now) {
        line.places.splice(place.before(), 1)
        // The next one keeps its distance.
        if (line.places.length > 0) line.opens = Math.max(line.opens, now.getTime() + APART * 1000)
      },
    }
    line.places.push(place)
    return place
  }

  #line(model: string): ModelLine {
    const line = this.#models.get(model) ?? { opens: 0, places: [] }
    this.#models.set(model, line)
    return line
  }
}

type ModelLine = { opens: number; readonly places: PlaceInLine[] }

type PlaceInLine = {
  /** How many continue before this one. */
  before(): number
  /** Seconds until this one may continue. */
  left(now: Date): number
  leave(now: Date): void
}
