import type { SessionChoice } from '../core/session/session-choice.ts'
import { failServedCall } from '../host/call-connection.ts'
import type { Place } from '../host/place.ts'
import { systemClock } from '../host/system-clock.ts'
import { packageVersion } from '../package-version.ts'
import type { TranscriptItem } from '../repl/screen.ts'
import { rootFolder, userFolder } from '../store/root.ts'
import { listSessions, type SessionSummary } from '../store/session/list-sessions.ts'
import { LimnSession } from './limn-session.ts'
import { eventsOfItem } from './line-events.ts'
import { openLimn } from './open-limn.ts'
import { environmentOf } from './session-environment.ts'
import type { SessionOptions } from './session-options.ts'

/** Starts the practice engine. */
export type StartPractice = (folder: string) => Promise<{ readonly url: string; close(): Promise<void> }>

/** Opens a session as its options say. */
export async function openLimnSession(
  options: SessionOptions,
  startPractice: StartPractice,
): Promise<LimnSession> {
  const { engine, maxUsd = null, signal, model, ask, resume } = options
  if (maxUsd !== null && !(maxUsd >= 0))
    throw new TypeError(`maxUsd is a number of dollars; ${maxUsd} is not.`)
  const place = await placeOf(options)
  let started: ReturnType<StartPractice> | undefined
  const practiceUrl = async () => {
    started ??= startPractice(place.root)
    return (await started).url
  }
  const notes: string[] = []
  const listener = {
    print(item: TranscriptItem) {
      for (const event of eventsOfItem(item, place.root, false))
        if (event.type === 'message') notes.push(event.text)
    },
  }
  const { repl, opened } = await openLimn({
    ...{ place, clock: systemClock, practiceUrl, maxUsd },
    open: choiceOf(resume),
    practice: engine === 'practice',
    // A program without a key must not get practice images by accident.
    keyless: 'nothing',
    print: (item) => listener.print(item),
    ...(model !== undefined && { model }),
    ...(ask && { ask }),
    ...(signal && { signal }),
  })
  const problem = await opened
  listener.print = () => undefined
  const end = async () => (await started)?.close()
  return new LimnSession({ repl, place, listener, signal, end }, problem, notes)
}

/** Ends the call that an error belongs to, if it is one of limn's. */
export function endCall(error: unknown): boolean {
  return failServedCall(error)
}

/** All sessions of limn's folder, the newest first. */
export async function sessionsOf(
  options: Pick<SessionOptions, 'home' | 'folder' | 'env'>,
): Promise<readonly SessionSummary[]> {
  return listSessions(await rootOf(options))
}

async function placeOf(options: SessionOptions): Promise<Place> {
  return {
    folder: folderOf(options),
    home: userFolder(),
    root: await rootOf(options),
    env: environmentOf(options),
    platform: process.platform,
    remote: null,
    version: packageVersion(),
  }
}

function rootOf({
  home,
  folder,
  env = {},
}: Pick<SessionOptions, 'home' | 'folder' | 'env'>): Promise<string> {
  const named = home === undefined ? {} : { LIMN_HOME: home }
  return rootFolder({ ...env, ...named }, folderOf({ folder }))
}

function folderOf({ folder }: { readonly folder?: string | undefined }): string {
  return folder ?? process.cwd()
}

function choiceOf(resume: SessionOptions['resume']): SessionChoice {
  if (resume === undefined) return { kind: 'new' }
  return resume === true ? { kind: 'continue' } : { kind: 'resume', words: resume }
}
