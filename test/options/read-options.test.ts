import { describe, expect, test } from 'vitest'
import type { CliCommand } from '../../src/options/command.ts'
import { readOptions } from '../../src/options/read-options.ts'

const FILES = ['fox.png', 'sea.jpg', 'shots.2026', 'old.gif', 'rows.csv']

function read(...argv: readonly string[]): CliCommand {
  return readOptions(argv, (path) => FILES.includes(path))
}

const options = (command: CliCommand) => ('options' in command ? command.options : undefined)
const sentence = (command: CliCommand) => (command.kind === 'wrong' ? command.sentence : '')

describe('words of the command line', () => {
  test('are files if such files exist, else the first line', () => {
    const command = read('make', 'fox.png', 'blue', 'sea.jpg')
    expect(command.kind).toBe('session')
    expect(options(command)).toMatchObject({ files: ['fox.png', 'sea.jpg'], first: 'make blue' })
  })

  test('that look like a missing file are an error', () => {
    expect(sentence(read('missing.png'))).toBe('There is no file missing.png.')
    expect(sentence(read('./missing', 'blue'))).toBe('There is no file ./missing.')
  })

  test('after --resume are searched for', () => {
    expect(options(read('--resume', 'fox.png', 'blue'))).toMatchObject({
      files: [],
      first: '',
      open: { kind: 'resume', words: 'fox.png blue' },
    })
    expect(sentence(read('-c', '-r'))).toMatch(/cannot be used together/)
  })
})

describe('limn doctor --live', () => {
  test('asks about its price, unless the user has agreed beforehand', () => {
    expect(read('doctor', '--live')).toMatchObject({ kind: 'doctor', live: true, options: { yes: false } })
    expect(read('doctor', '--live', '--yes', '--json')).toMatchObject({
      live: true,
      json: true,
      options: { yes: true },
    })
    expect(read('doctor', '--practice')).toMatchObject({ live: false, options: { practice: true } })
  })

  test('is only for doctor', () => {
    expect(sentence(read('a red fox', '--live'))).toBe('--live belongs to limn doctor: limn doctor --live')
    expect(options(read('doctor strange, a poster'))?.first).toBe('doctor strange, a poster')
  })
})

describe('limn cost', () => {
  test('shows today or another period, also as JSON', () => {
    expect(read('cost')).toEqual({ kind: 'cost', period: 'today', json: false })
    expect(read('cost', 'month', '--json')).toEqual({ kind: 'cost', period: 'month', json: true })
  })

  test('does not send an unknown period as a prompt', () => {
    expect(sentence(read('cost', 'yesterday'))).toBe(
      'limn cost takes session, today, month, all; put a prompt that begins with cost in quotes.',
    )
    expect(options(read('cost of living, a poster'))?.first).toBe('cost of living, a poster')
  })
})

describe('-p', () => {
  test('has its line, its files and its output', () => {
    expect(read('-p', 'blue', 'fox.png', '-o', 'out/blue.png', '--force')).toMatchObject({
      kind: 'one-turn',
      options: { line: 'blue', first: '', files: ['fox.png'] },
      output: 'out/blue.png',
      force: true,
    })
    expect(sentence(read('-p', ' '))).toMatch(/needs a prompt/)
    expect(sentence(read('-o', 'blue.png'))).toMatch(/belongs to -p/)
    expect(sentence(read('-p', 'blue', '-o', ''))).toMatch(/-o needs a path/)
  })

  test('can be a dry run, by a flag of limn or of the line, and sends without asking with --yes', () => {
    for (const argv of [
      ['-p', 'blue', '--dry-run'],
      ['-p', 'blue --dry-run'],
    ]) {
      expect(read(...argv)).toMatchObject({
        kind: 'one-turn',
        options: { line: 'blue', yes: false },
        dryRun: true,
      })
    }
    expect(read('-p', 'blue', '--yes')).toMatchObject({ options: { yes: true }, dryRun: false })
    expect(sentence(read('--dry-run'))).toMatch(/belongs to -p/)
  })

  test('refuses words that are not files, which may be half of a line', () => {
    expect(sentence(read('-p', 'make', 'it', 'blue'))).toBe(
      '"it blue" is not a file; put the whole line of -p in quotes.',
    )
  })

  test.each(['out.gif', 'out.psd', 'a.b/out.bmp'])('cannot write %s', (output) => {
    expect(sentence(read('-p', 'blue', '-o', output))).toMatch(
      /^limn cannot write \.\w+ files; it can write \.png, \.jpg, \.webp and \.avif\.$/,
    )
  })

  test.each(['out', 'out.PNG', 'out.jpeg', 'a.b/out', 'new.folder/', 'shots.2026'])(
    'can write %s',
    (output) => {
      expect(read('-p', 'blue', '-o', output)).toMatchObject({ kind: 'one-turn', output })
    },
  )
})

