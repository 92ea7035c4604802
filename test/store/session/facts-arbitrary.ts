import fc from 'fast-check'
import type { Fact } from '../../../src/core/session/session.ts'
import { answered, at, imageRef, prompted } from './session-facts.ts'

const text = fc.string({ unit: 'binary', maxLength: 30 }).map((words) => words.toWellFormed())

type Kind =
  | 'turn'
  | 'words'
  | 'failed'
  | 'brought'
  | 'titled'
  | 'set'
  | 'referenced'
  | 'reference-changed'
  | 'moved'
  | 'queued'

const kinds: readonly Kind[] = [
  'turn',
  'words',
  'failed',
  'brought',
  'titled',
  'set',
  'referenced',
  'reference-changed',
  'moved',
  'queued',
]

/** Sessions as they come about: a prompt before its end, numbers in order of arrival. */
export const someFacts: fc.Arbitrary<readonly Fact[]> = fc
  .array(fc.tuple(fc.constantFrom(...kinds), text), { maxLength: 12 })
  .map((steps) => {
    const facts: Fact[] = []
    let turns = 0
    let versions = 0
    for (const [kind, words] of steps) {
      switch (kind) {
        case 'turn':
          facts.push(prompted(`t${++turns}`, words), answered(`t${turns}`, ++versions))
          break
        case 'words':
          facts.push(prompted(`t${++turns}`, words), {
            at,
            type: 'answered',
            turn: `t${turns}`,
            words,
            images: [],
            nothing: { kind: 'words-only', says: '' },
            weight: words.length,
            usage: null,
            cost: { kind: 'free' },
            seconds: 0,
            adopted: true,
          })
          break
        case 'failed':
          facts.push(prompted(`t${++turns}`, words), {
            at,
            type: 'failed',
            turn: `t${turns}`,
            failure: { kind: 'refused', status: 400, says: words },
          })
          break
        case 'brought': {
          const file = imageRef(`images/v${++versions}.jpg`)
          facts.push({ at, type: 'brought', version: versions, file, name: words })
          break
        }
        case 'titled':
          facts.push({ at, type: 'titled', title: words })
          break
        case 'set':
          facts.push({ at, type: 'set', settings: { size: words } })
          break
        case 'referenced': {
          const reference = { name: words, file: imageRef('inputs/aa.jpg'), source: words }
          facts.push({ at, type: 'referenced', reference })
          break
        }
        case 'reference-changed': {
          const original = { bytes: turns, modified: versions, sha256: words }
          facts.push({ at, type: 'reference-changed', name: words, role: 'style', muted: true, original })
          facts.push({ at, type: 'reference-changed', name: words, role: null, place: 1, changed: original })
          break
        }
        case 'moved':
          facts.push({ at, type: 'moved', by: 'goto', head: { turn: null, version: null } })
          break
        case 'queued':
          facts.push({ at, type: 'queued', waiting: { id: words, line: words, base: null, mentions: [] } })
          break
      }
    }
    return facts
  })
