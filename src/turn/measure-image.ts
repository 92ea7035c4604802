import type { FileRef } from '../core/session/file-ref.ts'
import { inspect } from '../image/inspect.ts'
import { extensionOf } from '../image/sniff.ts'
import { sha256Of } from '../store/files.ts'

/** What a session records about an image, before it has a file name; `extension` is that of its real format. */
export type MeasuredImage = { readonly ref: Omit<FileRef, 'file'>; readonly extension: string }

/** Undefined for bytes that cannot be read as an image. */
export async function measureImage(bytes: Uint8Array): Promise<MeasuredImage | undefined> {
  const info = await inspect(bytes)
  if (!info.ok) return undefined
  const { mime, width, height, format } = info.image
  const ref = { mime, width, height, bytes: bytes.length, sha256: await sha256Of(bytes) }
  return { ref, extension: extensionOf(format) }
}
