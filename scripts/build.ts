// Bundles src/ and practice/ into dist/. With --if-stale, only when a source is newer than what was built from it.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { PLUGINS } from './plugins.ts'
import { writeTypes } from './types.ts'

const SOURCES = [
  'package.json',
  'package-lock.json',
  'scripts/build.ts',
  'scripts/plugins.ts',
  'scripts/lazy-segmenter.ts',
  'scripts/types.ts',
  'tsconfig.types.json',
  ...filesIn('src'),
  ...filesIn('practice'),
]
const STAMP = 'dist/.built-from'

const fingerprint = fingerprintOf(SOURCES)
const stale = !existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== fingerprint
if (stale || !process.argv.includes('--if-stale')) await bundle()

async function bundle(): Promise<void> {
  rmSync('dist', { recursive: true, force: true })
  await build({
    entryPoints: { cli: 'src/cli.ts', index: 'src/index.ts', 'practice-worker': 'practice/worker.ts' },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    minifySyntax: true,
    sourcemap: 'linked',
    sourcesContent: false,
    // Packages that every session loads are bundled; few sessions need these.
    external: ['terminal-image', 'sixel', 'conf', 'open', 'tinyglobby'],
    define: { 'process.env.NODE_ENV': '"production"', 'Intl.Segmenter': 'LazySegmenter' },
    inject: ['scripts/lazy-segmenter.ts'],
    // Creates the require function only when it is called: few chunks need it.
    banner: {
      js: "import { createRequire as limnRequire } from 'node:module'; const require = (id) => limnRequire(import.meta.url)(id);",
    },
    plugins: [...PLUGINS],
    logLevel: 'warning',
  })
  writeTypes('dist/types')
  writeFileSync(STAMP, fingerprint)
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function fingerprintOf(files: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(file).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}
