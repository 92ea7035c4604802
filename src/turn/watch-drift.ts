import { readFile } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { say, type Task } from '../core/event.ts'
import { type Drift, driftOver, type PictureLook } from '../core/request/drift.ts'
import { editRow, versionOf } from '../core/session/tree.ts'
import { lookAt } from '../image/sample-picture.ts'
import type { Context } from './context.ts'

/** Edits in a row after which a picture is compared with its earlier self. */
const ROW = 10

/**
 * Drift beyond these limits is reported. They come from `bench/drift.ts` over 24 photographs and paintings of 1,024
 * pixels (gnome-backgrounds 43 and plasma-workspace-wallpapers 5.27), ten edits each. Pictures that were saved again at
 * quality 75 to 92, resized slightly, zoomed by 2 px an edit, or edited as a whole once have a colour of at most 0.9
 * and a detail of 0.92 to 1.09. Medians: a colour cast of 0.5 % an edit has a colour of 4.5, one of 1 % 10.8, darkening
 * by 1 % 6.9; a blur of 1 px has a detail of 0.80, slight sharpening 1.37.
 */
const MUCH = { colour: 5, softer: 0.85, harsher: 1.25 }

/**
 * Checks after every ten edits in a row whether the picture has drifted where no edit touched it: models redraw all of
 * it each time, and small errors add up. If so, shows a warning with the version to continue from.
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
    // A missing picture cannot be compared; it is reported when it is needed.
    if (!look) return
    looks.push(look)
  }
  await setImmediate()
  const drift = driftOver(looks)
  if (!drift || !isMuch(drift)) return
  const [first] = versions
  const good = await goodUntil(looks)
  yield say(
    `Since v${first}, ${ROW} edits ago, the parts they left alone have become ${wordsOf(drift)}. /forget v${versions[good] ?? first} continues from before that, without the conversation.`,
    'warning',
  )
}

/** The newest that has drifted less than half the limit, else the oldest. Keys are handled between comparisons. */
async function goodUntil(looks: readonly PictureLook[]): Promise<number> {
  for (let index = looks.length - 1; index > 0; index--) {
    await setImmediate()
    if (!isMuch(driftOver(looks.slice(0, index + 1)), 0.5)) return index
  }
  return 0
}

/** Whether a drift exceeds this part of the limits. */
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
