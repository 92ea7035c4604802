import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { modelOf } from '../../../src/core/models/model-catalogue.ts'
import { imagesWith } from '../../../src/core/request/request.ts'
import { apply, replay } from '../../../src/core/session/apply.ts'
import type { Fact } from '../../../src/core/session/fact.ts'
import {
  inForce,
  kindWarning,
  limitProblem,
  meterText,
  nameFrom,
  nameProblem,
  referenceOf,
  refsText,
} from '../../../src/core/session/reference.ts'
import { ROLES } from '../../../src/core/session/role.ts'
import { emptySession, type Reference } from '../../../src/core/session/session.ts'

const reference = (name: string, sha256 = name): Reference => ({
  name,
  source: `/art/${name}.png`,
  file: { file: `inputs/${sha256}.png`, mime: 'image/png', width: 4, height: 3, bytes: 9, sha256 },
})

test.each([
  ['~/art/char.png', 'char'],
  ['IMG 1234 (2).jpeg', 'IMG-1234-2'],
  ['C:\\art\\hero.webp', 'hero'],
  ['größe.png', 'größe'],
  ['größe.png'.normalize('NFD'), 'größe'],
  ['ภูเขา.png', 'ภูเขา'],
  ['हिमालय.png', 'हिमालय'],
  ['山.png', '山'],
  ['archive.tar.png', 'archive-tar'],
  ['---.png', 'ref'],
  ['.png', 'ref'],
  ['🦊.png', 'ref'],
  ['', 'ref'],
])('%s is called %s', (path, name) => {
  expect(nameFrom(path)).toBe(name)
  expect(nameProblem(name, [])).toBeUndefined()
})

describe('a name that cannot be given', () => {
  test.each(['v3', 'V12', '@v1'])('%s looks like a version', (name) => {
    expect(nameProblem(name, [])).toMatch(/looks like a version.*--as NAME/)
  })
  test.each(['', 'a b', 'a.png', 'a/b', '"', 'a\u001b[2J'])('%j is no name', (name) => {
    expect(nameProblem(name, [])).toMatch(/not a valid name/)
  })
  test('one that is taken, in upper or lower case', () => {
    expect(nameProblem('HERO', [reference('hero')])).toMatch(/already/)
    expect(nameProblem('hero2', [reference('hero')])).toBeUndefined()
  })
})

test('more images than a model takes is a sentence with the numbers and what to do', () => {
  const nb1 = modelOf('gemini-2.5-flash-image')
  expect(limitProblem(nb1, 3)).toBeUndefined()
  expect(limitProblem(nb1, 4)).toMatch(/takes 3 images.*carry 4\..*\/ref remove.*\/model/)
  expect(limitProblem(modelOf('gemini-3-pro-image'), 14)).toBeUndefined()
  expect(limitProblem(modelOf('gemini-3-pro-image'), 15)).toMatch(/14/)
})

const pro = modelOf('gemini-3-pro-image')
const at = '2026-11-22T20:48:00.000Z'
const empty = emptySession('fox', { model: pro.id, aspect: 'auto', size: '1K' })

/** References with roles, some muted, some of the same image. */
const someReferences = fc
  .array(
    fc.record({
      image: fc.integer({ min: 1, max: 6 }),
      role: fc.option(fc.constantFrom(...ROLES), { nil: undefined }),
      muted: fc.boolean(),
    }),
    { maxLength: 16 },
  )
  .map((all) =>
    all.map(({ image, role, muted }, index) => ({
      ...reference(`r${index}`, `image ${image}`),
      role,
      muted,
    })),
  )

