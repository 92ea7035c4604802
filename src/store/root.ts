import { homedir, userInfo } from 'node:os'
import { isAbsolute, resolve } from 'node:path'

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>

/**
 * The folder that holds everything: `LIMN_HOME` if set, else the platform's data folder.
 * Throws an error with a sentence for the user when there is neither.
 */
export async function rootFolder(env: EnvironmentVariables, cwd: string): Promise<string> {
  const named = env.LIMN_HOME?.trim()
  if (named) return resolve(cwd, named)
  if (!hasHome()) throw new Error(NO_HOME)
  // env-paths reads the home folder while it loads, and would end the process when there is none.
  const { default: envPaths } = await import('env-paths')
  const { data } = envPaths('limn', { suffix: '' })
  if (isAbsolute(data)) return data
  // HOME='' makes every path relative; the user database may still have the home folder.
  const home = userInfo().homedir
  if (!isAbsolute(home)) throw new Error(NO_HOME)
  return resolve(home, data)
}

const NO_HOME =
  'limn does not know where to keep its sessions: this user has no home folder. Set LIMN_HOME to a folder.'

/** Without HOME, homedir() asks the user database, and throws for a user who is not in it. */
function hasHome(): boolean {
  try {
    return typeof homedir() === 'string'
  } catch {
    return false
  }
}
