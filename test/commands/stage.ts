import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { COMMANDS } from '../../src/commands/command-list.ts'
import { resolveCommand, spelledOut } from '../../src/commands/usage.ts'
import type { Answer, Event, Go, Question, Task } from '../../src/core/event.ts'
import { parseLine } from '../../src/core/line/line.ts'
import type { Grounding } from '../../src/core/session/grounding.ts'
import { knownIn } from '../../src/core/session/label.ts'
import { bring } from '../../src/repl/opening.ts'
import { saidIn } from '../turn/said.ts'
import { type Talk, talk } from '../turn/talk.ts'

export type Ran = {
  /** What was said, in order. */
  readonly words: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly sources: readonly Grounding[]
  readonly questions: readonly Question[]
  readonly gos: readonly Go[]
  /** Versions that were shown, and captions of files. */
  readonly shown: readonly (number | string)[]
  /** `bad`, `warning`, … of what was said. */
  readonly tones: readonly string[]
}

async function drive(one: Talk, work: Task, answers: readonly Answer[]): Promise<Ran> {
  const events: Event[] = []
  const left = [...answers]
  for (let step = await work.next(undefined); !step.done; ) {
    const event = step.value
    if (event.type === 'change') await one.record.add(event)
    else events.push(event)
    step = await work.next(event.type === 'ask' ? left.shift() : undefined)
  }
  return {
    words: events.flatMap((event) => (event.type === 'saved' ? [event.path] : saidIn(event))),
    tones: events.flatMap(toneOf),
    rows: events.flatMap((event) => (event.type === 'list' ? event.rows : [])),
    sources: events.flatMap((event) => (event.type === 'sources' ? [event.grounding] : [])),
    questions: events.flatMap((event) => (event.type === 'ask' ? [event.question] : [])),
    gos: events.flatMap((event) => (event.type === 'go' ? [event] : [])),
    shown: events.flatMap((event): (number | string)[] =>
      event.type === 'show' ? [event.version] : event.type === 'show-file' ? [event.caption] : [],
    ),
  }
}

/** Types a command and runs it as the REPL does; a line that is not a command fails the test. */
export async function run(one: Talk, line: string, ...answers: readonly Answer[]): Promise<Ran> {
  const parsed = parseLine(spelledOut(line, COMMANDS), knownIn(one.session))
  if (parsed.kind !== 'command') throw new Error(`${line} is a ${parsed.kind}`)
  const found = resolveCommand(parsed.name, parsed.rest, COMMANDS)
  if (found.kind === 'unknown') throw new Error(found.sentence)
  const started = found.command.start(found.rest, one.context())
  if ('problem' in started) {
    const words = [started.problem]
    return { words, tones: ['bad'], rows: [], sources: [], questions: [], gos: [], shown: [] }
  }
  return drive(one, started.work, answers)
}

/** A practice session with these lines drawn. */
export async function practiceSession(...lines: readonly string[]): Promise<Talk> {
  const one = await talk({ practice: true })
  for (const line of lines) await one.line(line)
  return one
}

/** A plain picture in the working folder. */
export async function picture(
  one: Pick<Talk, 'place'>,
  name: string,
  colour = 'red',
  width = 60,
  height = 40,
): Promise<string> {
  const path = join(one.place.folder, name)
  await mkdir(dirname(path), { recursive: true })
  const image = sharp({ create: { width, height, channels: 3, background: colour } })
  await writeFile(path, await image.toFormat(/\.(?:jpe?g)$/.test(name) ? 'jpeg' : 'png').toBuffer())
  return path
}

export function bringIn(one: Talk, ...paths: readonly string[]): Promise<Ran> {
  return drive(one, bring(paths, one.context()), [])
}

/** `bad` for what was not done. */
function toneOf(event: Event): readonly string[] {
  if (event.type === 'problem') return ['bad']
  if (event.type === 'saved') return ['good']
  return event.type === 'say' ? [event.tone ?? ''] : []
}
