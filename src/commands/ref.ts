import { stat } from 'node:fs/promises'
import { type Answer, change, type Event, fail, say } from '../core/event.ts'
import { isProblem, type TaskProblem } from '../core/line/part-outcome.ts'
import { modelOf } from '../core/models/model-catalogue.ts'
import { aloneVersion, imagesWith } from '../core/request/request.ts'
import {
  inForce,
  kindWarning,
  limitProblem,
  meterText,
  nameFrom,
  nameProblem,
} from '../core/session/reference.ts'
import type { Role } from '../core/session/role.ts'
import type { Reference, Session } from '../core/session/session.ts'
import type { Place } from '../host/place.ts'
import type { Context } from '../turn/context.ts'
import { readInput } from '../turn/mentions.ts'
import { absolute } from '../turn/read-image.ts'
import { noticeChanges } from '../turn/reference-files.ts'
import { keptText } from '../turn/uploaded-images.ts'
import { checked, missingFile } from './checks.ts'
import { defineCommand } from './define.ts'
import { findAll, ROLE } from './ref-change.ts'

export const refAdd = defineCommand({
  name: 'ref add',
  summary: 'Attach images that are sent with every line until removed; name them in a line as @name',
  example: '/ref add char.png --as hero --role character',
  group: 'references',
  changes: [],
  arguments: { files: { kind: 'files', about: 'an image file, or a pattern such as art/*.png' } },
  flags: {
    as: { kind: 'text', about: 'a name for the reference' },
    role: ROLE,
  },
  check: async ({ files }, before) =>
    checked(
      await missingFile(
        files.filter((file) => !isPattern(file)),
        before,
      ),
    ),
  async *run({ files, as, role }, context) {
    const paths = await expand(files, context.place)
    if (as !== undefined && paths.length > 1) {
      return yield* fail(`--as names one reference, but these are ${paths.length} files.`)
    }
    let problem: TaskProblem | undefined
    for (const path of paths) {
      const added = yield* add(path, as, role === 'none' ? undefined : role, context)
      problem ??= added.problem
      if (added.full) return problem
    }
    const warning = kindWarning(modelOf(context.session.settings.model), context.session.references)
    if (warning !== undefined) yield say(warning, 'warning')
    return problem
  },
})

/** `full`: the model takes no more references. */
type Added = { readonly full: boolean; readonly problem?: TaskProblem }

async function* add(
  path: string,
  as: string | undefined,
  role: Role | undefined,
  { session, place, chat }: Context,
): AsyncGenerator<Event, Added, Answer> {
  const name = as?.replace(/^@/, '') ?? nameFrom(path)
  const input = await readInput(path, place)
  if (!input.ok) return { full: false, problem: yield* fail(input.sentence) }
  const { file, files, original } = input
  const source = absolute(path, place)
  const twin = session.references.find((one) => one.file.sha256 === file.sha256)
  const older = session.references.find((one) => one.name === name && one.source === source)
  const problem = twin
    ? `This image is already in ${twin.muted ? 'the list' : 'force'}, as ${twin.name}.`
    : older
      ? `${name} is an older copy of this file: /ref update ${name} copies it again.`
      : (nameProblem(name, session.references) ?? tagProblem(name, session))
  const reference: Reference = { name, file, source, original, ...(role === undefined ? {} : { role }) }
  const model = modelOf(session.settings.model)
  const images = imagesWith([...session.references, reference], session, chat.engine.id)
  const refusal = problem ?? limitProblem(model, images)
  if (refusal !== undefined) return { full: problem === undefined, problem: yield* fail(refusal) }
  yield change({ type: 'referenced', reference }, files)
  const words = [name, role ?? '', sizeOf(reference), 'in force from the next line on']
  const meter = `${images} of ${model.images.most} images`
  yield { type: 'show-file', file, caption: [...words, meter].filter((word) => word !== '').join(' · ') }
  return { full: false }
}

