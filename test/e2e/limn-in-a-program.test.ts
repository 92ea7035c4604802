import { execFile } from 'node:child_process'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { temporaryHome } from '../store/temporary-home.ts'
import { NODE } from './driver.ts'

const run = promisify(execFile)
const ROOT = join(import.meta.dirname, '../..')

/**
 * A folder where the packed package is installed: with what it declares that it needs, and nothing else, taken from here
 * so that no network is needed.
 */
async function install(): Promise<string> {
  const folder = await temporaryHome()
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: ROOT,
  })
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }]
  const modules = join(folder, 'node_modules')
  await mkdir(join(modules, 'limn'), { recursive: true })
  await run('tar', ['-xzf', join(folder, filename), '-C', join(modules, 'limn'), '--strip-components=1'])
  const { dependencies } = JSON.parse(await readFile(join(modules, 'limn/package.json'), 'utf8'))
  for (const name of Object.keys(dependencies)) {
    await mkdir(dirname(join(modules, name)), { recursive: true })
    await symlink(join(ROOT, 'node_modules', name), join(modules, name))
  }
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  return folder
}

/** A program of the user's, in an environment that says nothing of limn. */
async function program(
  app: string,
  name: string,
  text: string,
  ...flags: readonly string[]
): Promise<string> {
  await writeFile(join(app, name), text)
  const { stdout, stderr } = await run(NODE, [...flags, name], { cwd: app, env: { HOME: app, PATH: '' } })
  expect(stderr).toBe('')
  return stdout
}

test('the package that is packed is a library: its page, its modules, its types', async () => {
  const app = await install()
  const page = await readFile(join(ROOT, 'docs/library.md'), 'utf8')
  const [, example = ''] = /```js\n(.*?)```/s.exec(page) ?? []

  const watch = join(app, 'watch.mjs')
  await writeFile(
    watch,
    `import { appendFileSync } from 'node:fs'
    import { registerHooks } from 'node:module'
    registerHooks({ resolve(specifier, context, next) {
      const found = next(specifier, context)
      if (found.url.startsWith('file:')) appendFileSync('modules.log', found.url + '\\n')
      return found
    } })`,
  )
  const told = await program(app, 'example.mjs', example, '--import', watch)
  const rows = told.trimEnd().split('\n')
  expect(rows.slice(0, 2)).toEqual([
    expect.stringMatching(/^v1: \d+×\d+ \/.*limn-home\/sessions\/.*\/images\/v1\./),
    expect.stringMatching(/^v2: \d+×\d+ \//),
  ])
  expect(rows.slice(2)).toEqual([
    expect.stringContaining('darker'),
    join(app, 'fox-at-night.png'),
    'ends with 0',
  ])

  const loaded = await packagesOf((await readFile(join(app, 'modules.log'), 'utf8')).trimEnd().split('\n'))
  expect(loaded.has('node_modules/sharp')).toBe(true)
  expect(
    [...loaded].filter((name) =>
      /^node_modules\/(?:ink|react|react-reconciler|yoga-layout)$|^src\/ui$/.test(name),
    ),
  ).toEqual([])

  const light = await program(
    app,
    'light.mjs',
    `import 'limn'; console.log(process.listenerCount('uncaughtException'))`,
  )
  expect(light).toBe('0\n')
})

test('its types say what is there, without a check of libraries left out', async () => {
  const app = await install()
  await writeFile(
    join(app, 'program.ts'),
    `import { type DrawResult, type LimnEvent, listSessions, openSession } from 'limn'
    export async function draw(words: string): Promise<string> {
      await using session = await openSession({ engine: { url: 'http://127.0.0.1:9' }, apiKey: process.env.KEY })
      const drawn: DrawResult = await session.draw(words, { size: '2K', references: ['a.png', 3] })
      // @ts-expect-error: there is no such option
      await session.draw(words, { colour: 'red' })
      for await (const event of session.send('/log')) told(event)
      if (drawn.kind === 'done') return drawn.versions.map(({ path }) => path).join()
      return \`\${(await listSessions())[0]?.id} \${drawn.reason} \${drawn.text}\`
    }
    function told(event: LimnEvent): string {
      return event.type === 'result' ? String(event.total_cost_usd) : event.type
    }`,
  )
  const config = {
    compilerOptions: {
      ...{ module: 'nodenext', target: 'esnext', strict: true, noEmit: true, skipLibCheck: false },
      ...{
        exactOptionalPropertyTypes: true,
        types: ['node'],
        typeRoots: [join(ROOT, 'node_modules/@types')],
      },
    },
    files: ['program.ts'],
  }
  await writeFile(join(app, 'tsconfig.json'), JSON.stringify(config))
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc')
  const made = await run(NODE, [compiler, '-p', '.'], { cwd: app }).catch((error) => error)
  expect(made.stdout).toBe('')
})

/** A chunk of the bundle holds the packages, and the rooms of ours, that its source map names. */
async function packagesOf(urls: readonly string[]): Promise<ReadonlySet<string>> {
  const names = new Set<string>()
  for (const url of new Set(urls)) {
    const file = fileURLToPath(url)
    const map = await readFile(`${file}.map`, 'utf8').catch(() => '{"sources":[]}')
    const sources: readonly string[] = JSON.parse(map).sources
    for (const path of [file, ...sources.map((source) => resolve(dirname(file), source))]) {
      const [, name] = /.*(node_modules\/(?:@[^/]+\/)?[^/]+|\/src\/[^/]+)\//.exec(path) ?? []
      if (name !== undefined) names.add(name.replace(/^\//, ''))
    }
  }
  return names
}