describe('the meter', () => {
  test('counts nothing that is muted, and no image twice', () => {
    fc.assert(
      fc.property(someReferences, (references) => {
        const images = imagesWith(references, empty, 'gemini')
        const going = new Set(references.filter(({ muted }) => !muted).map(({ file }) => file.sha256))
        expect(images).toBe(going.size)
        expect(meterText(pro, images, references)).toContain(`${going.size} of 14 images`)
        if (references.length > 0) expect(refsText(pro, references)).toContain(`refs ${going.size}/14`)
      }),
    )
  })

  test('counts characters and objects separately, where the model has a limit for each', () => {
    const cast = [1, 2, 3].map((n) => ({ ...reference(`c${n}`), role: 'character' as const }))
    const hat = { ...reference('hat'), role: 'object' as const }
    expect(meterText(pro, 5, [...cast, hat, reference('sky')])).toBe(
      '5 of 14 images that Nano Banana Pro takes (6 objects and 5 people) · objects 1 of 6 · characters 3 of 5',
    )
    expect(meterText(modelOf('gemini-2.5-flash-image'), 3, cast)).toBe(
      '3 of 3 images that Nano Banana takes (works best with up to 3)',
    )
  })

  test('warns exactly when more characters or objects are in force than keep their looks', () => {
    fc.assert(
      fc.property(someReferences, (references) => {
        const count = (role: string) =>
          new Set(
            inForce(references)
              .filter((one) => one.role === role)
              .map(({ file }) => file.sha256),
          ).size
        const over = count('character') > 5 || count('object') > 6
        expect(kindWarning(pro, references) !== undefined).toBe(over)
      }),
    )
    const crowd = [1, 2, 3, 4, 5, 6].map((n) => ({ ...reference(`c${n}`), role: 'character' as const }))
    expect(kindWarning(pro, crowd)).toMatch(/keeps the looks of 5 characters, and 6 are in force.*\/ref mute/)
  })

  test('is short on the status row, and names what is muted', () => {
    const hut = { ...reference('hut'), muted: true }
    expect(refsText(pro, [reference('hero'), hut, reference('cap')])).toBe('refs 2/14: hero cap (hut muted)')
    expect(refsText(pro, [hut])).toBe('refs 0/14 (hut muted)')
    const many = Array.from({ length: 14 }, (_, n) => reference(`character-${n}`))
    expect(refsText(pro, many)).toBe('refs 14/14: character-0 character-1 character-2 cha…')
    expect(refsText(pro, [])).toBe('')
  })
})

describe('a change of a reference', () => {
  const three = ['a', 'b', 'c'].map((name): Fact => ({ at, type: 'referenced', reference: reference(name) }))
  const list = (...facts: readonly Fact[]) => replay(empty, [...three, ...facts]).references

  test('changes only that one, and keeps what it does not name', () => {
    const changed = list(
      { at, type: 'reference-changed', name: 'b', role: 'style' },
      { at, type: 'reference-changed', name: 'b', muted: true },
    )
    expect(changed).toEqual([
      reference('a'),
      { ...reference('b'), role: 'style', muted: true },
      reference('c'),
    ])
    const back = list(
      { at, type: 'reference-changed', name: 'b', role: 'style' },
      { at, type: 'reference-changed', name: 'b', role: null },
    )
    expect(back[1]?.role).toBeUndefined()
  })

  test('does nothing when that one does not exist', () => {
    expect(list({ at, type: 'reference-changed', name: 'x', place: 1 })).toEqual(list())
  })

  test('moves it to its place and keeps the order of the others', () => {
    const names = fc.constantFrom('a', 'b', 'c')
    const moves = fc.array(fc.tuple(names, fc.integer({ min: 1, max: 3 })), { maxLength: 8 })
    fc.assert(
      fc.property(moves, (all) => {
        let session = replay(empty, three)
        for (const [name, place] of all) {
          const before = session.references.map((one) => one.name).filter((one) => one !== name)
          session = apply(session, { at, type: 'reference-changed', name, place })
          const after = session.references.map((one) => one.name)
          expect(after.indexOf(name)).toBe(place - 1)
          expect(after.filter((one) => one !== name)).toEqual(before)
        }
      }),
    )
  })
})

test('a reference is found by its name, with or without @, or by its number', () => {
  const all = [reference('hero'), reference('2'), reference('hut')]
  expect(['hero', '@HERO', '1'].map((word) => referenceOf(word, all)?.name)).toEqual(['hero', 'hero', 'hero'])
  expect(referenceOf('2', all)?.name).toBe('2')
  expect(referenceOf('3', all)?.name).toBe('hut')
  expect(['0', '4', 'nobody'].map((word) => referenceOf(word, all))).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})
