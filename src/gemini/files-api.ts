import { createHash } from 'node:crypto'
import { explain, type Failure } from '../core/failures/failure.ts'
import type { FileApi, NewRemoteFile, UploadOptions, UploadResult } from './chat.ts'
import { isStorageFull } from './read-failure.ts'
import type { Sdk } from './sdk.ts'

/** The Files API, for one key. Google keeps a file for 48 hours. */
export class GeminiFiles implements FileApi {
  readonly #sdk: Sdk
  readonly #key: string

  constructor(sdk: Sdk, key: string) {
    this.#sdk = sdk
    this.#key = key
  }

  owner(salt: string): string {
    const text = `${salt}\n${this.#sdk.engine.id}\n${this.#key}`
    return createHash('sha256').update(text).digest('hex').slice(0, 24)
  }

  async upload(
    { bytes, mime, name }: NewRemoteFile,
    { clock, signal, seconds, looks }: UploadOptions,
  ): Promise<UploadResult> {
    let why: string | undefined
    const called = await this.#sdk.call(
      async ({ files }, abortSignal) => {
        try {
          const blob = new Blob([new Uint8Array(bytes)], { type: mime })
          const config = { mimeType: mime, displayName: name, abortSignal }
          let file = await files.upload({ file: blob, config })
          for (let look = 0; file.state === 'PROCESSING' && look < looks && !abortSignal.aborted; look++) {
            await clock.sleep(1, abortSignal)
            file = await files.get({ name: file.name ?? '', config: { abortSignal } })
          }
          if (file.state === 'PROCESSING') throw new Error('the server is still processing it')
          if (file.state === 'FAILED') {
            why = `the server says: ${file.error?.message ?? 'failed'}`
            throw unusable(`${name}: ${file.error?.message ?? ''}`)
          }
          if (!file.name || !file.uri) throw new Error('the server gave it no name')
          const expires = file.expirationTime
          return { name: file.name, uri: file.uri, mime, ...(expires === undefined ? {} : { expires }) }
        } catch (error) {
          if (isStorageFull(error)) why = 'the 20 GB that Google keeps for a project are full'
          throw error
        }
      },
      { signal, seconds },
    )
    return called.ok ? called : { ...called, why: why ?? reasonOf(called.failure) }
  }
}

/** The error that the SDK throws when the server refuses an image. */
function unusable(message: string): Error {
  const error = { code: 400, message: `Provided image is not valid: ${message}` }
  return Object.assign(new Error(JSON.stringify({ error })), { name: 'ApiError', status: 400 })
}

/** The failure in words for the middle of a sentence. */
function reasonOf(failure: Failure): string {
  const what = failure.kind === 'strange-answer' ? failure.says : explain(failure).what
  return what.replace(/\.$/, '')
}
