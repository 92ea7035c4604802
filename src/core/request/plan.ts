import type { Model } from '../models/catalogue.ts'
import type { SignatureRef } from '../session/stored-answer.ts'
import type { RequestFields } from '../settings/define-setting.ts'

/** How far the server is trusted with its own signatures, after it has refused some. */
export type Trust = 'as-they-came' | 'bypass' | 'fresh-chat'

/**
 * The size that an image is sent in: as it is, as a copy that `/set wireSize` limits (what the user gives), or in at
 * most so many pixels on its long side.
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
  /** Lines that it has gone along with before, where it may go by name in place of its bytes. */
  readonly uses?: number
  readonly signature?: SignatureRef | 'bypass'
}

export type PlanTurn = { readonly role: 'user' | 'model'; readonly parts: readonly PlanPart[] }

/** What is sent for one line, with files by name. */
export type Plan = {
  readonly model: Model
  readonly history: readonly PlanTurn[]
  readonly message: readonly PlanPart[]
  /** What its settings are in the request. */
  readonly fields: RequestFields
}
