import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { vertexAt } from '../gemini/vertex.ts'
import { answering } from '../gemini/wire.ts'
import { run, smallHome } from './driver.ts'

test("the built limn signs in to Vertex AI with the SDK's own library, and gets its image", async () => {
  const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#c33' } })
    .png()
    .toBuffer()
  const parts = [{ inlineData: { mimeType: 'image/png', data: png.toString('base64') } }]
  const vertex = await answering(200, {
    candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP' }],
  })
  const env = await vertexAt(vertex.url)
  const home = await smallHome()
  const made = await run(['-p', 'a red square', '-o', 'square.png'], home, {
    ...env,
    GOOGLE_APPLICATION_CREDENTIALS: process.env.GOOGLE_APPLICATION_CREDENTIALS,
  })
  expect(made).toMatchObject({ code: 0, stdout: `${join(home.cwd, 'square.png')}\n` })
  expect(vertex.requests[0]?.headers.authorization).toBe('Bearer a-token')
  expect(vertex.requests[0]?.path).toContain('/projects/a-project/locations/europe-west1/')
})
