const ZONE = 'America/Los_Angeles'

/** The next midnight in California, when Google begins to count a day's quota anew. */
export function nextPacificMidnight(now: Date): Date {
  const today = dayOf(now)
  const hour = 3_600_000
  // Midnight is at a full hour of UTC there, in summer and in winter; the day has at most 25 of them.
  let at = Math.floor(now.getTime() / hour) * hour
  while (dayOf(new Date(at)) === today) at += hour
  return new Date(at)
}

function dayOf(at: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, dateStyle: 'short' }).format(at)
}
