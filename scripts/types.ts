// Writes the types of the package into dist/types: those that src/index.ts reaches, and no others.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'

const ROOT = join(import.meta.dirname, '..')

export function writeTypes(to: string): void {
  const all = mkdtempSync(join(tmpdir(), 'limn-types-'))
  try {
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc')
    const made = spawnSync(
      process.execPath,
      [compiler, '-p', join(ROOT, 'tsconfig.types.json'), '--outDir', all],
      {
        encoding: 'utf8',
      },
    )
    if (made.status !== 0) throw new Error(`The types could not be made.\n${made.stdout}${made.stderr}`)
    const files = new Map<string, string>()
    collect(join(all, 'src/index.d.ts'), files)
    for (const [file, text] of files) {
      const target = join(to, relative(join(all, 'src'), file))
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, text)
    }
  } finally {
    rmSync(all, { recursive: true, force: true })
  }
}

/** Collects a file and the files that it imports, and gives each import the extension that a package needs. */
function collect(file: string, files: Map<string, string>): void {
  if (files.has(file)) return
  const text = readFileSync(file, 'utf8')
  files.set(
    file,
    text.replaceAll(/(?<=\b(?:from|import\()\s*')(\.[^']+)\.ts(?=')/g, (_, path: string) => `${path}.js`),
  )
  for (const [, path = ''] of text.matchAll(/\b(?:from|import\()\s*'(\.[^']+)\.ts'/g)) {
    collect(join(dirname(file), `${path}.d.ts`), files)
  }
}
