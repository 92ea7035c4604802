const STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** A server wants a request to go to another address. */
export class Redirected extends Error {
  /** Without what may be secret: no user, no query. */
  readonly to: string

  constructor({ protocol, host, pathname }: URL) {
    const to = `${protocol}//${host}${pathname}`.slice(0, 200)
    super(`redirected to ${to}`)
    this.to = to
  }
}

/** Where an answer sends its request; undefined for any other answer. */
export function redirectOf(
  { status, headers }: { readonly status: number; readonly headers: { get(name: string): string | null } },
  address: string | URL,
): URL | undefined {
  const to = headers.get('location')
  if (!STATUSES.has(status) || to === null) return undefined
  return URL.parse(to, String(address)) ?? undefined
}

/** The same of an error, or of one of its causes. */
export function redirectedIn(error: unknown): Redirected | undefined {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof Redirected) return at
  return undefined
}
