import { readFile } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { say, type Task } from '../core/event.ts'
import { type Drift, driftOver, type PictureLook } from '../core/request/drift.ts'
import { editRow, versionOf } from '../core/session/tree.ts'
import { lookAt } from '../image/look.ts'
import type { Context } from './context.ts'

/** Edits in a row after which a picture is held against itself. */
const ROW = 10

/**
 * What is much, by `bench/drift.ts` over 24 photographs and paintings of 1,024 pixels (gnome-backgrounds 43 and
 * plasma-workspace-wallpapers 5.27), ten edits each. Saved anew at quality 75 to 92, resized by a hair, zoomed by 2 px
 * an edit, or one edit of the whole: colour 0.9 at most, detail 0.92 to 1.09. The middle one of a cast of 0.5 % an edit
 * has a colour of 4.5, of 1 % 10.8, darker by 1 % 6.9; blurred by 1 px a detail of 0.80, sharpened a little 1.37.
 */
const MUCH = { colour: 5, softer: 0.85, harsher: 1.25 }

/**
 * After every ten edits in a row: has the picture drifted where they left it alone? Models draw all of it anew each
 * time, and small errors add up. Says so, and from which version to go on; else nothing.
 */
export async function* watchDrift({ session, store }: Pick<Context, 'session' | 'store'>): Task {
  const row = editRow(session)
  const edits = row.length - 1
  if (edits < ROW || edits % ROW !== 0) return
  const versions = row.slice(-ROW - 1)
  const looks: PictureLook[] = []
  for (const number of versions) {
    const version = versionOf(session, number)
    if (!version) return
    const look = await readFile(store.path(version.file.file))
      .then(lookAt)
      .catch(() => undefined)
    // A picture that is gone cannot be compared; that it is gone is told when it is needed.
    if (!look) return
    looks.push(look)
  }
  await setImmediate()
  const drift = driftOver(looks)
  if (!drift || !isMuch(drift)) return
  const [first] = versions
  const good = await goodUntil(looks)
  yield say(
    `Since v${first}, ${ROW} edits ago, what they left alone has become ${wordsOf(drift)}. /forget v${versions[good] ?? first} goes on from before that, without the talk.`,
    'warning',
  )
}

/** The newest that has not drifted by half as much; the oldest if there is none. Keys are answered between them. */
async function goodUntil(looks: readonly PictureLook[]): Promise<number> {
  for (let index = looks.length - 1; index > 0; index--) {
    await setImmediate()
    if (!isMuch(driftOver(looks.slice(0, index + 1)), 0.5)) return index
  }
  return 0
}

/** `part`: already by this much of it. */
function isMuch(drift: Drift | undefined, part = 1): boolean {
  if (!drift) return false
  const { colour, detail } = drift
  return colour > MUCH.colour * part || detail < MUCH.softer ** part || detail > MUCH.harsher ** part
}

/** `darker, yellower (colour by 6) and softer (detail −25 %)` */
function wordsOf({ colour, lighter, redder, yellower, detail }: Drift): string {
  const axes = [
    { by: lighter, up: 'lighter', down: 'darker' },
    { by: redder, up: 'redder', down: 'greener' },
    { by: yellower, up: 'yellower', down: 'bluer' },
  ]
  const main = axes
    .filter(({ by }) => Math.abs(by) > colour / 2)
    .map(({ by, up, down }) => (by > 0 ? up : down))
  const percent = Math.round(Math.abs(detail - 1) * 100)
  const colours = colour > MUCH.colour ? `${main.join(' and ')} (by ${Math.round(colour)} ΔE)` : ''
  const softer = detail < MUCH.softer ? `softer (${percent} % less detail)` : ''
  const harsher = detail > MUCH.harsher ? `harsher (${percent} % more contrast in its detail)` : ''
  return [colours, softer, harsher].filter((words) => words !== '').join(', and ')
}
