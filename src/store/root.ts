import { homedir, userInfo } from 'node:os'
import { isAbsolute, resolve } from 'node:path'

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>

/**
 * The one folder that everything is under: `LIMN_HOME` if set, else the platform's data folder.
 * Throws a sentence for the user when there is neither.
 */
export async function rootFolder(env: EnvironmentVariables, cwd: string): Promise<string> {
  const named = env.LIMN_HOME?.trim()
  if (named) return resolve(cwd, named)
  if (!hasHome()) throw new Error(NO_HOME)
  // env-paths asks for the home folder while it loads, and would end the process where there is none.
  const { default: envPaths } = await import('env-paths')
  const { data } = envPaths('limn', { suffix: '' })
  if (isAbsolute(data)) return data
  // HOME='' makes every path relative; the system may still know where the user lives.
  const home = userInfo().homedir
  if (!isAbsolute(home)) throw new Error(NO_HOME)
  return resolve(home, data)
}

const NO_HOME =
  'limn does not know where to keep its sessions: this user has no home folder. Set LIMN_HOME to a folder.'

/** Without HOME the user database is asked, and throws for a user who is not in it. */
function hasHome(): boolean {
  try {
    return typeof homedir() === 'string'
  } catch {
    return false
  }
}
