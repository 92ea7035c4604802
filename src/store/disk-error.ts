/** What the disk refused, as a sentence for the user; the system's own error is the `cause`. */
export class DiskError extends Error {
  override readonly name = 'DiskError'
  readonly code: string

  constructor(path: string, cause: unknown) {
    const code = codeOf(cause)
    super(sentence(code, path), { cause })
    this.code = code
  }
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
}

export async function onDisk<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof DiskError ? error : new DiskError(path, error)
  }
}

function sentence(code: string, path: string): string {
  switch (code) {
    case 'ENOSPC':
      return `The disk is full; ${path} was not written.`
    case 'EDQUOT':
      return `Your share of the disk is used up; ${path} was not written.`
    case 'EFBIG':
      return `${path} would become larger than this system allows.`
    case 'EACCES':
    case 'EPERM':
      return `No permission for ${path}.`
    case 'EROFS':
      return `The disk can only be read; ${path} was not written.`
    case 'ENOENT':
      return `${path} is not there any more.`
    case 'ENOTDIR':
      return `${path} cannot be made: a part of its path is a file, not a folder.`
    case 'EISDIR':
      return `${path} is a folder, not a file.`
    case 'EEXIST':
      return `${path} is there already, and nothing is ever written over.`
    case 'EIO':
      return `The disk failed at ${path}.`
    default:
      return `${path} could not be used (${code}).`
  }
}
