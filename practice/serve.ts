import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBatchRequest } from './batches/batch-shape.ts'
import { jobResource, listEntry } from './batches/operation.ts'
import { streamed, whole } from './delivery.ts'
import type { Engine } from './engine-state.ts'
import { modelNotFound, overloaded, Refusal, routeNotFound } from './errors.ts'
import { notDownloadable } from './files/file-errors.ts'
import { withFault } from './files/file-state.ts'
import type { File } from './files/file-store.ts'
import { resolveFiles } from './files/resolve.ts'
import type { Step } from './files/upload.ts'
import { generate } from './generate.ts'
import { send } from './http.ts'
import { modelResource, paged } from './model-list.ts'
import { findModel, MODELS, type Model } from './models.ts'
import { parseCount, parseRequest } from './protocol.ts'
import { resourceExhausted, storageFull } from './quotas.ts'
import type { Route } from './route.ts'
import { tokensIn } from './token-count.ts'

/** A request whose body has been read and whose key has been checked. */
type Served<R extends Route = Route> = {
  route: R
  request: IncomingMessage
  body: Buffer
  response: ServerResponse
  engine: Engine
  gone: AbortSignal
}

export function serve(call: Served): void | Promise<void> {
  const { route, request, body, response, engine } = call
  const { files, uploads, batches, nextFault } = engine
  const asShown = (file: File) => withFault(file, nextFault('file')?.name)
  switch (route.kind) {
    case 'unknown':
      throw new Refusal(routeNotFound())
    case 'models':
      return send(response, 200, paged('models', MODELS.map(modelResource), route.page))
    case 'model':
      return send(response, 200, modelResource(modelOf(route)))
    case 'generate':
    case 'stream':
      return generateContent({ ...call, route })
    case 'count':
      return send(response, 200, countTokens({ ...call, route }))
    case 'upload':
      return startUpload({ ...call, route })
    case 'bytes':
      if (nextFault('bytes')) return void response.socket?.destroy()
      return sendStep(response, uploads.receive(route.upload, request, body), asShown)
    case 'files':
      return send(response, 200, paged('files', files.list(), route.page))
    case 'file':
      return send(response, 200, asShown(files.get(route.name)))
    case 'download':
      return send(response, 200, download(files.read(route.name)))
    case 'delete file':
      files.remove(route.name)
      return send(response, 200, {})
    case 'batch':
      return createJob({ ...call, route })
    case 'jobs':
      return send(response, 200, paged('operations', batches.jobs.list().map(listEntry), route.page))
    case 'job':
      return showJob({ ...call, route })
    case 'cancel':
      batches.cancel(route.name)
      return send(response, 200, {})
    case 'delete job':
      batches.jobs.remove(route.name)
      return send(response, 200, {})
  }
}

function modelOf({ model: id, version }: { model: string; version: string }): Model {
  const model = findModel(id)
  if (!model) throw new Refusal(modelNotFound(id, version))
  return model
}

function generateContent(call: Served<Route & { kind: 'generate' | 'stream' }>): Promise<void> {
  const { route, body, response, engine, gone } = call
  const model = modelOf(route)
  const { countRepeat, files, nextFault } = engine
  const answer =
    route.kind === 'stream' ? streamed(response, route.sse, nextFault('stream')?.name) : whole(response)
  return generate(answer, nextFault('generate'), gone, () => {
    const request = parseRequest(body.toString('utf8'), route.vertex)
    const read = resolveFiles(request, files, () => nextFault('file')?.name)
    return { request: read, model, version: route.version, repeat: countRepeat(read) }
  })
}

function countTokens({ route, body, engine }: Served<Route & { kind: 'count' }>): object {
  const request = parseCount(body.toString('utf8'))
  return tokensIn(
    resolveFiles(request, engine.files, () => undefined),
    modelOf(route),
  )
}

function startUpload({ route, request, body, response, engine }: Served<Route & { kind: 'upload' }>): void {
  switch (engine.nextFault('start')?.name) {
    case 'upload-503':
      throw new Refusal(overloaded())
    case 'storage-full':
      throw new Refusal(storageFull())
    case undefined:
      send(response, 200, {}, engine.uploads.start(request, body, route.version))
  }
}

function sendStep(response: ServerResponse, step: Step, asShown: (file: File) => File): void {
  const body = step.status === 'final' ? { file: asShown(step.file) } : {}
  const received = step.status === 'active' && { 'x-goog-upload-size-received': String(step.received) }
  send(response, 200, body, { 'x-goog-upload-status': step.status, ...received })
}

function download({ file, bytes }: { file: File; bytes: Buffer }): Buffer {
  if (file.source !== 'GENERATED') throw new Refusal(notDownloadable())
  return bytes
}

function createJob({ route, body, response, engine }: Served<Route & { kind: 'batch' }>): void {
  const model = modelOf(route)
  const request = readBatchRequest(body.toString('utf8'))
  const fault = engine.nextFault('batch')?.name
  if (fault === 'batch-429') throw new Refusal(resourceExhausted())
  const { batches } = engine
  send(response, 200, jobResource(batches.jobs, batches.create(request, model, fault)))
}

async function showJob({ route, response, engine }: Served<Route & { kind: 'job' }>): Promise<void> {
  const { batches, nextFault } = engine
  batches.jobs.get(route.name)
  switch (nextFault('look')?.name) {
    case 'batch-503':
      throw new Refusal(overloaded())
    case 'batch-pending':
      return send(response, 200, jobResource(batches.jobs, batches.jobs.get(route.name), 'PENDING'))
    case 'batch-running':
      return send(response, 200, jobResource(batches.jobs, batches.jobs.get(route.name), 'RUNNING'))
    case undefined:
      return send(response, 200, jobResource(batches.jobs, await batches.waitFor(route.name)))
  }
}