describe('limn run', () => {
  test('has its script, its session and its output folder', () => {
    expect(read('run', 'shots.2026', '--practice', '--out', 'moods', '--json')).toMatchObject({
      kind: 'run',
      file: 'shots.2026',
      out: 'moods',
      json: true,
      keepGoing: false,
      options: { practice: true, files: [], first: '', open: { kind: 'new' } },
    })
    expect(options(read('run', '-', '--session', 'red fox'))).toMatchObject({
      open: { kind: 'resume', words: 'red fox' },
    })
    expect(read('run', '-', '--keep-going')).toMatchObject({ keepGoing: true })
    expect(options(read('run', '-', '-c', '-m', 'pro'))).toMatchObject({
      model: 'pro',
      open: { kind: 'continue' },
    })
  })

  test('says what is wrong with it', () => {
    expect(sentence(read('run', 'moods.limn'))).toBe('There is no file moods.limn.')
    expect(sentence(read('run', '-', '-c', '--session', 'x'))).toMatch(/cannot be used together/)
    expect(sentence(read('run', '-', '-o', 'fox.png'))).toBe('--output cannot be used with limn run.')
    expect(sentence(read('run', '-', '--out', ''))).toMatch(/--out needs a folder/)
    expect(sentence(read('run', '-', '--session', ' '))).toMatch(/--session needs an id/)
    expect(sentence(read('a fox', '--out', 'moods'))).toMatch(/belong to limn run/)
    expect(sentence(read('a fox', '--keep-going'))).toMatch(/belongs to limn run/)
  })

  test('is a prompt when run is the first of several other words', () => {
    expect(options(read('run', 'through', 'the', 'rain'))).toMatchObject({ first: 'run through the rain' })
  })
})

describe('limn batch', () => {
  test('has a verb, a file or a job, and options', () => {
    expect(read('batch', 'submit', 'rows.csv', '--session', 'red fox', '--yes', '-m', 'pro')).toMatchObject({
      kind: 'batch',
      verb: 'submit',
      word: 'rows.csv',
      yes: true,
      dryRun: false,
      options: { model: 'pro', open: { kind: 'resume', words: 'red fox' } },
    })
    expect(read('batch', 'fetch', '--json')).toMatchObject({ verb: 'fetch', word: null, json: true })
    expect(read('batch', 'retry', 'rows', '-y')).toMatchObject({ verb: 'retry', word: 'rows', yes: true })
  })

  test('says what is wrong with it, and does not send a mistyped command as a prompt', () => {
    expect(sentence(read('batch', 'stauts'))).toMatch(/has submit, status, .*"stauts" is none of them/)
    expect(sentence(read('batch', 'of', 'cookies'))).toMatch(/Put a prompt in quotes/)
    expect(sentence(read('batch', 'submit'))).toMatch(/needs a file/)
    expect(sentence(read('batch', 'submit', 'nope.csv'))).toBe('There is no file nope.csv.')
    expect(sentence(read('batch', 'cancel'))).toMatch(/needs a job/)
    expect(sentence(read('batch', 'cancel', 'rows', '--yes'))).toMatch(/only for commands that cost money/)
    expect(sentence(read('batch', 'fetch', 'rows', '--session', 'x'))).toMatch(/a job keeps its session/)
    expect(sentence(read('batch', 'retry', 'rows', '--dry-run'))).toMatch(/belongs to limn batch submit/)
    expect(sentence(read('batch', 'status', 'a', 'b'))).toBe('"b" is one word too many.')
    expect(options(read('a batch of cookies'))).toMatchObject({ first: 'a batch of cookies' })
  })
})
