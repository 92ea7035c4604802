import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/commands/command-list.ts'
import { complete } from '../../src/commands/complete.ts'
import { parseLine, splitWords } from '../../src/core/line/line.ts'
import type { Place } from '../../src/host/place.ts'
import { reference, Story } from '../core/session/story.ts'
import { temporaryHome } from '../store/temporary-home.ts'
import { placeAt } from '../turn/talk.ts'

const NASTY = [
  'a b.png',
  'shot (1).png',
  'photo, final.jpg',
  "it's.webp",
  '“new”.png',
  'what?!.gif',
  'a\\b.png',
  'x;y.png',
]

async function world(
  files: readonly string[] = ['fox.png', 'Fox.JPG', 'frog.webp', 'notes.txt', '.hidden.png'],
) {
  const place: Place = await placeAt(await temporaryHome())
  await mkdir(join(place.folder, 'art'))
  await writeFile(join(place.folder, 'art', 'hero.png'), '')
  for (const file of files) await writeFile(join(place.folder, file), '')
  const { session } = new Story()
    .line('a red fox')
    .line('in snow')
    .bring('base.png')
    .refer(reference('hero'), reference('hut'))
  return { session, place, commands: COMMANDS }
}

/** What Tab would make of a line with the cursor at its end, one for each candidate. */
async function offers(line: string, of = world()): Promise<readonly string[]> {
  const found = await complete(line, line.length, await of)
  return found?.candidates.map(({ insert }) => line.slice(0, found.start) + insert) ?? []
}

describe('the menu of commands', () => {
  test('opens with a slash, and filters as one types', async () => {
    expect(await offers('/')).toHaveLength(COMMANDS.length)
    expect(await offers('/re')).toEqual([
      ...['add ', 'list', 'role ', 'mute ', 'unmute ', 'move ', 'update ', 'remove ', 'clear'].map(
        (form) => `/ref ${form}`,
      ),
      ...['/redo ', '/retry ', '/resume '],
    ])
    expect(await offers('/cle')).toEqual(['/new '])
    expect(await offers('/SAV')).toEqual(['/save '])
    expect(await offers('/xyz')).toEqual([])
    expect(await offers('//re')).toEqual([])
  })

  test('offers the forms of a family', async () => {
    expect(await offers('/ref ')).toEqual(
      ['add', 'list', 'role', 'mute', 'unmute', 'move', 'update', 'remove', 'clear'].map(
        (form) => `/ref ${form} `,
      ),
    )
    expect(await offers('/ref r')).toEqual(['/ref role ', '/ref remove '])
  })
})

describe('what a command takes', () => {
  test.each([
    ['/model ', ['/model nano', '/model pro', '/model lite', '/model nb2', '/model nb1']],
    ['/tips p', ['/tips photo', '/tips product']],
    ['/model p', ['/model pro']],
    ['/model gemini-3-p', ['/model gemini-3-pro-image']],
    ['/goto v', ['/goto v3', '/goto v2', '/goto v1']],
    ['/save poster.png v1', []],
    ['/save poster.png v', ['/save poster.png v3', '/save poster.png v2', '/save poster.png v1']],
    ['/save --f', ['/save --force ']],
    ['/ref remove h', ['/ref remove hero ', '/ref remove hut ']],
    ['/ref rm h', ['/ref rm hero ', '/ref rm hut ']],
    ['/ref remove hero hu', ['/ref remove hero hut ']],
    ['/ref add --a', ['/ref add --as ']],
    ['/ref add hero.png --role ch', ['/ref add hero.png --role character ']],
    ['/ref role h', ['/ref role hero ', '/ref role hut ']],
    ['/ref role hero st', ['/ref role hero style ']],
    ['/ref mute hero hu', ['/ref mute hero hut ']],
    ['/ref move he', ['/ref move hero ']],
    ['/set e', ['/set escape ']],
    ['/help sa', ['/help save']],
    ['/undo ', []],
    ['/new ti', []],
    ['/nonsense f', []],
  ])('%s', async (line, all) => {
    expect(await offers(line)).toEqual(all)
  })

  test('files and folders, hidden ones only when they are asked for', async () => {
    expect((await offers('/ref add ')).toSorted()).toEqual(
      ['/ref add art/', '/ref add fox.png ', '/ref add Fox.JPG ', '/ref add frog.webp '].toSorted(),
    )
    expect(await offers('/ref add fox.png fr')).toEqual(['/ref add fox.png frog.webp '])
    expect(await offers('/ref add .h')).toEqual(['/ref add .hidden.png '])
    expect(await offers('/ref add art/')).toEqual(['/ref add art/hero.png '])
    expect(await offers('/ref add ~/ar')).toEqual(['/ref add ~/art/'])
    expect(await offers('/ref add none/')).toEqual([])
  })
})

describe('@ in a prompt', () => {
  test('offers references, versions and files', async () => {
    expect(await offers('with @h')).toEqual(['with @hero ', 'with @hut '])
    expect(await offers('as in @v')).toEqual(['as in @v3', 'as in @v2', 'as in @v1'])
    expect(await offers('like @fr')).toEqual(['like @frog.webp '])
    expect(await offers('like @art/he')).toEqual(['like @art/hero.png '])
    expect(await offers('a fox')).toEqual([])
    expect(await offers('mail ada@he')).toEqual([])
  })

  test('of what is complete offers nothing', async () => {
    expect(await offers('as in @v1')).toEqual([])
  })

  test('completes at the cursor, and keeps what follows', async () => {
    const found = await complete('with @he on the beach', 8, await world())
    expect(found).toMatchObject({ start: 5, candidates: [{ insert: '@hero ' }] })
  })

  test.each(NASTY)('a file called %j is found again by the line', async (name) => {
    const of = world([name])
    const [line = ''] = (await offers(`like @${name[0]}`, of)).filter((one) => !one.endsWith('/'))
    const parsed = parseLine(line, { versions: new Set(), references: [] })
    expect(parsed.kind === 'prompt' && parsed.named).toMatchObject([{ kind: 'file', path: name }])
    const [command = ''] = (await offers(`/ref add ${name[0]}`, of)).filter((one) => !one.endsWith('/'))
    expect(splitWords(command)).toEqual(['/ref', 'add', name])
  })
})

test('whatever is typed, Tab breaks nothing', async () => {
  const of = await world()
  const pieces = fc.constantFrom(
    ...['/', 'ref ', 'add ', 'save ', '@', '~', '\\', '"', ' ', 'v', 'he', '--', '..', '\0', 'é'],
  )
  const line = fc.array(pieces, { maxLength: 8 }).map((all) => all.join(''))
  await fc.assert(
    fc.asyncProperty(line, fc.nat(30), async (text, cursor) => {
      const found = await complete(text, Math.min(cursor, text.length), of)
      expect(found?.start ?? 0).toBeLessThanOrEqual(Math.min(cursor, text.length))
    }),
    { numRuns: 200 },
  )
})
