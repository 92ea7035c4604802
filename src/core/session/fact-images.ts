import type { Draft } from '../event.ts'
import type { FileRef } from './file-ref.ts'

export type NewVersion = { readonly version: number; readonly file: FileRef }

/** The images that become versions of the session with this fact, in order. */
export function imagesOf(fact: Draft): readonly NewVersion[] {
  switch (fact.type) {
    case 'brought':
      return [{ version: fact.version, file: fact.file }]
    case 'answered':
      return fact.images
    case 'derived':
      return fact.versions
    case 'titled':
    case 'set':
    case 'styled':
    case 'referenced':
    case 'unreferenced':
    case 'reference-changed':
    case 'queued':
    case 'unqueued':
    case 'prompted':
    case 'failed':
    case 'let-go':
    case 'tagged':
    case 'moved':
    case 'left':
      return []
  }
}
