import { withChange } from '../settings/turn-settings.ts'
import type { Fact, FactOf } from './fact.ts'
import type { Choice, Head, Reference, Session, Turn, Version } from './session.ts'
import { groupFrom, isSameHead, madeBy, versionOf } from './tree.ts'

/** The only place where a session changes. */
export function apply(session: Session, fact: Fact): Session {
  switch (fact.type) {
    case 'titled':
      return { ...session, title: fact.title }
    case 'set':
      return { ...session, settings: withChange(session.settings, fact.settings) }
    case 'styled':
      return { ...session, style: fact.style }
    case 'brought': {
      const version: Version = {
        number: fact.version,
        file: fact.file,
        turn: null,
        parent: session.head,
        name: fact.name,
        ...(fact.source === undefined ? {} : { source: fact.source }),
      }
      const head = { turn: null, version: fact.version }
      return { ...session, versions: [...session.versions, version], head, undone: [], choice: null }
    }
    case 'derived':
      return derived(session, fact)
    case 'referenced': {
      const others = session.references.filter((reference) => reference.name !== fact.reference.name)
      return { ...session, references: [...others, fact.reference] }
    }
    case 'unreferenced':
      return {
        ...session,
        references: session.references.filter((reference) => !fact.names.includes(reference.name)),
      }
    case 'reference-changed':
      return { ...session, references: withReference(session.references, fact) }
    case 'queued':
      return { ...session, waiting: [...session.waiting, fact.waiting] }
    case 'unqueued':
      return { ...session, waiting: session.waiting.filter((line) => !fact.ids.includes(line.id)) }
    case 'prompted':
      return {
        ...session,
        waiting: session.waiting.filter(({ id }) => id !== fact.queued),
        choice: choiceFor(session, fact.prompt.group),
        turns: [
          ...session.turns,
          {
            ...fact.prompt,
            id: fact.turn,
            at: fact.at,
            outcome: { kind: 'open' },
            letGo: false,
            ...(fact.reserved === undefined ? {} : { reserved: fact.reserved }),
          },
        ],
      }
    case 'answered':
      return answered(session, fact)
    case 'failed':
      return withTurn(session, fact.turn, { outcome: { kind: 'failed', failure: fact.failure } })
    case 'let-go':
      return withTurn(session, fact.turn, { letGo: true })
    case 'tagged': {
      const others = session.tags.filter(({ name }) => name.toLowerCase() !== fact.name.toLowerCase())
      const tag = fact.version === null ? [] : [{ name: fact.name, version: fact.version }]
      return { ...session, tags: [...others, ...tag] }
    }
    case 'moved':
      return moved(session, fact)
    case 'left':
      return session
  }
}

/** All that it takes to resume a session. */
export function replay(empty: Session, facts: Iterable<Fact>): Session {
  let session = empty
  for (const fact of facts) session = apply(session, fact)
  return session
}

function answered(session: Session, fact: Fact & { type: 'answered' }): Session {
  const turn = session.turns.find(({ id }) => id === fact.turn)
  if (!turn) return session
  const main = fact.images.at(-1)?.version ?? null
  const versions = fact.images.map(({ version, file }) => ({
    number: version,
    file,
    turn: turn.id,
    parent: turn.parent,
    ...(turn.batch ? { name: turn.batch.row } : {}),
  }))
  const { images: _, type: _type, at: _at, turn: _turn, adopted = false, ...rest } = fact
  const next = withTurn(session, fact.turn, {
    outcome: { ...rest, kind: 'answered', versions: versions.map(({ number }) => number), main, adopted },
  })
  const all = { ...next, versions: [...session.versions, ...versions] }
  // An answer in words stays in the conversation; an answer with nothing in it does not.
  const onPath = main !== null || fact.words !== ''
  if (turn.letGo || turn.batch || !onPath) return all
  if (turn.group !== undefined) return { ...all, choice: chosenFrom(session.choice, turn.group, versions) }
  return { ...all, head: { turn: turn.id, version: main }, undone: [] }
}

function derived(session: Session, { act, parent, versions: made, head }: FactOf<'derived'>): Session {
  const first = versionOf(session, act.from[0] ?? null)
  const versions = made.map(
    ({ version, file, did }): Version => ({
      number: version,
      file,
      turn: parent.turn,
      parent,
      ...(first?.name === undefined ? {} : { name: first.name }),
      ...(act.source === undefined ? {} : { source: act.source }),
      made: { act, did, turnsBefore: session.turns.length },
    }),
  )
  const after = { ...session, versions: [...session.versions, ...versions] }
  if (versions.length > 1) {
    return { ...after, head, choice: { group: act.id, versions: versions.map(({ number }) => number) } }
  }
  const stays = isSameHead(head, session.head)
  return stays ? after : { ...after, head, undone: [], choice: null }
}

function withReference(
  references: readonly Reference[],
  { name, role, muted, place, file, original, changed }: Fact & { type: 'reference-changed' },
): readonly Reference[] {
  const at = references.findIndex((one) => one.name === name)
  const before = references[at]
  if (!before) return references
  const { changed: known, ...rest } = before
  const seen = changed === undefined ? known : changed
  const after: Reference = {
    ...rest,
    ...(role === undefined ? {} : { role: role ?? undefined }),
    ...(muted === undefined ? {} : { muted }),
    ...(file === undefined ? {} : { file }),
    ...(original === undefined ? {} : { original }),
    ...(seen ? { changed: seen } : {}),
  }
  const others = references.toSpliced(at, 1)
  return others.toSpliced(place === undefined ? at : place - 1, 0, after)
}

/** A new line ends the choice of the one before it. */
function choiceFor({ choice }: Session, group: string | undefined): Choice | null {
  if (group === undefined) return null
  return choice?.group === group ? choice : { group, versions: [] }
}

/** An image that arrives after the choice has ended is not chosen from: it is a version like any other. */
function chosenFrom(choice: Choice | null, group: string, versions: readonly Version[]): Choice | null {
  if (choice?.group !== group) return choice
  const all = [...choice.versions, ...versions.map(({ number }) => number)]
  return { group, versions: all.toSorted((a, b) => a - b) }
}

function moved(session: Session, fact: Fact & { type: 'moved' }): Session {
  const { head, choice, undone } = session
  const there = { ...session, head: fact.head, previous: head }
  switch (fact.by) {
    case 'undo':
      return { ...there, undone: [...undone, { head, choice }], choice: choiceAt(session, fact.head) }
    case 'redo':
      return { ...there, undone: undone.slice(0, -1), choice: undone.at(-1)?.choice ?? null }
    case 'goto':
      return { ...there, undone: [], choice: null }
  }
}

/** The choice that was made at a head on the path to the current one: after going back, it can be made again. */
function choiceAt(session: Session, head: Head): Choice | null {
  const group = groupFrom(session, head)
  if (group === undefined) return null
  const drawn = session.turns.flatMap((turn) =>
    turn.group === group && !turn.letGo && turn.outcome.kind === 'answered' ? turn.outcome.versions : [],
  )
  const versions = [...drawn, ...madeBy(session, group).map(({ number }) => number)]
  return { group, versions: versions.toSorted((a, b) => a - b) }
}

function withTurn(session: Session, id: string, change: Partial<Turn>): Session {
  return { ...session, turns: session.turns.map((turn) => (turn.id === id ? { ...turn, ...change } : turn)) }
}
