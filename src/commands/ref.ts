import { stat } from 'node:fs/promises'
import { glob } from 'tinyglobby'
import type { Context, Place } from '../chat/context.ts'
import { absolute, readInput } from '../chat/prompt.ts'
import { type Answer, change, type Event, say } from '../core/event.ts'
import { modelOf } from '../core/model.ts'
import { imagesCount, limitProblem, nameFrom, nameProblem } from '../core/reference.ts'
import { messageImages } from '../core/request.ts'
import type { Reference } from '../core/session.ts'
import { defineCommand } from './define.ts'

export const refAdd = defineCommand({
  name: 'ref add',
  summary: 'Attach images that stay in force until removed; name them in a line as @name',
  example: '/ref add char.png --as hero',
  arguments: { files: { kind: 'files', about: 'an image file, or a pattern such as art/*.png' } },
  flags: { as: { kind: 'text', about: 'a name for the reference' } },
  async *run({ files, as }, context) {
    const paths = await expand(files, context.place)
    if (as !== undefined && paths.length > 1) {
      yield say(`--as names one reference, and these are ${paths.length} files.`, 'bad')
      return
    }
    for (const path of paths) {
      const full = yield* add(path, as, context)
      if (full) return
    }
  },
})

/** True when the model takes no more. */
async function* add(
  path: string,
  as: string | undefined,
  { session, place, chat }: Context,
): AsyncGenerator<Event, boolean, Answer> {
  const name = as?.replace(/^@/, '') ?? nameFrom(path)
  const input = await readInput(path, place)
  if (!input.ok) {
    yield say(input.sentence, 'bad')
    return false
  }
  const twin = session.references.find(({ file }) => file.sha256 === input.file.sha256)
  const problem = twin
    ? `This image is in force already, as ${twin.name}.`
    : nameProblem(name, session.references)
  const reference: Reference = { name, file: input.file, source: absolute(path, place) }
  const model = modelOf(session.settings.model)
  const limit = limitProblem(
    model,
    messageImages(session, {
      parent: session.head,
      fresh: false,
      engine: chat.engine.id,
      references: [...session.references, reference],
      mentions: [],
    }),
  )
  const refusal = problem ?? limit
  if (refusal !== undefined) {
    yield say(refusal, 'bad')
    return problem === undefined
  }
  yield change({ type: 'referenced', reference }, input.files)
  yield {
    type: 'show-file',
    file: input.file,
    caption: `${name} · ${sizeOf(reference)} · in force from the next line on`,
  }
  return false
}

export const refList = defineCommand({
  name: 'ref list',
  aliases: ['ref'],
  summary: 'List the references in force, and how many the model takes',
  example: '/ref list',
  async *run(_, { session }) {
    const model = modelOf(session.settings.model)
    if (session.references.length === 0) {
      yield say(
        'No references are in force. /ref add FILE attaches one; @file in a line attaches one for that line.',
      )
      return
    }
    yield {
      type: 'list',
      rows: session.references.map((one, index) => [`${index + 1}`, one.name, sizeOf(one), one.source]),
    }
    yield say(
      `${imagesCount(session.references)} of ${model.images.most} images that ${model.name} takes (${model.images.note})`,
    )
  },
})

export const refRemove = defineCommand({
  name: 'ref remove',
  aliases: ['ref rm'],
  summary: 'Take references out of force, by name or number',
  example: '/ref remove hero',
  arguments: { names: { kind: 'references', about: 'the name or number of a reference' } },
  async *run({ names }, { session }) {
    const found: string[] = []
    for (const word of names) {
      const name = word.replace(/^@/, '').toLowerCase()
      const reference =
        session.references.find((one) => one.name.toLowerCase() === name) ??
        (/^\d+$/.test(name) ? session.references[Number(name) - 1] : undefined)
      if (!reference) {
        yield say(`There is no reference ${word}; /ref list shows them.`, 'bad')
        return
      }
      found.push(reference.name)
    }
    yield change({ type: 'unreferenced', names: found })
    yield say(`No longer in force: ${found.join(', ')}.`)
  },
})

export const refClear = defineCommand({
  name: 'ref clear',
  summary: 'Take all references out of force',
  example: '/ref clear',
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

function sizeOf({ file }: Reference): string {
  return `${file.width}×${file.height}`
}

/** Patterns become the files they match, in order of name; a path that exists is taken as it is. */
async function expand(words: readonly string[], place: Place): Promise<readonly string[]> {
  const paths: string[] = []
  for (const word of words) {
    const full = absolute(word, place)
    const there = await stat(full).then(
      () => true,
      () => false,
    )
    const matches = there || !/[*?[{]/.test(word) ? [] : await matching(word, place)
    paths.push(...(matches.length > 0 ? matches.sort() : [word]))
  }
  return paths
}

/** Only what the user typed is a pattern: the name of the working folder may look like one. */
function matching(word: string, { folder, home }: Place): Promise<string[]> {
  const [cwd, pattern] = word.startsWith('~/') ? [home, word.slice(2)] : [folder, word]
  return glob(pattern, { cwd, absolute: true, expandDirectories: false })
}
