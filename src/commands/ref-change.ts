import { type Answer, change, type Event, fail, say } from '../core/event.ts'
import { isProblem, type TaskProblem } from '../core/line/part-outcome.ts'
import { modelOf } from '../core/models/model-catalogue.ts'
import { imagesWith } from '../core/request/request.ts'
import { kindWarning, limitProblem, referenceOf } from '../core/session/reference.ts'
import { ROLES, roleAbout, roleNoun } from '../core/session/role.ts'
import type { Reference, Session } from '../core/session/session.ts'
import { readInput } from '../turn/mentions.ts'
import { defineCommand } from './define.ts'

/** What a reference may be for. */
export const ROLE = {
  kind: 'choice',
  about: 'a role',
  words: [...ROLES, 'none'],
  meanings: Object.fromEntries(ROLES.map((role) => [role, roleAbout(role)])),
} as const

export const refRole = defineCommand({
  name: 'ref role',
  summary: 'Say what a reference is for, so that the model takes only that from it',
  example: '/ref role hero character',
  group: 'references',
  changes: [],
  arguments: {
    reference: { kind: 'reference', about: 'the name or number of a reference' },
    role: ROLE,
  },
  async *run({ reference: word, role }, { session }) {
    const reference = yield* find(word, session)
    if (isProblem(reference)) return reference
    const { name } = reference
    yield change({ type: 'reference-changed', name, role: role === 'none' ? null : role })
    yield say(role === 'none' ? `${name} no longer has a role.` : `${name} is ${roleNoun(role)}.`)
    const changed = { ...reference, role: role === 'none' ? undefined : role }
    const warning = kindWarning(
      modelOf(session.settings.model),
      session.references.map((one) => (one.name === name ? changed : one)),
    )
    if (warning !== undefined) yield say(warning, 'warning')
  },
})

export const refMute = defineCommand({
  name: 'ref mute',
  summary: 'Keep references in the list, but do not send them with the next lines',
  example: '/ref mute hero',
  group: 'references',
  changes: [],
  arguments: { names: { kind: 'references', about: 'the name or number of a reference' } },
  async *run({ names }, { session }) {
    const found = yield* findAll(names, session)
    if (isProblem(found)) return found
    for (const { name } of found) yield change({ type: 'reference-changed', name, muted: true })
    const [first] = found
    if (first) yield say(`Muted: ${listed(found)}. @${first.name} in a line sends it with that line.`)
  },
})

export const refUnmute = defineCommand({
  name: 'ref unmute',
  summary: 'Send muted references again',
  example: '/ref unmute hero',
  group: 'references',
  changes: [],
  arguments: { names: { kind: 'references', about: 'the name or number of a reference' } },
  async *run({ names }, { session, chat }) {
    const found = yield* findAll(names, session)
    if (isProblem(found)) return found
    const model = modelOf(session.settings.model)
    const again = session.references.map((one) => (found.includes(one) ? { ...one, muted: false } : one))
    const problem = limitProblem(model, imagesWith(again, session, chat.engine.id))
    if (problem !== undefined) {
      return yield* fail(problem)
    }
    for (const { name } of found) yield change({ type: 'reference-changed', name, muted: false })
    yield say(`In force again: ${listed(found)}.`)
    const warning = kindWarning(model, again)
    if (warning !== undefined) yield say(warning, 'warning')
  },
})

export const refMove = defineCommand({
  name: 'ref move',
  summary: 'Move a reference to another place in the list; the model gets them in this order',
  example: '/ref move hero 1',
  group: 'references',
  changes: [],
  arguments: {
    reference: { kind: 'reference', about: 'the name or number of a reference' },
    place: { kind: 'number', about: 'its new number' },
  },
  async *run({ reference: word, place }, { session }) {
    const reference = yield* find(word, session)
    if (isProblem(reference)) return reference
    const last = session.references.length
    if (place > last) {
      return yield* fail(last === 1 ? 'There is only one reference.' : `The places are 1 to ${last}.`)
    }
    const { name } = reference
    yield change({ type: 'reference-changed', name, place })
    const others = session.references.filter((one) => one !== reference)
    yield say(`The order is now ${listed(others.toSpliced(place - 1, 0, reference))}.`)
  },
})

export const refUpdate = defineCommand({
  name: 'ref update',
  summary: 'Copy references from their files again; without a name, all whose files have changed',
  example: '/ref update hero',
  group: 'references',
  changes: [],
  arguments: { names: { kind: 'references', about: 'the name or number of a reference', optional: true } },
  async *run({ names }, { session, place }) {
    const wanted = names === undefined ? session.references : yield* findAll(names, session)
    if (isProblem(wanted)) return wanted
    let updated = 0
    let problem: TaskProblem | undefined
    for (const { name, source, file, muted } of wanted) {
      const input = await readInput(source, place)
      if (!input.ok) {
        const failed = yield* fail(`${input.sentence} ${name} stays as it is.`)
        problem ??= failed
        continue
      }
      const { original } = input
      const same = input.file.sha256 === file.sha256
      yield change(
        { type: 'reference-changed', name, file: input.file, original, changed: null },
        same ? [] : input.files,
      )
      if (same) continue
      updated += 1
      const when = muted ? 'the new one, muted as before' : 'the new one is sent from the next line on'
      const caption = `${name} · ${input.file.width}×${input.file.height} · ${when}`
      yield { type: 'show-file', file: input.file, caption }
    }
    if (wanted.length > 0 && updated === 0 && !problem) yield say('No file has changed since it was copied.')
    if (names === undefined && session.references.length === 0) yield say('No references are in force.')
    return problem
  },
})

/** The reference that a word names; fails if there is none. */
async function* find(word: string, session: Session): AsyncGenerator<Event, Reference | TaskProblem, Answer> {
  const reference = referenceOf(word, session.references)
  return reference ?? (yield* fail(`There is no reference ${word}; /ref list shows them.`))
}

/** The references that the words name, each once; fails if one does not exist. */
export async function* findAll(
  words: readonly string[],
  session: Session,
): AsyncGenerator<Event, readonly Reference[] | TaskProblem, Answer> {
  const found = new Set<Reference>()
  for (const word of words) {
    const reference = yield* find(word, session)
    if (isProblem(reference)) return reference
    found.add(reference)
  }
  return [...found]
}

function listed(references: readonly Reference[]): string {
  return references.map(({ name }) => name).join(', ')
}
