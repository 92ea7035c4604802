import type { GenerateContentConfig } from '@google/genai'
import type { Plan } from '../core/request/plan.ts'

/** The whole config of a plan's request: the SDK does not merge configs. */
export function configOf({ fields }: Plan): GenerateContentConfig {
  return {
    responseModalities: ['TEXT', 'IMAGE'],
    // Only the user decides on a second request.
    automaticContinuation: false,
    // The settings hold the API's own values, which the SDK's enums have too.
    ...(fields as GenerateContentConfig),
  }
}
