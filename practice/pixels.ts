/** Pixels as red, green, blue bytes, for the filters. */
export type Pixels = { data: Uint8ClampedArray; width: number; height: number }
