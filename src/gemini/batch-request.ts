import type { Part } from '@google/genai'
import { type JobRow, promptOfRow } from '../core/batch/job.ts'
import type { PlanPart } from '../core/request/plan.ts'
import { planOf } from '../core/request/request.ts'
import { emptySession } from '../core/session/session.ts'
import type { RemoteFile } from './chat.ts'
import { configOf } from './request-config.ts'

/**
 * A row as a line of the file of requests, which is the request of the REST API: what the SDK calls a config is in
 * several places there. `uploaded` gives the file at the server for one of the job's.
 */
export function requestLine(row: JobRow, uploaded: (file: string) => RemoteFile): string {
  const prompt = promptOfRow({ id: '', engine: '' }, row, '')
  const plan = planOf(emptySession('', row.settings), prompt, new Map())
  const {
    automaticContinuation: _,
    systemInstruction,
    tools,
    safetySettings,
    ...generationConfig
  } = configOf(plan)
  const request = {
    contents: [{ role: 'user', parts: plan.message.map((part) => partOf(part, uploaded)) }],
    generationConfig,
    ...(typeof systemInstruction === 'string'
      ? { systemInstruction: { parts: [{ text: systemInstruction }] } }
      : {}),
    ...(tools === undefined ? {} : { tools }),
    ...(safetySettings === undefined ? {} : { safetySettings }),
  }
  return JSON.stringify({ key: row.name, request })
}

function partOf(part: PlanPart, uploaded: (file: string) => RemoteFile): Part {
  if (part.kind === 'text') return { text: part.text }
  const { uri, mime } = uploaded(part.file)
  return { fileData: { fileUri: uri, mimeType: mime } }
}
