import type { FaultName } from './faults.ts'
import type { Behaviour } from './faulty/behaviour.ts'
import { NO_IMAGE } from './faulty/no-image.ts'
import { ODD } from './faulty/odd.ts'
import { REFUSALS } from './faulty/refused.ts'

/** The behaviour for each fault of generateContent. */
export const BEHAVIOUR: Record<FaultName, Behaviour> = {
  ...REFUSALS,
  reset: { kind: 'break', how: 'reset' },
  cut: { kind: 'break', how: 'cut' },
  stall: { kind: 'break', how: 'stall' },
  hang: { kind: 'break', how: 'hang' },
  slow: { kind: 'late' },
  ...NO_IMAGE,
  ...ODD,
}
