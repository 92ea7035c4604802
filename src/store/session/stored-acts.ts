import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { NewFile } from '../../core/event.ts'
import type { FactOf } from '../../core/session/session.ts'
import { isInside } from '../files.ts'

/**
 * What a tool has made, as its line will tell: on the disk before its images. If limn is killed before the line is
 * there, this says what they are, so that they are not taken for an answer.
 */
export function actFile(fact: FactOf<'derived'>): NewFile {
  return { name: actName(fact.act.id), bytes: Buffer.from(`${JSON.stringify(fact, null, 2)}\n`) }
}

export function actName(id: string): string {
  return `acts/${id}.json`
}

/** Undefined for what is no act that this limn can read. */
export async function readAct(folder: string, name: string): Promise<FactOf<'derived'> | undefined> {
  if (!isInside(name)) return undefined
  const json = await readFile(join(folder, name), 'utf8').catch(() => undefined)
  if (json === undefined) return undefined
  const { readLine } = await import('./read-line.ts')
  const line = readLine(json)
  return line.kind === 'fact' && line.fact.type === 'derived' ? line.fact : undefined
}
