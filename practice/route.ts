/** Which part of a list: how many items, and from where. */
export type Page = { pageSize: number; pageToken: string }
type OfModel = { model: string; version: string; vertex: boolean }

/** Which call a request is. `vertex` is true for Vertex AI's longer address with a project and a location. */
export type Route =
  | ({ kind: 'generate' } & OfModel)
  | ({ kind: 'stream'; sse: boolean } & OfModel)
  | ({ kind: 'count' } & OfModel)
  | ({ kind: 'batch' } & OfModel)
  | ({ kind: 'model' } & OfModel)
  | { kind: 'models'; page: Page; vertex: boolean }
  | { kind: 'upload'; version: string }
  | { kind: 'bytes'; upload: string }
  | { kind: 'files' | 'jobs'; page: Page }
  | { kind: 'file' | 'delete file' | 'download'; name: string }
  | { kind: 'job'; name: string }
  | { kind: 'delete job' | 'cancel'; name: string }
  | { kind: 'unknown' }

const MODELS =
  /^\/(v1beta1|v1beta|v1)(\/projects\/[^/]+\/locations\/[^/]+)?(?:\/publishers\/google)?\/models(?:\/([^/:]+)(?::(\w+))?)?$/
const UPLOAD = /^\/upload\/(v1beta|v1)\/files$/
const OTHERS = /^(?:\/download)?\/(?:v1beta|v1)\/(files|batches)(?:\/([^/:]+)(?::(\w+))?)?$/

const UNKNOWN: Route = { kind: 'unknown' }

export function readRoute(method: string, address: string): Route {
  const url = URL.parse(`http://127.0.0.1${address}`)
  if (!url) return UNKNOWN
  const path = url.pathname.replace(/\/{2,}/g, '/')
  const models = MODELS.exec(path)
  if (models) return ofModels(method, models, url)
  const version = UPLOAD.exec(path)?.[1]
  if (version !== undefined && (method === 'POST' || method === 'PUT')) {
    const upload = url.searchParams.get('upload_id')
    return upload === null ? { kind: 'upload', version } : { kind: 'bytes', upload }
  }
  const [, kind, id, verb] = OTHERS.exec(path) ?? []
  const asked = `${method} ${verb ?? ''}`.trim()
  if (kind === 'files') return ofFiles(asked, id, pageOf(url))
  if (kind === 'batches') return ofJobs(asked, id, pageOf(url))
  return UNKNOWN
}

function ofModels(method: string, [, version = '', project, model, verb]: string[], url: URL): Route {
  const vertex = project !== undefined
  if (model === undefined) return method === 'GET' ? { kind: 'models', page: pageOf(url), vertex } : UNKNOWN
  switch (`${method} ${verb ?? ''}`.trim()) {
    case 'GET':
      return { kind: 'model', model, version, vertex }
    case 'POST generateContent':
      return { kind: 'generate', model, version, vertex }
    case 'POST streamGenerateContent':
      return { kind: 'stream', sse: url.searchParams.get('alt') === 'sse', model, version, vertex }
    case 'POST countTokens':
      return { kind: 'count', model, version, vertex }
    case 'POST batchGenerateContent':
      return vertex ? UNKNOWN : { kind: 'batch', model, version, vertex }
    default:
      return UNKNOWN
  }
}

function ofFiles(asked: string, id: string | undefined, page: Page): Route {
  if (id === undefined) return asked === 'GET' ? { kind: 'files', page } : UNKNOWN
  const name = `files/${id}`
  if (asked === 'GET') return { kind: 'file', name }
  if (asked === 'DELETE') return { kind: 'delete file', name }
  return asked === 'GET download' ? { kind: 'download', name } : UNKNOWN
}

function ofJobs(asked: string, id: string | undefined, page: Page): Route {
  if (id === undefined) return asked === 'GET' ? { kind: 'jobs', page } : UNKNOWN
  const name = `batches/${id}`
  if (asked === 'GET') return { kind: 'job', name }
  if (asked === 'DELETE') return { kind: 'delete job', name }
  return asked === 'POST cancel' ? { kind: 'cancel', name } : UNKNOWN
}

function pageOf({ searchParams }: URL): Page {
  const size = Number(searchParams.get('pageSize') ?? 50)
  return {
    pageSize: Number.isInteger(size) && size > 0 ? Math.min(size, 1000) : 50,
    pageToken: searchParams.get('pageToken') ?? '',
  }
}
