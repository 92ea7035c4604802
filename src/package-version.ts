import { readFileSync } from 'node:fs'

/** limn's version, from its package.json, which is one folder above both `src` and `dist`. */
export function packageVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return /"version": "([^"]+)"/.exec(text)?.[1] ?? '0'
}
