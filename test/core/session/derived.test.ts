import { describe, expect, test } from 'vitest'
import { actCostText } from '../../../src/core/money/spent.ts'
import { replay } from '../../../src/core/session/apply.ts'
import { labelFor } from '../../../src/core/session/label.ts'
import { makingOf } from '../../../src/core/session/making.ts'
import { selectVersions } from '../../../src/core/session/selection.ts'
import {
  currentVersion,
  editRow,
  headAt,
  isAlone,
  isBranch,
  path,
  versionOf,
} from '../../../src/core/session/tree.ts'
import { Story } from './story.ts'

const pathOf = ({ session }: Story) =>
  path(session, session.head).map(({ turn, version }) => [turn.id, version])

const drawn = () => new Story().line('a fox').line('at night')

describe('an image that a tool made from a version', () => {
  test('becomes the current one, and keeps the turns that led to what it was made from', () => {
    const story = drawn().derive(['mirrored'])
    expect(story.session.head).toEqual({ turn: 't2', version: 3 })
    expect(pathOf(story)).toEqual([
      ['t1', 1],
      ['t2', 2],
    ])
    expect(labelFor(story.session, '')).toBe('v3')
    expect(pathOf(story.line('warmer'))).toEqual([
      ['t1', 1],
      ['t2', 2],
      ['t3', 4],
    ])
    expect(story.session.turns[2]?.parent).toEqual({ turn: 't2', version: 3 })
  })

  test('undo goes to what it was made from, redo goes back, and its number leads there again', () => {
    const story = drawn().derive(['mirrored']).derive(['turned']).undo()
    expect(story.session.head).toEqual({ turn: 't2', version: 3 })
    expect(story.undo().session.head).toEqual({ turn: 't2', version: 2 })
    expect(story.session.choice).toBeNull()
    expect(story.undo().session.head).toEqual({ turn: 't1', version: 1 })
    expect(story.redo().redo().session.head).toEqual({ turn: 't2', version: 3 })
    expect(story.goto(1).goto(4).session.head).toEqual({ turn: 't2', version: 4 })
    expect(pathOf(story)).toEqual(pathOf(drawn()))
  })

  test('starts where an image that was brought in does, and has its name', () => {
    const story = new Story().bring('sea.png').derive(['mirrored'])
    expect(story.session.head).toEqual({ turn: null, version: 2 })
    expect(story.session.versions[1]).toMatchObject({ name: 'sea.png', turn: null })
    expect(pathOf(story)).toEqual([])
    expect(story.undo().session.head).toEqual({ turn: null, version: 1 })
  })

  test('has no conversation before it when the version had none', () => {
    const story = drawn()
    story.add({ at: '', type: 'moved', by: 'goto', head: { turn: null, version: 2 } }).derive(['mirrored'])
    expect(story.session.head).toEqual({ turn: null, version: 3 })
    expect(pathOf(story)).toEqual([])
    expect(isAlone(story.session, story.session.head)).toBe(false)
    expect(isAlone(story.undo().session, story.session.head)).toBe(true)
  })

  test('its own conversation can be forgotten, and undo brings it back', () => {
    const story = drawn().derive(['mirrored'])
    story.add({ at: '', type: 'moved', by: 'goto', head: { turn: null, version: 3 } })
    expect(labelFor(story.session, '')).toBe('v3 alone')
    expect(pathOf(story)).toEqual([])
    expect(story.undo().session.head).toEqual({ turn: 't2', version: 3 })
  })

  test('words that came after the image are still part of the conversation', () => {
    const story = drawn().line('which season?', {}, { images: 0 }).derive(['mirrored'])
    expect(story.session.head).toEqual({ turn: 't3', version: 3 })
    expect(pathOf(story)).toEqual([
      ['t1', 1],
      ['t2', 2],
      ['t3', null],
    ])
  })

  test('moves the head to another version when it is made from that one', () => {
    const story = drawn().derive(['mirrored'], { from: 1 })
    expect(story.session.head).toEqual({ turn: 't1', version: 3 })
    expect(pathOf(story)).toEqual([['t1', 1]])
  })

  test('several are a choice, the head stays, and undo brings the choice back', () => {
    const story = drawn().derive(['cropped to 1:1', 'cropped to 16:9'])
    expect(story.session.head).toEqual({ turn: 't2', version: 2 })
    expect(labelFor(story.session, '')).toBe('v2 (new: v3 v4)')
    story.goto(4)
    expect(story.session.choice).toBeNull()
    expect(pathOf(story)).toEqual([
      ['t1', 1],
      ['t2', 2],
    ])
    expect(story.undo().session.choice).toEqual({ group: 'a1', versions: [3, 4] })
    expect(story.redo().session).toMatchObject({ head: { turn: 't2', version: 4 }, choice: null })
  })

  test('a line after it ends the choice, and a line from the image before it starts a branch', () => {
    const story = drawn().derive(['cropped to 1:1', 'cropped to 16:9']).line('warmer')
    expect(story.session.choice).toBeNull()
    expect(isBranch(story.session, { turn: 't2', version: 2 })).toBe(true)
    const single = drawn().derive(['mirrored']).undo()
    expect(isBranch(single.session, single.session.head)).toBe(true)
  })

  test('is a leaf, and ^ is what it was made from', () => {
    const { session } = drawn().derive(['mirrored'])
    const numbers = (word: string) => {
      const selected = selectVersions([word], session)
      return selected.ok ? selected.versions.map(({ number }) => number) : []
    }
    expect(numbers('leaves')).toEqual([3])
    expect(numbers('^')).toEqual([2])
    expect(numbers('^^')).toEqual([1])
  })

  test('starts another series of edits: none of its pixels is where it was', () => {
    const story = drawn().derive(['mirrored'])
    expect(editRow(story.session)).toEqual([3])
    expect(editRow(story.line('warmer').line('darker').session)).toEqual([3, 4, 5])
  })

  test('is described by everything that was done since the last image that no tool made', () => {
    const { session } = drawn().derive(['mirrored']).derive(['turned 90° clockwise'])
    const version = versionOf(session, 4)
    expect(version && makingOf(session, version)).toMatchObject({
      first: { number: 2 },
      words: 'v2, mirrored, then turned 90° clockwise',
    })
  })

  test('is the same when its session is read again', () => {
    const story = drawn().derive(['mirrored']).derive(['a', 'b']).goto(4).line('warmer').undo()
    expect(replay(story.empty, story.facts)).toEqual(story.session)
    expect(currentVersion(story.session)?.number).toBe(4)
    expect(headAt(story.session, 5)).toEqual({ turn: 't2', version: 5 })
  })

  test("can come from a billed turn, whose cost is shown, or from a file of the user's, which is kept", () => {
    const story = drawn().derive(['mirrored'])
    const made = versionOf(story.session, 3)?.made?.act
    if (!made) throw new Error('nothing was made')
    expect(actCostText(story.session, made)).toBe('free')
    expect(actCostText(story.session, { ...made, turn: 't2' })).toBe('cost unknown')
    const act = { ...made, id: 'a2', source: '/home/ada/fox.png' }
    const file = { file: 'images/v4.png', mime: 'image/png', width: 1, height: 1, bytes: 1, sha256: '' }
    const { head: parent } = story.session
    story.add({
      at: '',
      type: 'derived',
      act,
      parent,
      versions: [{ version: 4, file, did: 'edited' }],
      head: parent,
    })
    expect(versionOf(story.session, 4)?.source).toBe('/home/ada/fox.png')
    // One image, with the head where it was: it is not on the path.
    expect(story.session).toMatchObject({ head: parent, choice: null })
  })

  test('damaged lines in which an image comes from itself cause no endless loop', () => {
    const file = { file: 'images/v9.png', mime: 'image/png', width: 1, height: 1, bytes: 1, sha256: '' }
    const act = { id: 'a9', tool: 'flip', arguments: [], from: [9] }
    const story = drawn()
    const parent = { turn: 't2', version: 9 }
    story.add({
      at: '',
      type: 'derived',
      act,
      parent,
      versions: [{ version: 9, file, did: '' }],
      head: parent,
    })
    expect(pathOf(story)).toEqual([
      ['t1', 1],
      ['t2', 9],
    ])
    expect(currentVersion(story.session)?.number).toBe(9)
    expect(story.undo().session.head).toEqual({ turn: 't1', version: 1 })
  })
})
