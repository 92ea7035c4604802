import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/commands/command-list.ts'
import { nearest, resolveCommand, usageOf } from '../../src/commands/usage.ts'
import { practiceSession, run } from './stage.ts'

const resolve = (line: string) => {
  const [, name = '', rest = ''] = /^\/(\S*)\s*(.*)$/.exec(line) ?? []
  return resolveCommand(name, rest, COMMANDS)
}

describe('a command by its name', () => {
  test.each([
    ['/save a b', 'save', 'a b'],
    ['/sav x', 'save', 'x'],
    ['/h', 'help', ''],
    ['/clear', 'new', ''],
    ['/exit', 'quit', ''],
    ['/q', 'quit', ''],
    ['/ref', 'ref list', ''],
    ['/ref add a.png --as b', 'ref add', 'a.png --as b'],
    ['/ref ad a.png', 'ref add', 'a.png'],
    ['/ref ADD a.png', 'ref add', 'a.png'],
    ['/ref rm hero', 'ref remove', 'hero'],
    ['/ref remove', 'ref remove', ''],
    ['/go v3', 'goto', 'v3'],
    ['/new a  b', 'new', 'a  b'],
  ])('%s', (line, name, rest) => {
    expect(resolve(line)).toMatchObject({ kind: 'found', command: { name }, rest })
  })

  test.each([
    ['/re', /could be \/ref or \/redo or \/retry or \/resume/],
    ['/s', /could be \/style or \/size or \/set or \/save or \/show/],
    ['/svae', /did you mean \/save\?.*\/\/svae sends it as words/],
    ['/undu', /did you mean \/undo\?/],
    ['/hlep', /did you mean \/help\?/],
    ['/ref char.png', /not a command; there is \/ref add, \/ref list/],
    ['/home/ada/fox.png', /There is no command/],
    ['/constructor', /There is no command/],
    ['/', /could be/],
  ])('%s is none, and is told', (line, sentence) => {
    expect(resolve(line)).toMatchObject({ kind: 'unknown', sentence: expect.stringMatching(sentence) })
  })

  test('every prefix of one command alone is that command', () => {
    const heads = [...new Set(COMMANDS.map(({ name }) => name.split(' ')[0] ?? ''))]
    for (const head of heads) {
      for (let length = 1; length <= head.length; length++) {
        const prefix = head.slice(0, length)
        const others = heads.filter((one) => one.startsWith(prefix))
        const alias = COMMANDS.some(({ aliases }) => aliases.includes(prefix))
        if (others.length === 1 && !alias) {
          const found = resolve(`/${prefix}`)
          expect(found.kind === 'found' && found.command.name.split(' ')[0]).toBe(head)
        }
      }
    }
  })

  test('no name of a command is another too', () => {
    const names = COMMANDS.flatMap(({ name, aliases }) => [name, ...aliases])
    expect(new Set(names).size).toBe(names.length)
  })

  test('whatever is typed gets a command or a sentence', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, rest) => {
        const found = resolveCommand(name, rest, COMMANDS)
        expect(found.kind === 'found' || found.sentence.length > 10).toBe(true)
        nearest(name, COMMANDS)
      }),
    )
  })

  test('every command file is in the list', () => {
    const parts = new Set([
      'argument.ts',
      'checks.ts',
      'complete.ts',
      'define.ts',
      'command-list.ts',
      'read-words.ts',
      'ref-change.ts',
      'usage.ts',
    ])
    const files = readdirSync('src/commands').filter((file) => !parts.has(file))
    const names = new Set(COMMANDS.map(({ name }) => `${name.split(' ')[0]}.ts`))
    expect(files.toSorted()).toEqual([...names].toSorted())
  })
})

describe('/help', () => {
  test('lists every command with its usage', async () => {
    const { rows } = await run(await practiceSession(), '/help')
    expect(rows.map(([usage]) => usage)).toEqual(COMMANDS.map(usageOf))
    expect(rows.map(([usage]) => usage)).toEqual(
      expect.arrayContaining([
        '/save [PATH] [vN...] [--force]',
        '/ref add FILE... [--as NAME] [--role ROLE]',
        '/goto vN',
        '/undo [N]',
      ]),
    )
  })

  test.each(COMMANDS.map(({ name }) => name))('explains %s', async (name) => {
    const { words } = await run(await practiceSession(), `/help ${name}`)
    expect(words[0]).toMatch(/^\/[\s\S]+For example: \//)
  })

  test('of a family explains all of its forms; of a typing error, the nearest name', async () => {
    expect(
      (await run(await practiceSession(), '/help ref')).words.filter((text) => text.includes('For example')),
    ).toHaveLength(9)
    expect((await run(await practiceSession(), '/help /SAVE')).words[0]).toContain('/save [PATH]')
    expect((await run(await practiceSession(), '/help svae')).words).toEqual([
      'There is no command /svae; did you mean /save?',
    ])
    expect((await run(await practiceSession(), '/help zzzzzz')).words).toEqual([
      'There is no command /zzzzzz.',
    ])
  })

  test('every example is a line that the command takes', async () => {
    const one = await practiceSession()
    for (const command of COMMANDS) {
      const found = resolve(command.example)
      expect(found).toMatchObject({ kind: 'found', command: { name: command.name } })
      if (found.kind === 'found')
        expect(command.start(found.rest, one.context())).not.toHaveProperty('problem')
    }
  })
})
