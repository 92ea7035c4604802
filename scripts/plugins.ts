// Changes that the bundle makes to libraries, so that the first frame and keys come sooner.
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Plugin } from 'esbuild'

/** Ink loads React's devtools only when DEV=true; they are not among its dependencies. */
const inkWithoutDevtools: Plugin = {
  name: 'ink-without-devtools',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: 'nothing' }))
    onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: 'export default {}' }))
  },
}

/**
 * Yoga decodes its wasm with fetch('data:...'), which loads Node's HTTP client and delays the first frame by 30 ms.
 * Without fetch it decodes byte by byte, which takes 4 ms.
 */
const yogaWithoutFetch: Plugin = {
  name: 'yoga-without-fetch',
  setup({ onLoad }) {
    onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, ({ path }) => {
      const theirs =
        'var b=xa(a.slice(37)),c=new Uint8Array(b.length);for(a=0;a<b.length;++a)c[a]=b.charCodeAt(a);var d=c'
      const ours = "var d=Buffer.from(a.slice(37),'base64')"
      const contents = replaced(readFileSync(path, 'utf8'), theirs, ours)
      return { contents: `const fetch = undefined;\n${contents}`, loader: 'js' }
    })
  },
}

/** Every emoji has at least one of these. */
export const EMOJI_SIGN = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]|\u20e3/u

/**
 * Latin letters, arrows and our own signs are one column wide. The pattern of all emoji takes 25 ms to compile and as
 * long for its first match, so it is created for the first text that may have an emoji.
 */
const stringWidthOfPlainText: Plugin = {
  name: 'string-width-of-plain-text',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules[\\/]string-width[\\/]index\.js$/ }, ({ path }) => {
      const plain = String.raw`/^[ -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2039\u203a\u2190-\u2193]*$/`
      const contents = [
        [String.raw`/^[\u0020-\u007E]*$/`, plain],
        [
          'const rgiEmojiRegex = ',
          `const emojiSign = ${EMOJI_SIGN};\nlet rgiEmoji;\nconst rgiEmojiRegex = () => rgiEmoji ??= `,
        ],
        ['rgiEmojiRegex.test(segment)', '(emojiSign.test(segment) && rgiEmojiRegex().test(segment))'],
      ].reduce(
        (source, [theirs = '', ours = '']) => replaced(source, theirs, ours),
        readFileSync(path, 'utf8'),
      )
      return { contents, loader: 'js' }
    })
  },
}

const whereSharpIs = "createRequire(limnRequire(import.meta.url).resolve('sharp'))"
/** For each file, pairs of a text in the library and its replacement in the bundle. */
const SHARP: Readonly<Record<string, readonly (readonly [theirs: string, ours: string])[]>> = {
  'sharp.mjs': [['createRequire(import.meta.url)', whereSharpIs]],
  'utility.mjs': [['createRequire(import.meta.url)', whereSharpIs]],
  'colour.mjs': [
    ["import color from '@img/colour'", "const color = (value) => require('@img/colour')(value)"],
  ],
  'libvips.mjs': [
    [
      "import { spawnSync } from 'node:child_process'",
      "const spawnSync = (...given) => require('node:child_process').spawnSync(...given)",
    ],
    [
      "import { createHash } from 'node:crypto'",
      "const createHash = (name) => require('node:crypto').createHash(name)",
    ],
    ["import semver from 'semver'", ''],
    [
      'semver.coerce(minimumLibvipsVersionLabelled).version',
      "minimumLibvipsVersionLabelled.replace('>=', '')",
    ],
    ['semver.', "require('semver')."],
  ],
  'detect-libc.js': [
    ["const childProcess = require('child_process');", ''],
    ['childProcess.', "require('child_process')."],
  ],
}

/**
 * sharp's own JavaScript has some thirty files, whose lookups took 20 ms of every start that shows a picture, so it is
 * bundled. Its native part stays a package, resolved from where sharp is installed; both must have the same version, so
 * package.json names it exactly. Modules that sharp needs only during installation, after a failure to load, or for a
 * named colour are loaded on demand: child processes and cryptography (half of Node), semver, and a table of colours.
 */
const sharpFromItsPlace: Plugin = {
  name: 'sharp-from-its-place',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^@img\/sharp/ }, ({ path }) => ({ path, external: true }))
    onLoad({ filter: /node_modules[\\/](?:sharp[\\/]dist|detect-libc[\\/]lib)[\\/][^\\/]+$/ }, ({ path }) => {
      const changes = SHARP[basename(path)]
      if (!changes) return undefined
      const contents = changes.reduce(
        (source, [theirs, ours]) => replaced(source, theirs, ours),
        readFileSync(path, 'utf8'),
      )
      return { contents, loader: 'js' }
    })
  },
}

/**
 * The SDK is bundled too: loaded from its package with everything it imports, it blocked the keys for 50 ms; bundled,
 * for 10 ms. The library that signs in to Vertex AI stays a package, resolved from where the SDK is installed and
 * loaded with the first client for Vertex AI. Sockets are for the Live API, which limn does not use.
 */
const genaiForImages: Plugin = {
  name: 'genai-for-images',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^(?:google-auth-library|ws)$/ }, ({ path, importer }) =>
      /node_modules[\\/]@google[\\/]genai[\\/]/.test(importer) ? { path, namespace: 'not-yet' } : undefined,
    )
    onLoad({ filter: /^google-auth-library$/, namespace: 'not-yet' }, () => ({
      contents: `
        export class GoogleAuth {
          constructor(options) {
            const sdk = limnRequire(limnRequire(import.meta.url).resolve('@google/genai'))
            return new (sdk('google-auth-library').GoogleAuth)(options)
          }
        }`,
    }))
    onLoad({ filter: /^ws$/, namespace: 'not-yet' }, () => ({
      contents: 'export const WebSocket = undefined',
    }))
  },
}

/** Throws if the library's text has changed, so that the build fails instead of limn becoming slow. */
function replaced(source: string, theirs: string, ours: string): string {
  if (!source.includes(theirs)) throw new Error(`A library has changed: it no longer contains ${theirs}.`)
  return source.replaceAll(theirs, () => ours)
}

export const PLUGINS: readonly Plugin[] = [
  inkWithoutDevtools,
  yogaWithoutFetch,
  stringWidthOfPlainText,
  sharpFromItsPlace,
  genaiForImages,
]
