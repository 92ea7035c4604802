/** Pixels as red, green, blue bytes: what the darkroom's chemistry works on. */
export type Pixels = { data: Uint8ClampedArray; width: number; height: number }
