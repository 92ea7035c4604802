import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { replay } from '../../../src/core/session/apply.ts'
import { emptySession } from '../../../src/core/session/session.ts'
import { readJournal } from '../../../src/store/session/journal.ts'
import { readAnswer } from '../../../src/store/session/stored-answers.ts'
import { temporaryHome } from '../temporary-home.ts'
import { settings } from './session-facts.ts'

const page = await readFile(join(import.meta.dirname, '../../../docs/sessions.md'), 'utf8')

test('the session that docs/sessions.md shows is one that limn reads, with every kind of fact', async () => {
  const home = await temporaryHome()
  await writeFile(join(home, 'session.jsonl'), block('jsonl'))
  const { facts, repairs, header } = await readJournal(home)
  expect(repairs).toEqual([])
  expect(header.folder).toBe('/home/ada/foxes')
  const table = [...page.matchAll(/^\| (`[a-z`, -]+`) \|/gm)].flatMap(
    ([, names = '']) => names.match(/[a-z-]+/g) ?? [],
  )
  expect([...new Set(facts.map(({ type }) => type))].toSorted()).toEqual(table.toSorted())
  const session = replay(emptySession('s', settings), facts)
  expect(session).toMatchObject({ title: 'A blue fox', head: { version: 1 }, waiting: [], references: [] })
})

test('and so is its answer', async () => {
  const home = await temporaryHome()
  await mkdir(join(home, 'answers'))
  await writeFile(join(home, 'answers/t1.json'), block('json'))
  expect((await readAnswer(home, 't1'))?.parts.map(({ kind }) => kind)).toEqual(['text', 'image'])
})

function block(language: string): string {
  return new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(page)?.[1] ?? ''
}
