/** Pixels as red, green, blue bytes: what the filters change. */
export type Pixels = { data: Uint8ClampedArray; width: number; height: number }
