import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { NewFile } from '../../core/event.ts'
import type { FactOf } from '../../core/session/fact.ts'
import { isInside } from '../files.ts'

/**
 * A file with the fact of what a tool has made. It is on disk before the images, so that they are not taken for an
 * answer if limn is killed before the fact's line is written.
 */
export function actFile(fact: FactOf<'derived'>): NewFile {
  return { name: actName(fact.act.id), bytes: Buffer.from(`${JSON.stringify(fact, null, 2)}\n`) }
}

export function actName(id: string): string {
  return `acts/${id}.json`
}

/** Undefined when this limn cannot read it as an act. */
export async function readAct(folder: string, name: string): Promise<FactOf<'derived'> | undefined> {
  if (!isInside(name)) return undefined
  const json = await readFile(join(folder, name), 'utf8').catch(() => undefined)
  if (json === undefined) return undefined
  const { readLine } = await import('./read-fact.ts')
  const line = readLine(json)
  return line.kind === 'fact' && line.fact.type === 'derived' ? line.fact : undefined
}
