import { type Saved, saveVersion } from './commands/save.ts'
import type { Notice, Work } from './core/event.ts'
import { failureText } from './core/failure.ts'
import { nothingText } from './core/reply.ts'
import type { Fact, Version } from './core/session.ts'
import { nextVersion } from './core/tree.ts'
import type { Repl } from './repl.ts'
import { buildRoad, type RoadParts } from './road.ts'
import type { Printed } from './screen.ts'
import { loadSettings } from './store/load-settings.ts'
import { sanitize } from './terminal/sanitize.ts'

type Output = { readonly output: string | null; readonly force: boolean }

type Streams = { out(text: string): void; err(text: string): void }

/** The same road without a screen, for one line: the image's path on stdout, all else on stderr; 0 or 1. */
export async function oneTurn(
  parts: Omit<RoadParts, 'print' | 'terminal' | 'settings' | 'asks'>,
  { output, force }: Output,
  { out, err }: Streams,
): Promise<number> {
  const print = (item: Printed) => {
    const words = wordsOf(item)
    if (words !== '') err(`${sanitize(words)}\n`)
  }
  const settings = await loadSettings(parts.place.root)
  const repl = await buildRoad({ ...parts, print, settings, terminal: () => null, asks: false })
  await repl.settled()
  const { engine } = repl.live.value
  if (engine.kind === 'practice') err(`${engine.label}\n`)
  const before = nextVersion(repl.live.value.session)
  await repl.submit(parts.options.line)
  await repl.settled()
  const { session } = repl.live.value
  const version = session.versions.findLast(({ number }) => number >= before)
  const saved = version && (await save(repl, version, { output, force }))
  await repl.close()
  if (saved?.ok) out(`${saved.path}\n`)
  else if (saved) err(`${sanitize(saved.sentence)}\n`)
  return saved?.ok ? 0 : 1
}

/** Without -o the image stays where the session keeps it. */
async function save(repl: Repl, version: Version, { output, force }: Output): Promise<Saved | undefined> {
  let saved: Saved | undefined
  await repl.perform((context) => {
    return (async function* (): Work {
      saved =
        output === null
          ? { ok: true, path: context.store.path(version.file.file) }
          : await saveVersion(version, output, force, context)
      yield* []
    })()
  })
  return saved
}

function wordsOf(item: Printed): string {
  switch (item.kind) {
    case 'line':
      return ''
    case 'fact':
      return factWords(item.fact)
    case 'notice':
      return noticeWords(item.notice)
  }
}

function factWords(fact: Fact): string {
  if (fact.type === 'failed') return failureText(fact.failure)
  if (fact.type !== 'answered') return ''
  return [fact.words, fact.nothing ? nothingText(fact.nothing) : ''].filter(Boolean).join('\n')
}

function noticeWords(notice: Notice): string {
  switch (notice.type) {
    case 'say':
      return notice.text
    case 'list':
      return notice.rows.map((row) => row.join('  ')).join('\n')
    case 'failure':
      return failureText(notice.failure)
    case 'progress':
      return notice.text
    case 'show':
    case 'show-file':
    case 'card':
      return ''
  }
}
