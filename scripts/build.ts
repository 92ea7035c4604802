// Bundles src/ into dist/. With --if-stale, only when a source is newer than what was built from it.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Plugin } from 'esbuild'

/** Ink loads React's devtools only when DEV=true; they are not among its dependencies. */
const inkWithoutDevtools: Plugin = {
  name: 'ink-without-devtools',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: 'nothing' }))
    onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: 'export default {}' }))
  },
}

/** Yoga decodes its wasm with fetch('data:...'), which loads Node's whole HTTP client: 30 ms before the first frame. */
const yogaWithoutFetch: Plugin = {
  name: 'yoga-without-fetch',
  setup({ onLoad }) {
    onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, ({ path }) => ({
      contents: `const fetch = undefined;\n${readFileSync(path, 'utf8')}`,
      loader: 'js',
    }))
  },
}

/** The first test of an emoji pattern costs 20 ms; Latin letters, arrows and our own signs are one column each. */
const stringWidthOfPlainText: Plugin = {
  name: 'string-width-of-plain-text',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules[\\/]string-width[\\/]index\.js$/ }, ({ path }) => {
      const ascii = String.raw`/^[\u0020-\u007E]*$/`
      const source = readFileSync(path, 'utf8')
      if (!source.includes(ascii))
        throw new Error('string-width has changed: its fast path is not where it was')
      const plain = String.raw`/^[ -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2039\u203a\u2190-\u2193]*$/`
      return { contents: source.replace(ascii, () => plain), loader: 'js' }
    })
  },
}

/**
 * sharp's own JavaScript is some thirty files that are looked up one by one, 20 ms of every start that shows a picture:
 * it is bundled. Its native part stays a package, found from where sharp is installed; the two must be of one version,
 * so package.json names it exactly.
 */
const sharpFromItsPlace: Plugin = {
  name: 'sharp-from-its-place',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^@img\/sharp/ }, ({ path }) => ({ path, external: true }))
    onLoad({ filter: /node_modules[\\/]sharp[\\/]dist[\\/](?:sharp|utility)\.mjs$/ }, ({ path }) => {
      const own = 'createRequire(import.meta.url)'
      const source = readFileSync(path, 'utf8')
      if (!source.includes(own)) throw new Error('sharp has changed: it finds its native part in another way')
      return {
        contents: source.replaceAll(own, "createRequire(limnRequire(import.meta.url).resolve('sharp'))"),
        loader: 'js',
      }
    })
  },
}

const SOURCES = [
  'package.json',
  'package-lock.json',
  'scripts/build.ts',
  'scripts/lazy-segmenter.js',
  ...filesIn('src'),
]
const STAMP = 'dist/.built-from'

const fingerprint = fingerprintOf(SOURCES)
const stale = !existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== fingerprint
if (stale || !process.argv.includes('--if-stale')) await bundle()

async function bundle(): Promise<void> {
  rmSync('dist', { recursive: true, force: true })
  await build({
    entryPoints: { cli: 'src/cli.ts', 'practice-worker': 'src/practice/worker.ts' },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    minifySyntax: true,
    sourcemap: 'linked',
    sourcesContent: false,
    // Ink's graph is what the first frame waits for, so it is bundled; the others load while the user reads.
    external: ['@google/genai', 'terminal-image', 'sixel', 'conf', 'open', 'tinyglobby', 'env-paths'],
    define: { 'process.env.NODE_ENV': '"production"', 'Intl.Segmenter': 'LazySegmenter' },
    inject: ['scripts/lazy-segmenter.js'],
    banner: {
      js: "import { createRequire as limnRequire } from 'node:module'; const require = limnRequire(import.meta.url);",
    },
    plugins: [inkWithoutDevtools, yogaWithoutFetch, stringWidthOfPlainText, sharpFromItsPlace],
    logLevel: 'warning',
  })
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
