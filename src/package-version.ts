import { readFileSync } from 'node:fs'

/** The version of limn, from its package: from `src` and from `dist` that is in the folder above. */
export function packageVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return /"version": "([^"]+)"/.exec(text)?.[1] ?? '0'
}
