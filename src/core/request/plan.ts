import type { Model } from '../models/model-catalogue.ts'
import type { SignatureRef } from '../session/stored-answer.ts'
import type { RequestFields } from '../settings/define-setting.ts'

/** How far the server is trusted with its own signatures, after it has refused some. */
export type Trust = 'as-they-came' | 'bypass' | 'fresh-chat'

/**
 * The size in which an image is sent: as it is, as a copy that `/set wireSize` limits (what the user gives), or with
 * at most this many pixels on its long side.
 */
export type CopySize = 'as-it-is' | 'reference' | number

export type PlanPart =
  | { readonly kind: 'text'; readonly text: string; readonly signature?: SignatureRef | 'bypass' }
  | PlanImage

export type PlanImage = {
  readonly kind: 'image'
  readonly file: string
  readonly mime: string
  readonly bytes: number
  readonly copy: CopySize
  /** How many lines it was sent with before, where a name may be sent instead of its bytes. */
  readonly uses?: number
  readonly signature?: SignatureRef | 'bypass'
}

export type PlanTurn = { readonly role: 'user' | 'model'; readonly parts: readonly PlanPart[] }

/** What is sent for one line, with files by name. */
export type Plan = {
  readonly model: Model
  readonly history: readonly PlanTurn[]
  readonly message: readonly PlanPart[]
  /** The settings, as fields of the request. */
  readonly fields: RequestFields
}
