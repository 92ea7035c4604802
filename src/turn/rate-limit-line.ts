/** Seconds between two turns that go on one after the other: a refusal takes about one to come back. */
const APART = 1

/**
 * Where the turns of one model stand in line once its server has asked one of them to wait: they go on one by one,
 * in the order in which they came, so that nobody hammers at a quota that is used up. While no server has asked,
 * nobody stands here.
 */
export class RateLimitLine {
  readonly #models = new Map<string, ModelLine>()

  /** The server wants nothing of this model before so many seconds have passed. */
  shut(model: string, seconds: number, now: Date): void {
    const line = this.#line(model)
    line.opens = Math.max(line.opens, now.getTime() + seconds * 1000)
  }

  /** A place at the end of the line; it is left by going on, or by `leave`. */
  stand(model: string): PlaceInLine {
    const line = this.#line(model)
    const place: PlaceInLine = {
      before: () => line.places.indexOf(place),
      left: (now) => Math.max(0, (line.opens - now.getTime()) / 1000 + place.before() * APART),
      leave(now) {
        line.places.splice(place.before(), 1)
        // Whoever is next keeps a distance.
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
  /** How many go on before this one. */
  before(): number
  /** Seconds until this one may go on. */
  left(now: Date): number
  leave(now: Date): void
}
