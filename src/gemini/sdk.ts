import type { GoogleGenAI } from '@google/genai'
import type { Failure } from '../core/failures/failure.ts'
import type { Called } from './chat.ts'
import type { Engine } from './engine.ts'
import { failureOf } from './read-failure.ts'

export type SdkOptions = {
  readonly engine: Engine
  /** Loads the SDK and makes its client. */
  client(): Promise<GoogleGenAI>
  now(): Date
  /** The key: whatever a server says, it is in no failure. */
  readonly secret?: string | undefined
}

type CallLimits = {
  readonly signal: AbortSignal
  /** The model that it is about, if any. */
  readonly model?: string
  readonly seconds: number
}

/** The SDK's client for one engine, and the one way to call it. */
export class Sdk {
  readonly engine: Engine
  readonly #options: SdkOptions
  #made: Promise<GoogleGenAI> | undefined

  constructor(options: SdkOptions) {
    this.engine = options.engine
    this.#options = options
  }

  client(): Promise<GoogleGenAI> {
    this.#made ??= this.#options.client().catch((error: unknown) => {
      // The next call tries again.
      this.#made = undefined
      throw error
    })
    return this.#made
  }

  /** A call that ends in time; what goes wrong is a failure. */
  async call<T>(
    make: (client: GoogleGenAI, signal: AbortSignal) => Promise<T>,
    { signal, model = '', seconds }: CallLimits,
  ): Promise<Called<T>> {
    const timeout = AbortSignal.timeout(seconds * 1000)
    const either = AbortSignal.any([signal, timeout])
    try {
      const made = this.client().then((client) => make(client, either))
      return { ok: true, value: await until(either, made) }
    } catch (error) {
      if (signal.aborted) return { ok: false, failure: { kind: 'aborted' } }
      if (timeout.aborted) return { ok: false, failure: { kind: 'timed-out', seconds } }
      return { ok: false, failure: this.failure(error, model) }
    }
  }

  /** An error of this engine's, in the user's terms. `unsent`: it came before anything was sent. */
  failure(error: unknown, model: string, unsent = false): Failure {
    const { engine, now, secret } = this.#options
    const signingIn = unsent && engine.kind === 'vertex'
    return failureOf(error, { model, now: now(), secret, signingIn })
  }
}

/** The SDK takes no signal for an upload: what nobody waits for any more ends by itself. */
function until<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((done, fail) => {
    const late = () => fail(new Error('it took too long'))
    signal.addEventListener('abort', late, { once: true })
    // A signal that has fired does not fire again.
    if (signal.aborted) late()
    work.then(done, fail)
  })
}
