import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RequestBody } from '../../src/gemini/request-body.ts'
import { unpack } from '../../src/gemini/response-body.ts'

async function* cutAt(text: string, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length]
  for (const [index, place] of places.slice(1).entries()) yield bytes.subarray(places[index] ?? 0, place)
}

const answerWith = (...parts: readonly object[]) => ({ candidates: [{ content: { role: 'model', parts } }] })

describe('an answer that is read as it comes', () => {
  test('is what JSON.parse makes of it, with its images taken out, wherever the pieces are cut', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 })
    const part = fc.oneof(
      fc.record({ text, thoughtSignature: text }),
      fc.record({ inlineData: fc.record({ mimeType: text, data: fc.uint8Array({ maxLength: 60 }) }) }),
    )
    const cuts = fc.array(fc.nat(), { maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { maxLength: 6 }),
        cuts,
        fc.boolean(),
        async (parts, places, spaced) => {
          const images = parts.flatMap((one) => ('inlineData' in one ? [one.inlineData.data] : []))
          let count = 0
          const sent = answerWith(
            ...parts.map((one) =>
              'inlineData' in one
                ? {
                    inlineData: {
                      ...one.inlineData,
                      data: Buffer.from(one.inlineData.data).toString('base64'),
                    },
                  }
                : one,
            ),
          )
          const wanted = answerWith(
            ...parts.map((one) =>
              'inlineData' in one ? { inlineData: { ...one.inlineData, data: String(count++) } } : one,
            ),
          )
          const answer = await unpack(cutAt(JSON.stringify(sent, null, spaced ? 2 : undefined), places))
          expect(answer.body).toEqual(wanted)
          expect(answer.images.map((image) => image && [...image])).toEqual(
            images.map((image) => (image.length === 0 ? undefined : [...image])),
          )
        },
      ),
    )
  })

  test.each([
    ['escaped as JSON may be', 'AA\\/A\\u003d\\u003D', [0, 15, 192]],
    ['of the other alphabet', '_-_-', [255, 239, 254]],
    ['with a line end behind it', 'AAAA\\n', [0, 0, 0]],
  ])('has its image also when that is %s', async (_, data, bytes) => {
    for (let cut = 0; cut < 60; cut++) {
      const { images } = await unpack(cutAt(`{"inlineData":{"data":"${data}"}}`, [cut]))
      expect(images.map((image) => [...(image ?? [])])).toEqual([bytes])
    }
  })

  test.each(['', '!!!!', 'AAAA=AAAA', 'AAAA====', 'AA AA', 'ÄÖÜ', '\\u00e4AAA', `=${' '.repeat(1000)}`])(
    'has a hole where "%s" stands for an image',
    async (data) => {
      expect((await unpack(cutAt(`{"data":"${data}","text":"x"}`, [12]))).images).toEqual([undefined])
    },
  )

  test('is an error when it is not JSON or is cut short', async () => {
    await expect(unpack(cutAt('<html>"data":"</html>', []))).rejects.toThrow(SyntaxError)
    await expect(unpack(cutAt('{"inlineData":{"data":"AAAA', []))).rejects.toThrow(SyntaxError)
  })
})

describe('a request that is sent piece by piece', () => {
  test.each([[[]], [[0]], [[1, 2, 3]], [[196_607, 196_608, 196_609, 1_000_000]]])(
    'is the JSON that it would have been whole, for images of %j bytes',
    async (sizes) => {
      const images = sizes.map((size) => ({ bytes: randomBytes(size), signature: signatureOf(size) }))
      const bodyWith = (data: (image: Buffer) => string, text: (signature: string) => string) =>
        JSON.stringify(
          images.map(({ bytes, signature }) => ({ data: data(bytes), signed: text(signature), text: '"ü"' })),
        )
      const cargo = new RequestBody()
      const marked = bodyWith(
        (image) => cargo.image(image),
        (signature) => cargo.text(signature),
      )
      expect(marked.length).toBeLessThan(30_000)
      const { length, pieces } = cargo.assemble(marked)
      const sent = Buffer.concat(await Array.fromAsync(pieces)).toString()
      const whole = bodyWith(
        (image) => image.toString('base64'),
        (signature) => signature,
      )
      expect(sent === whole).toBe(true)
      expect(length).toBe(Buffer.byteLength(whole))
    },
  )

  test('keeps a text in its JSON that JSON must escape', () => {
    const text = `"${'ü'.repeat(20_000)}"`
    expect(new RequestBody().text(text)).toBe(text)
  })
})

/** A small one, and long ones. */
function signatureOf(size: number): string {
  return randomBytes(size > 3 ? 450_000 : 30).toString('base64')
}
