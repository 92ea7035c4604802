import type { FileRef } from '../../core/session/file-ref.ts'
import { isInside } from '../files.ts'
import { count, object, text, textThat } from '../schema.ts'

/** The name of a file inside the session's folder: a session from elsewhere must not name a file outside of it. */
export const insideName = textThat(isInside)

export const fileRef = object<FileRef>({
  file: insideName,
  mime: text,
  width: count,
  height: count,
  bytes: count,
  sha256: text,
})
