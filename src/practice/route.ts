/** Where a request goes. `vertex` is the longer address that a project and a location are part of. */
export type Route =
  | { kind: 'generate'; model: string; version: string; vertex: boolean }
  | { kind: 'model'; model: string; version: string; vertex: boolean }
  | { kind: 'models'; pageSize: number; pageToken: string; vertex: boolean }
  | { kind: 'unknown' }

const PATH =
  /^\/(v1beta1|v1beta|v1)(\/projects\/[^/]+\/locations\/[^/]+)?(?:\/publishers\/google)?\/models(?:\/([^/:]+)(:generateContent)?)?$/

export function readRoute(method: string, address: string): Route {
  const url = URL.parse(`http://127.0.0.1${address}`)
  if (!url) return { kind: 'unknown' }
  const { pathname, searchParams } = url
  const [, version = '', project, model, generate] = PATH.exec(pathname.replace(/\/{2,}/g, '/')) ?? []
  const vertex = project !== undefined
  if (version === '') return { kind: 'unknown' }
  if (generate)
    return method === 'POST' && model ? { kind: 'generate', model, version, vertex } : { kind: 'unknown' }
  if (method !== 'GET') return { kind: 'unknown' }
  if (model) return { kind: 'model', model, version, vertex }
  const pageSize = Number(searchParams.get('pageSize') ?? 50)
  return {
    kind: 'models',
    pageSize: Number.isInteger(pageSize) && pageSize > 0 ? Math.min(pageSize, 1000) : 50,
    pageToken: searchParams.get('pageToken') ?? '',
    vertex,
  }
}
