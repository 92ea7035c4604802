import type { Part } from '@google/genai'
import { type JobRow, promptOfRow } from '../core/batch/job.ts'
import type { PlanPart } from '../core/request/plan.ts'
import { planOf } from '../core/request/request.ts'
import { emptySession } from '../core/session/session.ts'
import type { RemoteFile } from './chat.ts'
import { configOf } from './request-config.ts'

/**
 * A row as a line of the request file. The line is a request of the REST API, which splits the SDK's config over
 * several fields. `uploaded` gives the server's file for a file of the job.
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
