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
  /** The key, which is removed from every failure. */
  readonly secret?: string | undefined
}

type CallLimits = {
  readonly signal: AbortSignal
  /** The model of the call, if it has one. */
  readonly model?: string
  readonly seconds: number
}

/** The SDK's client for one engine. All calls except `send` go through it. */
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

  /** Makes a call that ends in time; an error becomes a failure. */
  async call<T>(
    make: (client: GoogleGenAI, signal: AbortSignal) => Promise<T>,
    { signal, model = '', seconds }: CallLimits,
  ): Promise<Called<T>> {
    const timeout = AbortSignal.timeout(seconds * 1000)
    const either = AbortSignal.any([signal, timeout])
    try {
      const made = this.client().then((client) => make(client, either))
      return { ok: true, value: await orAbort(either, made) }
    } catch (error) {
      if (signal.aborted) return { ok: false, failure: { kind: 'aborted' } }
      if (timeout.aborted) return { ok: false, failure: { kind: 'timed-out', seconds } }
      return { ok: false, failure: this.failure(error, model) }
    }
  }

  /** Turns an error of this engine into a failure. `unsent`: it was thrown before the request was sent. */
  failure(error: unknown, model: string, unsent = false): Failure {
    const { engine, now, secret } = this.#options
    const signingIn = unsent && engine.kind === 'vertex'
    return failureOf(error, { model, now: now(), secret, signingIn })
  }
}

/** Rejects when the signal fires. The SDK takes no signal for an upload, so `work` itself runs on to its end. */
function orAbort<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((done, fail) => {
    const late = () => fail(new Error('it took too long'))
    signal.addEventListener('abort', late, { once: true })
    // A signal that has fired already does not fire again.
    if (signal.aborted) late()
    work.then(done, fail)
  })
}
