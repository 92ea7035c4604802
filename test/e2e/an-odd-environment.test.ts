import { expect, test } from 'vitest'
import { open } from './driver.ts'

test('the first line shows no control sequence and no password from the environment', async () => {
  const vertex = await open({
    env: {
      GOOGLE_GENAI_USE_VERTEXAI: 'true',
      GOOGLE_CLOUD_PROJECT: 'pro\x1b[2J\x1b[Hject',
      GOOGLE_CLOUD_LOCATION: 'he\x1b[2J\x1b[Hre',
    },
  })
  await vertex.sees('Vertex AI · project · here · new session')
  const server = await open({ env: { GOOGLE_GEMINI_BASE_URL: 'http://me:se cret@ho\x1b[2J\x1b[Hst' } })
  await server.sees('Gemini protocol at host · new session')
  expect(server.screen()).not.toContain('cret')
})
