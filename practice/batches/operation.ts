import type { BatchItem } from './batch-shape.ts'
import { isOver, type Job, type Jobs, type Result, type State } from './job-store.ts'

const TYPE = 'type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatch'

/** A job with its results, as `batches.get` returns it; `as` overrides its state. */
export function jobResource(jobs: Jobs, job: Job, as: State = job.state): object {
  return shown(job, as, as === 'SUCCEEDED' ? outputOf(jobs, job) : undefined)
}

/** A job in a list: it names the file of results, but does not include results. */
export function listEntry(job: Job): object {
  const { state, outputFile } = job
  return shown(job, state, outputFile === undefined ? undefined : { responsesFile: outputFile })
}

/** A long-running operation with the job as its metadata. Counts are strings, and a count of 0 is left out. */
function shown(job: Job, as: State, output: object | undefined): object {
  const { name, model, displayName, inputFile, createTime, updateTime, endTime } = job
  const over = as === job.state && isOver(job)
  return {
    name,
    metadata: {
      '@type': TYPE,
      model: `models/${model}`,
      displayName,
      ...(inputFile !== undefined && { inputConfig: { fileName: inputFile } }),
      ...(output && { output }),
      createTime,
      ...(over && { endTime }),
      updateTime,
      batchStats: statsOf(as === 'PENDING' ? { ...job, done: 0, failed: 0 } : job),
      state: `BATCH_STATE_${as}`,
      name,
    },
    ...(over && { done: true }),
    ...(over && as !== 'SUCCEEDED' && { error: errorOf(as) }),
    ...(output && { response: { '@type': `${TYPE}Output`, ...output } }),
  }
}

function statsOf({ count, done, failed }: Job): object {
  const counts = {
    requestCount: count,
    successfulRequestCount: done - failed,
    failedRequestCount: failed,
    pendingRequestCount: count - done,
  }
  return Object.fromEntries(
    Object.entries(counts).flatMap(([name, value]) => (value > 0 ? [[name, String(value)]] : [])),
  )
}

function outputOf(jobs: Jobs, job: Job): object {
  if (job.outputFile !== undefined) return { responsesFile: job.outputFile }
  const inlinedResponses = jobs.items(job).map((item, i) => inlined(item, jobs.result(job, i), job))
  return { inlinedResponses: { inlinedResponses } }
}

function inlined({ metadata }: BatchItem, result: Result | undefined, { fate }: Job): object {
  return { ...result, ...(metadata && fate !== 'batch-no-keys' && { metadata }) }
}

/** The lines of a result file, in the order of the requests. */
export function resultLines(jobs: Jobs, job: Job): Buffer {
  const lines = jobs.items(job).map(({ key, metadata }, i) => {
    const named = job.fate === 'batch-no-keys' ? {} : { key, metadata }
    return JSON.stringify({ ...named, ...jobs.result(job, i) })
  })
  return Buffer.from(`${lines.join('\n')}\n`)
}

function errorOf(state: State): object {
  switch (state) {
    case 'CANCELLED':
      return { code: 1, message: 'The operation was cancelled.' }
    case 'EXPIRED':
      return { code: 4, message: 'The batch job was not finished within 48 hours.' }
    case 'FAILED':
    case 'PENDING':
    case 'RUNNING':
    case 'SUCCEEDED':
      return { code: 13, message: 'The batch job failed.' }
  }
}
