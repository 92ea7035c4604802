import { homedir, userInfo } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>

/**
 * The folder that holds everything: `LIMN_HOME` if set, else the platform's data folder. Reads only the variables that
 * it is given. Throws an error with a sentence for the user when there is neither.
 */
export async function rootFolder(env: EnvironmentVariables, cwd: string): Promise<string> {
  const named = env.LIMN_HOME?.trim()
  if (named) return resolve(cwd, named)
  const data = dataFolder(env, process.platform)
  if (isAbsolute(data)) return data
  throw new Error(NO_HOME)
}

const NO_HOME =
  'limn does not know where to keep its sessions: this user has no home folder. Set LIMN_HOME to a folder.'

/** The platform's data folder for limn. */
function dataFolder(env: EnvironmentVariables, platform: NodeJS.Platform): string {
  switch (platform) {
    case 'win32':
      return join(env.LOCALAPPDATA || join(userFolder(), 'AppData', 'Local'), 'limn', 'Data')
    case 'darwin':
      return join(userFolder(), 'Library', 'Application Support', 'limn')
    default: {
      // The XDG specification says that a relative path is ignored.
      const named = env.XDG_DATA_HOME ?? ''
      return join(isAbsolute(named) ? named : join(userFolder(), '.local', 'share'), 'limn')
    }
  }
}

/** The user's home folder; empty for a user without one. */
export function userFolder(): string {
  for (const find of [homedir, () => userInfo().homedir]) {
    try {
      const home = find()
      // HOME='' is no folder; the user database may still have one.
      if (isAbsolute(home)) return home
    } catch {
      // Without HOME, both ask the user database, and throw for a user who is not in it.
    }
  }
  return ''
}
