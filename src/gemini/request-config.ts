import type { GenerateContentConfig } from '@google/genai'
import type { Plan } from '../core/request/plan.ts'

/** The config of a plan's request. The SDK merges no configs, so this is all of it, every time. */
export function configOf({ fields }: Plan): GenerateContentConfig {
  return {
    responseModalities: ['TEXT', 'IMAGE'],
    // A second request is the user's to decide on.
    automaticContinuation: false,
    // The settings say what they are in a request, in the API's own words; the SDK's enums are these words.
    ...(fields as GenerateContentConfig),
  }
}
