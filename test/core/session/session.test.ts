import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { replay } from '../../../src/core/session/apply.ts'
import { labelFor } from '../../../src/core/session/label.ts'
import { ROOT } from '../../../src/core/session/session.ts'
import {
  back,
  currentVersion,
  isBranch,
  isRoot,
  path,
  turnOf,
  versionOf,
} from '../../../src/core/session/tree.ts'
import { image, mention, reference, Story } from './story.ts'

const pathOf = ({ session }: Story) =>
  path(session, session.head).map(({ turn, version }) => [turn.id, version])

describe('a session as it goes on', () => {
  test('each line goes on from the image before it', () => {
    const story = new Story().line('a fox').line('in snow').line('at night')
    expect(pathOf(story)).toEqual([
      ['t1', 1],
      ['t2', 2],
      ['t3', 3],
    ])
    expect(currentVersion(story.session)?.number).toBe(3)
  })

  test('an answer in words stays in the conversation, and the image before it stays current', () => {
    const story = new Story().line('a fox').line('which season?', {}, { images: 0 })
    expect(story.session.head).toEqual({ turn: 't2', version: null })
    expect(currentVersion(story.session)?.number).toBe(1)
    expect(pathOf(story.line('winter'))).toEqual([
      ['t1', 1],
      ['t2', null],
      ['t3', 2],
    ])
  })

  test('a failed line and an answer with nothing in it are recorded, and are not on the path', () => {
    const story = new Story().line('a fox').fail('in snow')
    story.line('in rain', {}, { images: 0, words: '', nothing: 'empty' })
    expect(pathOf(story)).toEqual([['t1', 1]])
    expect(story.session.turns.map(({ outcome }) => outcome.kind)).toEqual(['answered', 'failed', 'answered'])
  })

  test('the answer of a turn in the background becomes a side version, and the head does not move', () => {
    const story = new Story().line('a fox')
    const slow = story.send('in snow')
    story.letGo(slow).line('at night').answer(slow)
    expect(story.session.versions.map(({ number, turn }) => [number, turn])).toEqual([
      [1, 't1'],
      [2, 't3'],
      [3, slow],
    ])
    expect(currentVersion(story.session)?.number).toBe(2)
    story.goto(3)
    expect(pathOf(story)).toEqual([
      ['t1', 1],
      [slow, 3],
    ])
  })

  test('of several images the last is current, and a line can go on from any other', () => {
    const story = new Story().line('three foxes', {}, { images: 3 })
    expect(story.session.head).toEqual({ turn: 't1', version: 3 })
    expect(pathOf(story.goto(1).line('in snow'))).toEqual([
      ['t1', 1],
      ['t2', 4],
    ])
    expect(back(story.session, 1)).toEqual({ turn: 't1', version: 1 })
  })

  test('an image that is brought in is current, and undo leads to what was there before', () => {
    const story = new Story().line('a fox').bring('wolf.png')
    expect(story.session.head).toEqual({ turn: null, version: 2 })
    expect(pathOf(story)).toEqual([])
    expect(pathOf(story.line('in snow'))).toEqual([['t2', 3]])
    expect(back(story.session, 2)).toEqual({ turn: 't1', version: 1 })
    expect(back(story.session, 3)).toEqual(ROOT)
    expect(back(story.session, 4)).toBeUndefined()
  })

  test('references are in force under their name until removed', () => {
    const story = new Story().refer(reference('hero'), reference('hut'), reference('hero', 'other'))
    expect(story.session.references.map(({ name, file }) => [name, file.sha256])).toEqual([
      ['hut', 'sha of hut'],
      ['hero', 'sha of other'],
    ])
    story.add({ at: '', type: 'unreferenced', names: ['hut', 'nobody'] })
    expect(story.session.references.map(({ name }) => name)).toEqual(['hero'])
  })

  test('queued lines keep their order, and leave the queue one by one', () => {
    const story = new Story()
    for (const id of ['q1', 'q2', 'q3']) {
      story.add({ at: '', type: 'queued', waiting: { id, line: id, base: null, mentions: [] } })
    }
    story.add({ at: '', type: 'unqueued', ids: ['q2'] })
    expect(story.session.waiting.map(({ id }) => id)).toEqual(['q1', 'q3'])
  })

  test('a fact about a turn that does not exist changes nothing', () => {
    const story = new Story().line('a fox')
    const before = story.session
    story.add({ at: '', type: 'failed', turn: 't9', failure: { kind: 'overloaded' } })
    story.add({ at: '', type: 'let-go', turn: 't9' })
    expect(story.session).toEqual(before)
  })
})

