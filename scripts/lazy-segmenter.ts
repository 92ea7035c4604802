// Several libraries create a segmenter when they are loaded, and segment everything they draw. Creating one reads ICU's
// tables, which takes 10 to 25 ms before the first frame. In the bundle they get this one, which creates the real one
// for the first text that needs it.

/** Each of these characters is a grapheme: a control character ends one, and no other joins its neighbours. */
const PLAIN =
  /^[\n\x1b -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2500-\u257f\u2800-\u28ff]*$/

export class LazySegmenter implements Pick<Intl.Segmenter, 'segment'> {
  readonly #locales: Intl.LocalesArgument
  readonly #options: Intl.SegmenterOptions
  #made: Intl.Segmenter | undefined

  constructor(locales?: Intl.LocalesArgument, options: Intl.SegmenterOptions = {}) {
    this.#locales = locales
    this.#options = options
  }

  segment(text: string): Intl.Segments {
    const { granularity = 'grapheme' } = this.#options
    if (granularity === 'grapheme' && PLAIN.test(text)) return new PlainSegments(text)
    this.#made ??= new globalThis.Intl.Segmenter(this.#locales, this.#options)
    return this.#made.segment(text)
  }
}

class PlainSegments implements Intl.Segments {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  containing(index = 0): Intl.SegmentData | undefined {
    const segment = this.#text[index]
    return segment === undefined ? undefined : { segment, index, input: this.#text }
  }

  *[Symbol.iterator](): Generator<Intl.SegmentData, undefined, unknown> {
    for (const [index, segment] of [...this.#text].entries()) yield { segment, index, input: this.#text }
  }
}
