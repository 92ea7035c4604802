/** The engine's own table of models, independent of the client's, so that a mistake in either shows. */

const TEN = ['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9'] as const
const FOURTEEN = [
  '1:1',
  '1:4',
  '1:8',
  '2:3',
  '3:2',
  '3:4',
  '4:1',
  '4:3',
  '4:5',
  '5:4',
  '8:1',
  '9:16',
  '16:9',
  '21:9',
] as const

export type Ratio = (typeof FOURTEEN)[number]
export type Size = '512' | '1K' | '2K' | '4K'
export type Level = 'MINIMAL' | 'LOW' | 'MEDIUM' | 'HIGH'
export type Pixels = { width: number; height: number }

export type Model = {
  id: string
  displayName: string
  generation: 2 | 3
  /** Empty if the model takes no imageSize; the real one answers 500 to it. */
  sizes: readonly Size[]
  ratios: readonly Ratio[]
  /** The most images that the newest message may have. */
  imageLimit: number
  mimeType: 'image/jpeg' | 'image/png'
  /** Output tokens per image, by size. */
  imageTokens: Readonly<Record<Size, number>>
  /** Prompt tokens per input image. */
  inputImageTokens: number
  /** The thinking levels that a request may have; null if the model does not think. Pro accepts and ignores them. */
  thinking: readonly Level[] | null
  search: 'none' | 'web' | 'web and image'
  inputTokenLimit: number
  outputTokenLimit: number
}

const gemini3 = {
  generation: 3,
  sizes: ['1K', '2K', '4K'],
  ratios: FOURTEEN,
  imageLimit: 14,
  mimeType: 'image/jpeg',
  imageTokens: { 512: 747, '1K': 1120, '2K': 1680, '4K': 2520 },
  inputImageTokens: 1120,
  thinking: ['MINIMAL', 'HIGH'],
  search: 'web and image',
  inputTokenLimit: 131_072,
  outputTokenLimit: 32_768,
} as const satisfies Partial<Model>

export const MODELS: readonly Model[] = [
  {
    ...gemini3,
    id: 'gemini-nano-banana-2.1',
    displayName: 'Nano Banana 2.1',
    thinking: ['MINIMAL', 'MEDIUM', 'HIGH'],
  },
  {
    ...gemini3,
    id: 'gemini-3-pro-image',
    displayName: 'Nano Banana Pro',
    ratios: TEN,
    imageTokens: { 512: 1120, '1K': 1120, '2K': 1120, '4K': 2000 },
    thinking: ['MINIMAL', 'LOW', 'MEDIUM', 'HIGH'],
    search: 'web',
    inputTokenLimit: 65_536,
  },
  {
    ...gemini3,
    id: 'gemini-3.1-flash-image',
    displayName: 'Nano Banana 2',
    sizes: ['512', '1K', '2K', '4K'],
  },
  {
    ...gemini3,
    id: 'gemini-3.1-flash-lite-image',
    displayName: 'Nano Banana 2 Lite',
    sizes: ['1K'],
    search: 'none',
  },
  {
    id: 'gemini-2.5-flash-image',
    displayName: 'Nano Banana',
    generation: 2,
    sizes: [],
    ratios: TEN,
    imageLimit: 3,
    mimeType: 'image/png',
    imageTokens: { 512: 1290, '1K': 1290, '2K': 1290, '4K': 1290 },
    inputImageTokens: 258,
    thinking: null,
    search: 'none',
    inputTokenLimit: 32_768,
    outputTokenLimit: 32_768,
  },
]

/** Preview ids that Google has shut down. They get a 404, like any id that does not exist. */
export const RETIRED = [
  'gemini-3-pro-image-preview',
  'gemini-3.1-flash-image-preview',
  'gemini-2.5-flash-image-preview',
] as const

export function findModel(id: string): Model | undefined {
  return MODELS.find((model) => model.id === id)
}

/** Pixels at 1K, from Google's table for the Gemini 3 image models; 2K and 4K are exact multiples. */
const PIXELS_OF_GEMINI_3: Record<Ratio, readonly [number, number]> = {
  '1:1': [1024, 1024],
  '2:3': [848, 1264],
  '3:2': [1264, 848],
  '3:4': [896, 1200],
  '4:3': [1200, 896],
  '4:5': [928, 1152],
  '5:4': [1152, 928],
  '9:16': [768, 1376],
  '16:9': [1376, 768],
  '21:9': [1584, 672],
  '1:4': [512, 2048],
  '4:1': [2048, 512],
  '1:8': [384, 3072],
  '8:1': [3072, 384],
}

/** The first Nano Banana has its own pixel counts, and one size. */
const PIXELS_OF_GEMINI_2: Partial<Record<Ratio, readonly [number, number]>> = {
  '1:1': [1024, 1024],
  '2:3': [832, 1248],
  '3:2': [1248, 832],
  '3:4': [864, 1184],
  '4:3': [1184, 864],
  '4:5': [896, 1152],
  '5:4': [1152, 896],
  '9:16': [768, 1344],
  '16:9': [1344, 768],
  '21:9': [1536, 672],
}

const FACTOR: Record<Size, number> = { 512: 0.5, '1K': 1, '2K': 2, '4K': 4 }

export function pixelsOf(model: Model, ratio: Ratio, size: Size): Pixels {
  const own = model.generation === 2 ? PIXELS_OF_GEMINI_2[ratio] : undefined
  const [width, height] = own ?? PIXELS_OF_GEMINI_3[ratio]
  return { width: width * FACTOR[size], height: height * FACTOR[size] }
}

/** The nearest ratio that the model has, on a scale on which 2:1 and 1:2 are equally far from 1:1. */
export function nearestRatio(model: Model, width: number, height: number): Ratio {
  const distance = (ratio: Ratio) => {
    const [w, h] = PIXELS_OF_GEMINI_3[ratio]
    return Math.abs(Math.log(w / h) - Math.log(width / height))
  }
  return [...model.ratios].sort((a, b) => distance(a) - distance(b))[0] ?? '1:1'
}

export function isRatio(model: Model, value: string): value is Ratio {
  return (model.ratios as readonly string[]).includes(value)
}

export function isSize(model: Model, value: string): value is Size {
  return (model.sizes as readonly string[]).includes(value)
}
