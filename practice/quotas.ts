import { type ErrorBody, TYPE } from './errors.ts'

/** The forms of 429 that were observed. */

const CURRENT_QUOTA =
  'You exceeded your current quota, please check your plan and billing details. For more information on this ' +
  'error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.'

/** With `none` and `noBilling` (the free tier) the limit is 0, and waiting does not help. */
export function quota(
  model: string,
  kind: 'minute' | 'day' | 'none' | 'noBilling',
  retryDelay: string,
): ErrorBody {
  const free = kind === 'noBilling'
  const metric = `generativelanguage.googleapis.com/generate_content_${free ? 'free' : 'paid'}_tier_requests`
  const per = kind === 'minute' ? 'PerMinute' : 'PerDay'
  const limit = kind === 'minute' ? 10 : kind === 'day' ? 250 : 0
  const violation = {
    quotaMetric: metric,
    quotaId: `GenerateRequests${per}PerProjectPerModel${free ? '-FreeTier' : ''}`,
    quotaDimensions: { location: 'global', model },
    quotaValue: String(limit),
  }
  const exceeded = `* Quota exceeded for metric: ${metric}, limit: ${limit}, model: ${model}`
  const message = `${CURRENT_QUOTA}\n${exceeded}\nPlease retry in ${retryDelay}.`
  return exhausted(message, [violation], { '@type': `${TYPE}RetryInfo`, retryDelay })
}

function exhausted(message: string, violations: readonly object[], ...more: readonly object[]): ErrorBody {
  const help = {
    description: 'Learn more about Gemini API quotas',
    url: 'https://ai.google.dev/gemini-api/docs/rate-limits',
  }
  const details = [
    { '@type': `${TYPE}QuotaFailure`, violations },
    { '@type': `${TYPE}Help`, links: [help] },
    ...more,
  ]
  return { error: { code: 429, message, status: 'RESOURCE_EXHAUSTED', details } }
}

/** As observed when 20 GB were full. There is no RetryInfo: only deleting files helps, or waiting two days. */
export function storageFull(): ErrorBody {
  const metric = 'generativelanguage.googleapis.com/file_storage_bytes'
  const quotaValue = String(20 * 1024 ** 3)
  const violation = { quotaMetric: metric, quotaId: 'FileStorageBytesPerProject', quotaValue }
  const lines = [CURRENT_QUOTA, `* Quota exceeded for metric: ${metric}, limit: ${quotaValue}`]
  return exhausted(lines.join('\n'), [violation])
}

/** The short refusal without details, as observed. */
export function resourceExhausted(): ErrorBody {
  const message = 'Resource has been exhausted (e.g. check quota).'
  return { error: { code: 429, message, status: 'RESOURCE_EXHAUSTED' } }
}

/** Recorded on the live service: no metric, no Help, and a fractional delay. */
export function shortQuota(retryDelay: string): ErrorBody {
  const violation = { quotaId: 'GenerateRequestsPerMinutePerProjectPerModel' }
  const details = [
    { '@type': `${TYPE}QuotaFailure`, violations: [violation] },
    { '@type': `${TYPE}RetryInfo`, retryDelay },
  ]
  return { error: { code: 429, message: CURRENT_QUOTA, status: 'RESOURCE_EXHAUSTED', details } }
}

export function spendCap(): ErrorBody {
  const message =
    'Your project has exceeded its monthly spending cap. Please go to AI Studio at https://ai.studio/spend ' +
    'to manage your project spend cap.'
  return { error: { code: 429, message, status: 'RESOURCE_EXHAUSTED' } }
}

export function noCredit(): ErrorBody {
  const message =
    'Your prepayment credits are depleted. Please go to AI Studio at https://ai.studio/projects ' +
    'to manage your project and billing.'
  return { error: { code: 429, message, status: 'RESOURCE_EXHAUSTED' } }
}