export const refList = defineCommand({
  name: 'ref list',
  aliases: ['ref'],
  summary: 'List the references with their roles, and how many images the model takes',
  example: '/ref list',
  group: 'references',
  changes: [],
  async *run(_, context) {
    const { store, chat } = context
    if (store.readOnly === undefined) yield* noticeChanges(context.session.references)
    const { session } = context
    const model = modelOf(session.settings.model)
    if (session.references.length === 0) {
      yield say(
        'No references are in force. /ref add FILE attaches one; @file in a line attaches one for that line.',
      )
      return
    }
    yield { type: 'list', rows: session.references.map((one, index) => row(one, index + 1, session)) }
    const images = imagesWith(session.references, session, chat.engine.id)
    const alone = aloneVersion(session, { parent: session.head, fresh: false, engine: chat.engine.id })
    const itself = alone ? ` · v${alone.number} is one of them` : ''
    yield say(`${meterText(model, images, session.references)}${itself}`)
    const kept = await keptText(session.references, context)
    if (kept !== '') yield say(kept)
    const warning = kindWarning(model, session.references)
    if (warning !== undefined) yield say(warning, 'warning')
  },
})

/** Number, name, size, role, place in the message, file. */
function row(reference: Reference, number: number, { references }: Session): readonly string[] {
  const { name, role, muted, changed, source } = reference
  const place = muted ? 'muted' : `image ${inForce(references).indexOf(reference) + 1}`
  return [
    `${number}`,
    name,
    sizeOf(reference),
    role ?? '',
    place,
    changed ? `${source} (has changed: /ref update ${name})` : source,
  ]
}

export const refRemove = defineCommand({
  name: 'ref remove',
  aliases: ['ref rm'],
  summary: 'Remove references, by name or number',
  example: '/ref remove hero',
  group: 'references',
  changes: [],
  arguments: { names: { kind: 'references', about: 'the name or number of a reference' } },
  async *run({ names: words }, { session }) {
    const found = yield* findAll(words, session)
    if (isProblem(found)) return found
    const names = found.map(({ name }) => name)
    if (names.length === 0) return
    yield change({ type: 'unreferenced', names })
    yield say(`No longer in force: ${names.join(', ')}.`)
  },
})

export const refClear = defineCommand({
  name: 'ref clear',
  summary: 'Remove all references',
  example: '/ref clear',
  group: 'references',
  changes: [],
  async *run(_, { session }) {
    const names = session.references.map(({ name }) => name)
    if (names.length === 0) {
      yield say('No references are in force.')
      return
    }
    yield change({ type: 'unreferenced', names })
    yield say(`No longer in force: ${names.join(', ')}.`)
  },
})

function tagProblem(name: string, { tags }: Session): string | undefined {
  const tag = tags.find((one) => one.name.toLowerCase() === name.toLowerCase())
  return tag && `v${tag.version} is already tagged ${tag.name}; choose another name with --as NAME.`
}

function sizeOf({ file }: Reference): string {
  return `${file.width}×${file.height}`
}

function isPattern(word: string): boolean {
  return /[*?[{]/.test(word)
}

/** Replaces patterns by the files that they match, sorted by name; a path that exists is no pattern. */
async function expand(words: readonly string[], place: Place): Promise<readonly string[]> {
  const paths: string[] = []
  for (const word of words) {
    const full = absolute(word, place)
    const there = await stat(full).then(
      () => true,
      () => false,
    )
    const matches = there || !isPattern(word) ? [] : await matching(word, place)
    paths.push(...(matches.length > 0 ? matches.sort() : [word]))
  }
  return paths
}

/** Only what the user typed is a pattern, since the name of the working folder may look like one. */
async function matching(word: string, { folder, home }: Place): Promise<string[]> {
  const [cwd, pattern] = word.startsWith('~/') ? [home, word.slice(2)] : [folder, word]
  const { glob } = await import('tinyglobby')
  return glob(pattern, { cwd, absolute: true, expandDirectories: false })
}
