import { describe, expect, test } from 'vitest'
import { EXIT, exitCodeOf } from '../../src/core/exit-codes.ts'
import { outcomeOf } from '../../src/core/line/line-outcome.ts'
import type { NotSent, PartOutcome, TaskProblem } from '../../src/core/line/part-outcome.ts'
import { problemOf } from '../../src/core/line/part-outcome.ts'

const DONE: PartOutcome = { kind: 'done', turn: 't1', versions: [1], cost: { kind: 'free' } }

function refused(kind: 'safety' | 'blocked-prompt' | 'words-only' = 'safety'): PartOutcome {
  const why = { kind: 'no-image', nothing: { kind, says: '' }, words: '' } as const
  return { kind: 'failed', turn: 't2', why, cost: { kind: 'free' } }
}

function failed(kind: 'overloaded' | 'bad-key' | 'disk'): PartOutcome {
  const failure = kind === 'disk' ? ({ kind, says: '' } as const) : { kind }
  return { kind: 'failed', turn: 't3', why: { kind: 'failure', failure, engine: 'gemini' }, cost: undefined }
}

function unsent(reason: NotSent['reason']): PartOutcome {
  return { kind: 'not-sent', why: { reason, says: '' } }
}

const codeOf = (...parts: readonly PartOutcome[]) => exitCodeOf([line(parts)])
const line = (parts: readonly PartOutcome[], problem?: TaskProblem) =>
  outcomeOf({ parts, problem, versions: [], said: [] })

describe('the exit code', () => {
  test.each([
    ['all is done', [DONE, DONE], 0],
    ['no image was asked for', [], 0],
    ['the disk failed', [failed('disk')], 1],
    ['an answer came in words', [refused('words-only')], 1],
    ['nobody could be asked', [unsent('declined')], 1],
    ['a flag is wrong', [unsent('usage')], 2],
    ['a filter refused it', [refused()], 3],
    ['filters refused the only part that failed', [DONE, refused(), refused('blocked-prompt')], 3],
    ['the price is too high', [unsent('price')], 4],
    ['a budget is used up', [unsent('budget')], 4],
    ['there is no key', [unsent('no-key')], 5],
    ['the key is wrong', [failed('bad-key')], 5],
    ['the service is overloaded', [failed('overloaded')], 6],
    ['one part was refused and another failed', [refused(), failed('overloaded')], 6],
    ['two parts failed: the first counts', [failed('bad-key'), failed('overloaded')], 5],
  ] as const)('when %s', (_, parts, code) => {
    expect(codeOf(...parts)).toBe(code)
  })

  test('of a command is that of its problem', () => {
    expect(exitCodeOf([line([], problemOf('There is nothing to undo.'))])).toBe(1)
    expect(exitCodeOf([undefined, problemOf('There is nothing to undo.')])).toBe(1)
    expect(exitCodeOf([undefined])).toBe(0)
  })

  test('of a line whose images came, and could not be saved, is that of the saving', () => {
    expect(exitCodeOf([{ ...line([DONE]), ...problemOf('The disk is full.') }])).toBe(1)
  })

  test('of a problem with several images is that of its parts', () => {
    const rows = (...parts: readonly PartOutcome[]) => ({ ...problemOf('Not all rows came.'), parts })
    expect(exitCodeOf([rows(refused(), refused())])).toBe(3)
    expect(exitCodeOf([line([], rows(refused(), failed('overloaded')))])).toBe(6)
  })

  test('of several lines is that of the first failure, and a refusal only where everything that failed was refused', () => {
    expect(exitCodeOf([line([DONE]), line([refused()]), line([refused()])])).toBe(3)
    expect(exitCodeOf([line([refused()]), line([failed('overloaded')])])).toBe(6)
    expect(exitCodeOf([])).toBe(0)
  })

  test('is different for each meaning', () => {
    const codes = Object.values(EXIT).map(({ code }) => code)
    expect(new Set(codes).size).toBe(codes.length)
  })
})