describe('undo, redo and goto', () => {
  const three = () => new Story().line('a fox').line('in snow').line('at night')

  test('undo goes back step by step to the blank sheet, and no further', () => {
    const story = three().undo().undo()
    expect(currentVersion(story.session)?.number).toBe(1)
    expect(isRoot(story.undo().session.head)).toBe(true)
    expect(back(story.session, 1)).toBeUndefined()
  })

  test('redo takes back an undo of several steps at once', () => {
    expect(currentVersion(three().undo(2).redo().session)?.number).toBe(3)
  })

  test('after a new line there is nothing to redo', () => {
    expect(three().undo().line('at dawn').session.undone).toEqual([])
    expect(three().undo().bring('wolf.png').session.undone).toEqual([])
  })

  test('a failed line does not remove redo', () => {
    expect(currentVersion(three().undo().fail('at dawn').redo().session)?.number).toBe(3)
  })

  test('goto remembers where it came from', () => {
    expect(three().goto(1).session.previous).toEqual({ turn: 't3', version: 3 })
  })

  test('a new line after going back starts a branch, and a first one does not', () => {
    const { session } = three().undo()
    expect(isBranch(session, session.head)).toBe(true)
    expect(isBranch(session, { turn: 't3', version: 3 })).toBe(false)
    const slow = new Story().line('a fox')
    const turn = slow.send('in snow')
    slow.letGo(turn).answer(turn)
    expect(isBranch(slow.session, slow.session.head)).toBe(false)
  })
})

describe('the label of the prompt', () => {
  const story = new Story().line('a fox').line('in snow').line('at night')
  test.each([
    ['', 'v3'],
    ['brighter', 'v3'],
    ['/save', 'v3'],
    ['v1 but with the sky of v2', 'from v1 · + v2'],
    ['like v2 and v2, not v9', 'v3 · + v2'],
    ['v1 but bluer than v1', 'from v1'],
    ['a lighthouse --fresh', 'v0'],
  ])('%j edits %s', (line, label) => {
    expect(labelFor(story.session, line)).toBe(label)
  })
  test('nothing yet is v0', () => {
    expect(labelFor(new Story().session, 'a fox')).toBe('v0')
  })
})

type Step = (story: Story) => unknown
const small = fc.nat(6)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.nat(3).map(
    (images): Step =>
      (story) =>
        story.line('line', {}, { images }),
  ),
  fc.constant<Step>((story) => story.line('words', {}, { images: 0, words: '', nothing: 'empty' })),
  fc.constant<Step>((story) => story.line('new', { fresh: true })),
  fc.constant<Step>((story) => story.fail('fails')),
  fc.constant<Step>((story) => {
    const turn = story.send('slow')
    story.letGo(turn).line('meanwhile').answer(turn)
  }),
  small.map(
    (n): Step =>
      (story) =>
        story.bring(`${n}.png`),
  ),
  small.map(
    (n): Step =>
      (story) =>
        story.undo(n + 1),
  ),
  fc.constant<Step>((story) => story.redo()),
  small.map(
    (n): Step =>
      (story) =>
        story.goto(n),
  ),
  small.map(
    (n): Step =>
      (story) =>
        story.refer(reference(`${n}`)),
  ),
  small.map(
    (n): Step =>
      (story) =>
        story.line('mentions', { mentions: [mention(`${n}.png`)] }),
  ),
)
const steps = fc.array(step, { maxLength: 14 })

function told(all: readonly Step[]): Story {
  const story = new Story()
  for (const one of all) one(story)
  return story
}

describe('whatever happens in a session', () => {
  test('resuming it gives the same session', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const story = told(all)
        expect(replay(story.empty, story.facts)).toEqual(story.session)
      }),
    )
  })

  test('the head stands on something that exists, and every path leads to the root', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const { session } = told(all)
        for (const head of [
          session.head,
          ...session.undone.map((place) => place.head),
          session.previous ?? ROOT,
        ]) {
          expect(head.turn === null || turnOf(session, head.turn)).toBeTruthy()
          expect(head.version === null || versionOf(session, head.version)).toBeTruthy()
          let steps = 0
          let at: typeof head | undefined = head
          while (at && !isRoot(at)) {
            at = back({ ...session, head: at }, 1)
            expect(++steps).toBeLessThan(100)
          }
        }
      }),
    )
  })

  test('no number of a version is used twice, and none is lost', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const numbers = told(all).session.versions.map(({ number }) => number)
        expect(numbers).toEqual(numbers.map((_, index) => index + 1))
      }),
    )
  })

  test('redo after undo changes nothing', () => {
    fc.assert(
      fc.property(steps, small, (all, n) => {
        const story = told(all)
        const { head, undone } = story.session
        if (back(story.session, n + 1) === undefined) return
        story.undo(n + 1).redo()
        expect(story.session.head).toEqual(head)
        expect(story.session.undone).toEqual(undone)
      }),
    )
  })

  test('an image keeps its bytes, its maker and its parent', () => {
    fc.assert(
      fc.property(steps, steps, (before, after) => {
        const story = told(before)
        const versions = story.session.versions
        for (const one of after) one(story)
        expect(story.session.versions.slice(0, versions.length)).toEqual(versions)
      }),
    )
  })
})

test('images are the same by their content, not by their names', () => {
  expect(image('a.png', 'fox').sha256).toBe(image('b.png', 'fox').sha256)
})
