/** Where limn was started, as the entry point read it. */
export type Place = {
  /** The working folder. */
  readonly folder: string
  readonly home: string
  /** The folder with all sessions, the settings and the key. */
  readonly root: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: string
  /** The name of this machine when the user is at another one (ssh). */
  readonly remote: string | null
  readonly version: string
}
