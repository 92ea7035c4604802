import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { cp, mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { environmentOf, LIMN, NODE, newHome } from './e2e/driver.ts'

const FOLDER = resolve('examples')
const SCRIPTS = readdirSync(FOLDER).filter((name) => name.endsWith('.limn'))
const README = readFileSync(join(FOLDER, 'README.md'), 'utf8')

/** Runs an example as its README says, and returns the paths that it prints. Throws with its output if it fails. */
async function plays(script: string): Promise<readonly string[]> {
  const home = await newHome()
  await mkdir(join(home.cwd, 'examples'))
  await cp(join(FOLDER, 'pictures'), join(home.cwd, 'examples/pictures'), { recursive: true })
  const args = [LIMN, 'run', join(FOLDER, script), '--practice']
  const { stdout } = await promisify(execFile)(NODE, args, { cwd: home.cwd, env: environmentOf(home) })
  return stdout.trimEnd().split('\n')
}

async function sizesOf(script: string): Promise<readonly string[]> {
  const images = (await plays(script)).map((path) => sharp(path).metadata())
  return (await Promise.all(images)).map(({ width, height }) => `${width}×${height}`)
}

/** The images that each script makes with the practice engine, in order, in pixels. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  'aspect-ratios.limn': ['1024×1024', '1584×672', '768×1376', '928×1152', '928×1152'],
  'many-at-once.limn': Array(7).fill('1024×1024'),
  'edit-a-file.limn': ['1024×1024', '1024×1024', '1024×1024'],
  'several-images.limn': Array(4).fill('1024×1024'),
  'high-resolution.limn': ['1264×848', '2528×1696', '5056×3392'],
}

describe('the examples', () => {
  test.each(SCRIPTS)('%s runs without failure, and is in the list', async (script) => {
    expect(README).toContain(`[${script}](${script})`)
    const sizes = await sizesOf(script)
    expect(sizes).toEqual(SHOWN[script] ?? expect.arrayContaining([expect.stringMatching(/^\d+×\d+$/)]))
  })
})
