import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { PROTOCOLS_OF } from '../../../src/core/graphics.ts'
import { MULTIPLEXERS } from '../../../src/terminal/which/multiplexers.ts'
import { TERMINALS } from '../../../src/terminal/which/terminals.ts'

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function page(): string {
  const lines = [...TERMINALS, ...MULTIPLEXERS].map(({ terminal, protocols, glyphs, known }) =>
    row([terminal, protocols.join(', ') || 'nothing', glyphs, `${known.how}: ${known.where}`]),
  )
  return [
    row(['Terminal', 'Ways, the best first', 'Blocks', 'How it is known']),
    row(Array(4).fill('---')),
    ...lines,
  ].join('\n')
}

test('docs/terminals.md has the table that limn uses', async () => {
  // If this fails, put this table into the page.
  expect(await readFile('docs/terminals.md', 'utf8')).toContain(page())
})

test('docs/terminals.md says how each protocol draws', async () => {
  const text = await readFile('docs/terminals.md', 'utf8')
  const named = [...text.matchAll(/^- \*\*([\w-]+)\*\*: /gm)].map(([, name]) => name)
  expect(named.toSorted()).toEqual(Object.values(PROTOCOLS_OF).flat().toSorted())
})
