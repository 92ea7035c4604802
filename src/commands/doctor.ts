import { access, constants, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { say } from '../core/event.ts'
import { explain } from '../core/failures/failure.ts'
import type { Chat } from '../gemini/chat.ts'
import type { Place } from '../host/place.ts'
import { listSessions } from '../store/session/list-sessions.ts'
import type { Settings } from '../store/settings/all-settings.ts'
import { findKey } from '../store/settings/api-key.ts'
import type { Terminal } from '../terminal/which/probe.ts'
import { choiceOf, type GraphicsChoice, terminalRows } from '../terminal/which/terminal-report.ts'
import { checkLive } from '../turn/live/check-live.ts'
import { defineCommand } from './define.ts'

export const SECOND_OPINION = 'the same image drawn by terminal-image, to compare'

export const doctor = defineCommand({
  name: 'doctor',
  summary:
    'Show how this terminal draws images and why, with a test picture for each way, and what else a bug report needs; --live checks what was never tried on the live service, and shows the price first',
  example: '/doctor',
  group: 'limn',
  changes: [],
  flags: { live: { kind: 'switch', about: 'check the live service instead; it asks before it spends' } },
  async *run({ live }, context) {
    if (live) {
      yield* checkLive(context, false)
      return
    }
    const { terminal, chat, place, settings } = context
    const now = terminal()
    const report = await examine(now, settings.values.graphics, chat, place)
    yield { type: 'list', rows: rowsOf(report) }
    for (const protocol of now?.protocols ?? []) {
      yield { type: 'card', graphics: protocol, caption: protocol }
    }
    if (now) yield { type: 'card', graphics: 'second-opinion', caption: SECOND_OPINION }
    yield say('limn doctor --json prints this for a bug report, without the key.')
  },
})

export type DoctorReport = {
  readonly limn: string
  readonly node: string
  readonly system: string
  readonly libraries: Readonly<Record<string, string>>
  readonly terminal: Terminal | null
  readonly pictures: GraphicsChoice | null
  readonly engine: string
  /** Where the key comes from, never the key. */
  readonly key: string
  readonly models: string
  readonly home: { readonly folder: string; readonly writable: boolean; readonly freeBytes: number | null }
  readonly sessions: number
}

/** Costs nothing: its only request lists the models, which is free. */
export async function examine(
  terminal: Terminal | null,
  graphics: Settings['graphics'],
  chat: Chat,
  place: Place,
): Promise<DoctorReport> {
  const [key, models, writable, freeBytes, sessions, sharp] = await Promise.all([
    findKey(place.env, place.root).catch(() => undefined),
    modelsOf(chat),
    isWritable(place.root),
    statfs(place.root).then(
      ({ bavail, bsize }) => bavail * bsize,
      () => null,
    ),
    listSessions(place.root),
    import('sharp'),
  ])
  return {
    limn: place.version,
    node: process.versions.node,
    system: `${place.platform} ${process.arch}`,
    libraries: { sharp: sharp.default.versions.sharp ?? '', vips: sharp.default.versions.vips },
    terminal,
    pictures: terminal && choiceOf(terminal, graphics),
    engine: chat.engine.label,
    key: key?.source ?? 'none',
    models,
    home: { folder: place.root, writable, freeBytes },
    sessions: sessions.length,
  }
}

async function modelsOf(chat: Chat): Promise<string> {
  if (chat.engine.kind === 'none') return 'not asked: there is no key'
  const listed = await chat.models()
  return listed.ok
    ? `${listed.ids.length} reachable`
    : `not reachable: ${explain(listed.failure, chat.engine.id).what}`
}

/** A folder that does not exist can be made if its nearest existing parent is writable. */
async function isWritable(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.W_OK)
    return true
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return missing && dirname(folder) !== folder ? isWritable(dirname(folder)) : false
  }
}

export function rowsOf(report: DoctorReport): readonly (readonly string[])[] {
  const { home, libraries } = report
  const free = home.freeBytes === null ? '' : `, ${(home.freeBytes / 1e9).toFixed(1)} GB free`
  return [
    ['limn', `${report.limn}, Node ${report.node}, ${report.system}`],
    [
      'libraries',
      Object.entries(libraries)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ],
    ...(report.terminal && report.pictures
      ? terminalRows(report.terminal, report.pictures.wanted)
      : [['terminal', 'none']]),
    ['engine', report.engine],
    ['key', report.key === 'none' ? 'none' : `from ${report.key}`],
    ['models', report.models],
    ['home', `${home.folder}, ${home.writable ? 'writable' : 'not writable'}${free}`],
    ['sessions', `${report.sessions}`],
  ]
}
