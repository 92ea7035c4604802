import type { ReadStream, WriteStream } from 'node:tty'
import { examine, rowsOf, SECOND_OPINION } from '../commands/doctor.ts'
import { DEFAULT_MODEL } from '../core/models/model-catalogue.ts'
import { emptySession } from '../core/session/session.ts'
import { connect } from '../gemini/connect.ts'
import type { Clock } from '../host/clock.ts'
import type { Place } from '../host/place.ts'
import { testCard } from '../image/test-card.ts'
import type { Settings } from '../store/settings/all-settings.ts'
import { loadSettings } from '../store/settings/load-settings.ts'
import { printed } from '../terminal/pictures/printed.ts'
import { picture } from '../terminal/pictures/render.ts'
import { secondOpinion } from '../terminal/pictures/second-opinion.ts'
import { askTerminal } from '../terminal/which/ask.ts'
import { columnsOf } from '../text/listing.ts'
import { flow } from '../text/wrap.ts'

type DoctorInput = {
  readonly json: boolean
  readonly practice: boolean
  readonly graphics: Settings['graphics'] | null
  readonly place: Place
  readonly clock: Clock
  practiceUrl(): Promise<string>
  readonly stdin: ReadStream
  readonly stdout: WriteStream
}

/** The doctor as a command of its own: a report for a person, with a test picture in each way, or as JSON. */
export async function runDoctor({
  json,
  practice,
  graphics,
  place,
  clock,
  practiceUrl,
  stdin,
  stdout,
}: DoctorInput): Promise<void> {
  const terminal = await askTerminal(stdin, stdout, place.env)
  const settings = { model: DEFAULT_MODEL, aspect: 'auto', size: '1K' }
  const sources = { env: place.env, root: place.root, practice, practiceUrl, now: clock.now }
  const { chat } = await connect(emptySession('', settings), sources)
  const { values } = await loadSettings(place.root, graphics ? { graphics } : {})
  const report = await examine(terminal, values.graphics, chat, place)
  if (json) {
    await written(stdout, `${JSON.stringify(report, null, 2)}\n`)
    return
  }
  await written(stdout, `${columnsOf(rowsOf(report), terminal.columns)}\n`)
  const room = { columns: Math.max(1, Math.min(48, terminal.columns - 1)), rows: 12 }
  for (const protocol of terminal.protocols) {
    const shown = await picture(await testCard(), {
      terminal,
      protocol,
      maxColumns: room.columns,
      maxRows: room.rows,
    })
    await written(stdout, `${printed(shown).text}${protocol}\n`)
  }
  const { text } = await secondOpinion(await testCard(), room)
  await written(stdout, `${text}${flow(SECOND_OPINION, terminal.columns)}\n`)
}

function written(stdout: WriteStream, text: string): Promise<void> {
  return new Promise((done) => {
    stdout.write(text, () => done())
  })
}
