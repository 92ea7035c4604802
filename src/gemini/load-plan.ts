import type { Content, Part } from '@google/genai'
import type { Failure } from '../core/failures/failure.ts'
import type { PlanPart, PlanTurn } from '../core/request/plan.ts'
import type { SignatureRef } from '../core/session/stored-answer.ts'
import type { RemoteFile, SendRequest, Sources } from './chat.ts'
import { RequestBody } from './request-body.ts'

/** From Google's page on thought signatures: the server accepts this in place of a missing signature. */
const BYPASS = 'skip_thought_signature_validator'

/** The largest request in bytes: 100 MB inline, by Google's page on input files. */
const REQUEST_LIMIT = 100_000_000

type LoadedPlan =
  | { readonly ok: true; readonly history: Content[]; readonly message: Part[]; readonly body: RequestBody }
  | { readonly ok: false; readonly failure: Failure }

type Loading = {
  readonly sources: Sources
  readonly uploaded: ReadonlyMap<string, RemoteFile>
  readonly body: RequestBody
}

/** A plan with its bytes, or why it cannot be sent. */
export async function loadPlan({ plan, sources, uploaded = new Map() }: SendRequest): Promise<LoadedPlan> {
  const body = new RequestBody()
  const loading = { sources, uploaded, body }
  try {
    const history = await Promise.all(plan.history.map((turn) => contentOf(turn, loading)))
    const message = await partsOf(plan.message, loading)
    const size = [...history.flatMap(({ parts = [] }) => parts), ...message].reduce(
      (sum, part) => sum + sizeOf(part),
      body.size,
    )
    return size > REQUEST_LIMIT
      ? { ok: false, failure: { kind: 'too-large', bytes: size } }
      : { ok: true, history, message, body }
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error)
    return { ok: false, failure: { kind: 'unreadable', says } }
  }
}

/** The characters of a part, without those in the request body. */
function sizeOf({ text, thoughtSignature }: Part): number {
  return (text?.length ?? 0) + (thoughtSignature?.length ?? 0)
}

async function contentOf(turn: PlanTurn, loading: Loading): Promise<Content> {
  return { role: turn.role, parts: await partsOf(turn.parts, loading) }
}

function partsOf(parts: readonly PlanPart[], loading: Loading): Promise<Part[]> {
  return Promise.all(parts.map((part) => partOf(part, loading)))
}

async function partOf(part: PlanPart, { sources, uploaded, body }: Loading): Promise<Part> {
  const signed =
    part.signature === undefined
      ? {}
      : { thoughtSignature: body.text(await signatureOf(part.signature, sources)) }
  if (part.kind === 'text') return { text: part.text, ...signed }
  const file = part.uses === undefined ? undefined : uploaded.get(part.file)
  if (file) return { fileData: { fileUri: file.uri, mimeType: file.mime } }
  const { bytes, mime } = await sources.image(part)
  return { inlineData: { mimeType: mime, data: body.image(bytes) }, ...signed }
}

async function signatureOf(signature: SignatureRef | 'bypass', sources: Sources): Promise<string> {
  if (signature === 'bypass') return BYPASS
  return (await sources.signature(signature)) ?? BYPASS
}
