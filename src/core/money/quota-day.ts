const ZONE = 'America/Los_Angeles'

/** The next midnight in California, when Google resets the daily quotas. */
export function nextPacificMidnight(now: Date): Date {
  const today = dayOf(now)
  const hour = 3_600_000
  // Midnight there is at a full hour of UTC, in summer and in winter; a day has at most 25 hours.
  let at = Math.floor(now.getTime() / hour) * hour
  while (dayOf(new Date(at)) === today) at += hour
  return new Date(at)
}

function dayOf(at: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, dateStyle: 'short' }).format(at)
}
