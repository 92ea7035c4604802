import { Refusal } from '../errors.ts'
import type { FaultOf } from '../faults.ts'
import type { Part, Request } from '../protocol.ts'
import { badUrl, fileGone, fileNotActive } from './file-errors.ts'
import type { Files } from './file-store.ts'

const OF_GOOGLE = /^https?:\/\/[^/]+\/v1(?:beta)?\/(files\/[^/?#:]+)$/
const NAME = /^files\/[^/]+$/

type NextFault = () => FaultOf<'file'> | undefined

/** Replaces the files that the contents name by their content, so that they become images like any others. */
export function resolveFiles(request: Request, files: Files, nextFault: NextFault): Request {
  const contents = request.contents.map((content) => ({
    ...content,
    parts: content.parts.map((part) => resolve(part, files, nextFault)),
  }))
  return { ...request, contents }
}

function resolve(part: Part, files: Files, nextFault: NextFault): Part {
  if (!part.fileData) return part
  const { fileData, ...rest } = part
  const name = nameOf(fileData.fileUri)
  const { file, bytes } = files.read(name)
  const fault = nextFault()
  if (fault === 'file-gone') throw new Refusal(fileGone(name))
  if (fault !== undefined) throw new Refusal(fileNotActive(name))
  const mimeType = fileData.mimeType ?? file.mimeType
  return { ...rest, inlineData: { mimeType, data: bytes.toString('base64') } }
}

/** Gemini would fetch any other address. The engine has no network, and answers as Gemini does when a fetch fails. */
function nameOf(uri: string): string {
  const name = OF_GOOGLE.exec(uri)?.[1] ?? NAME.exec(uri)?.[0]
  if (name === undefined) throw new Refusal(badUrl())
  return name
}
