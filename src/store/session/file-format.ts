import * as z from 'zod'
import type { FileRef } from '../../core/session/file-ref.ts'
import { isInside } from '../files.ts'

const count = z.number().int().nonnegative()

export const insideName = z.string().refine(isInside)

export const fileRef: z.ZodType<FileRef> = z.looseObject({
  file: insideName,
  mime: z.string(),
  width: count,
  height: count,
  bytes: count,
  sha256: z.string(),
})
