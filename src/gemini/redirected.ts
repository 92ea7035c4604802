const STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** A server redirected a request to another address. */
export class Redirected extends Error {
  /** The target without user and query, which may be secret. */
  readonly to: string

  constructor({ protocol, host, pathname }: URL) {
    const to = `${protocol}//${host}${pathname}`.slice(0, 200)
    super(`redirected to ${to}`)
    this.to = to
  }
}

/** The target of a redirect; undefined for any other response. */
export function redirectOf(
  { status, headers }: { readonly status: number; readonly headers: { get(name: string): string | null } },
  address: string | URL,
): URL | undefined {
  const to = headers.get('location')
  if (!STATUSES.has(status) || to === null) return undefined
  return URL.parse(to, String(address)) ?? undefined
}

/** The redirect that is this error or one of its causes. */
export function redirectedIn(error: unknown): Redirected | undefined {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof Redirected) return at
  return undefined
}
