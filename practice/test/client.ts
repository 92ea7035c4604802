import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GoogleGenAI } from '@google/genai'
import sharp from 'sharp'
import { expect, onTestFinished } from 'vitest'
import type { Answer, Part } from '../protocol.ts'
import { listen } from '../server.ts'

/** The smallest picture that any model makes, 512 px, so that tests are quick. */
export const SMALL = 'gemini-3.1-flash-image'

export const sdk = (baseUrl: string, apiKey = 'any') =>
  new GoogleGenAI({ apiKey, vertexai: false, httpOptions: { baseUrl, apiVersion: 'v1beta' } })

/** Runs with an engine, which is closed afterwards. */
export async function during<T>(
  options: Parameters<typeof listen>[0],
  run: (url: string) => Promise<T>,
): Promise<T> {
  const server = await listen({ maxWait: Infinity, ...options })
  try {
    return await run(server.url)
  } finally {
    await server.close()
  }
}

/** A folder that is deleted after the test. */
export async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'limn-practice-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export type Body = { contents: object[]; generationConfig?: object; [more: string]: unknown }

export function post(
  url: string,
  body: Body | string,
  model = SMALL,
  headers: Record<string, string> = {},
  signal: AbortSignal | null = null,
) {
  return fetch(`${url}/v1beta/models/${model}:generateContent`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-goog-api-key': 'any', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    signal,
  })
}

export async function ask(url: string, body: Body, model = SMALL): Promise<Answer> {
  const imageConfig = model === SMALL ? { imageSize: '512' } : {}
  const generationConfig = { imageConfig, ...body.generationConfig }
  const response = await post(url, { ...body, generationConfig }, model)
  const text = await response.text()
  expect(response.status, text.slice(0, 500)).toBe(200)
  return JSON.parse(text) as Answer
}

export async function refusal(response: Response) {
  const body = (await response.json()) as {
    error: { code: number; message: string; status: string; details?: object[] }
  }
  expect(body.error.code).toBe(response.status)
  return body.error
}

export function partsOf(answer: Answer): Part[] {
  return answer.candidates?.[0]?.content?.parts ?? []
}

export function wordsOf(answer: Answer): string {
  return partsOf(answer)
    .flatMap(({ text, thought }) => (text && !thought ? [text] : []))
    .join(' ')
}

export function imageOf(answer: Answer): Buffer {
  const images = partsOf(answer).filter((part) => part.inlineData && !part.thought)
  return Buffer.from(images.at(-1)?.inlineData?.data ?? '', 'base64')
}

export function user(...parts: (string | Buffer)[]): object {
  return { role: 'user', parts: parts.map(part) }
}

/** The model's turn as a client sends it back: every part as it came. */
export function model(answer: Answer): object {
  return { role: 'model', parts: partsOf(answer) }
}

function part(content: string | Buffer): object {
  if (typeof content === 'string') return { text: content }
  return { inlineData: { mimeType: 'image/png', data: content.toString('base64') } }
}

/** A plain picture whose left half is one colour and whose right half is another. */
export function halves(left: string, right: string, width = 300, height = 300): Promise<Buffer> {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
    `<rect width="100%" height="100%" fill="${right}"/><rect width="50%" height="100%" fill="${left}"/></svg>`
  return sharp(Buffer.from(svg)).png().toBuffer()
}

type Area = { x: number; y: number; w: number; h: number }
const WHOLE: Area = { x: 0, y: 0, w: 1, h: 1 }

/** The mean red, green and blue of an area of a picture, which is given as fractions of the whole. */
export async function mean(image: Buffer, { x, y, w, h }: Area = WHOLE): Promise<[number, number, number]> {
  const { width = 1, height = 1 } = await sharp(image).metadata()
  const area = {
    left: Math.floor(x * width),
    top: Math.floor(y * height),
    width: Math.floor(w * width),
    height: Math.floor(h * height),
  }
  const cut = await sharp(image).extract(area).png().toBuffer()
  const { channels } = await sharp(cut).stats()
  return channels.slice(0, 3).map((channel) => channel.mean) as [number, number, number]
}

export async function light(image: Buffer, area?: Area): Promise<number> {
  const [r, g, b] = await mean(image, area)
  return (r + g + b) / 3
}
