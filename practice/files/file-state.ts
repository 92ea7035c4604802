import { Refusal } from '../errors.ts'
import type { FaultOf } from '../faults.ts'
import { fileGone } from './file-errors.ts'
import type { File } from './file-store.ts'

/** The file, changed by the fault if there is one. */
export function withFault(file: File, fault: FaultOf<'file'> | undefined): File {
  switch (fault) {
    case undefined:
      return file
    case 'file-processing':
      return { ...file, state: 'PROCESSING' }
    case 'file-failed':
      return { ...file, state: 'FAILED', error: { code: 13, message: 'The file failed to be processed.' } }
    case 'file-gone':
      throw new Refusal(fileGone(file.name))
  }
}
