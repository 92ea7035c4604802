import { type Event, fail, say } from '../core/event.ts'
import { selectVersions } from '../core/session/selection.ts'
import type { Session, Version } from '../core/session/session.ts'
import { thoughtImages, thoughtWords } from '../core/session/thoughts.ts'
import { turnThatDrew } from '../core/session/tree.ts'
import { defineCommand } from './define.ts'

export const show = defineCommand({
  name: 'show',
  summary:
    'Show versions again without going to them; --sheet puts them on one contact sheet with their names',
  example: '/show v5..v8 --sheet',
  group: 'versions',
  changes: [],
  arguments: {
    versions: {
      kind: 'versions',
      about: 'a version or a range of them, such as v3, v5..v9 or leaves',
      optional: true,
    },
  },
  flags: {
    full: { kind: 'switch', about: 'as large as the window' },
    sheet: { kind: 'switch', about: 'side by side in one picture' },
    thoughts: { kind: 'switch', about: 'what the model thought before it drew, with its rough images' },
    sources: { kind: 'switch', about: 'what the model searched for before it drew, and what it found' },
  },
  async *run({ versions = [], full, sheet, thoughts, sources }, { session }) {
    const selected = selectVersions(versions, session)
    if (!selected.ok) {
      return yield* fail(selected.sentence)
    }
    for (const version of selected.versions) {
      if (thoughts) yield* thoughtsOf(version, session)
      if (sources) yield* sourcesOf(version, session)
    }
    if (thoughts || sources) return
    const numbers = selected.versions.map(({ number }) => number)
    if (sheet) yield { type: 'sheet', versions: numbers }
    else for (const version of numbers) yield { type: 'show', version, size: full ? 'full' : 'usual' }
  },
})

function* thoughtsOf(version: Version, session: Session): Generator<Event, void, unknown> {
  const { number } = version
  const thoughts = answerOf(session, version)?.thoughts ?? []
  if (thoughts.length === 0) {
    yield say(`v${number} came without thoughts; /set thoughts on asks for them from the next line on.`)
    return
  }
  const words = thoughtWords(thoughts)
  if (words !== '') yield say(words)
  const images = thoughtImages(thoughts)
  for (const [index, file] of images.entries()) {
    const which = `thought ${index + 1} of ${images.length} before v${number}`
    yield { type: 'show-file', file, caption: `${which} · ${file.width}×${file.height} · ${file.file}` }
  }
}

function* sourcesOf(version: Version, session: Session): Generator<Event, void, unknown> {
  const grounding = answerOf(session, version)?.grounding
  if (grounding) yield { type: 'sources', grounding }
  else
    yield say(
      `Nothing was searched for v${version.number}; /set search web lets the model search from the next line on.`,
    )
}

function answerOf(session: Session, version: Version) {
  const outcome = turnThatDrew(session, version)?.outcome
  return outcome?.kind === 'answered' ? outcome : undefined
}
