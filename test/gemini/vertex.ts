import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished, vi } from 'vitest'
import { temporaryHome } from '../store/temporary-home.ts'
import { answering } from './wire.ts'

const TOKEN = {
  status: 200,
  body: { access_token: 'a-token', token_type: 'Bearer', expires_in: 3600, issued_token_type: 'x' },
}

/** Vertex AI at an address of the test, with the credentials of a machine outside Google's cloud. */
export async function vertexAt(
  url: string,
  { status, body }: { status: number; body: object } = TOKEN,
  impersonation?: string,
) {
  const home = await temporaryHome()
  const tokens = await answering(status, body)
  await mkdir(home, { recursive: true })
  await writeFile(join(home, 'subject'), 'a-subject')
  await writeFile(
    join(home, 'credentials.json'),
    JSON.stringify({
      type: 'external_account',
      audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q',
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: `${tokens.url}/v1/token`,
      ...(impersonation === undefined ? {} : { service_account_impersonation_url: impersonation }),
      credential_source: { file: join(home, 'subject') },
    }),
  )
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', join(home, 'credentials.json'))
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
  return {
    GOOGLE_GENAI_USE_VERTEXAI: 'true',
    GOOGLE_CLOUD_PROJECT: 'a-project',
    GOOGLE_CLOUD_LOCATION: 'europe-west1',
    GOOGLE_VERTEX_BASE_URL: url,
  }
}
