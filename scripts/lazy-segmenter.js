// Several libraries make a segmenter while they are loaded; making one reads ICU's tables, 10 to 25 ms before the
// first frame. In the bundle they get this one, which is made when the first text is segmented.
export class LazySegmenter {
  #options
  #made

  constructor(locales, options) {
    this.#options = [locales, options]
  }

  segment(text) {
    this.#made ??= new globalThis.Intl.Segmenter(...this.#options)
    return this.#made.segment(text)
  }
}
