/** An error of the disk as a sentence for the user; the system's error is the `cause`. */
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
      return `Your disk quota is used up; ${path} was not written.`
    case 'EFBIG':
      return `${path} would be larger than this system allows.`
    case 'EACCES':
    case 'EPERM':
      return `No permission to use ${path}.`
    case 'EROFS':
      return `The disk is read-only; ${path} was not written.`
    case 'ENOENT':
      return `${path} no longer exists.`
    case 'ENOTDIR':
      return `${path} cannot be created: a part of its path is a file, not a folder.`
    case 'EISDIR':
      return `${path} is a folder, not a file.`
    case 'EEXIST':
      return `${path} already exists, and limn never overwrites it.`
    case 'EIO':
      return `The disk failed while ${path} was used.`
    default:
      return `${path} could not be used (${code}).`
  }
}
