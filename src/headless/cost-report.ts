import { type CostReport, reportOf, rowsOf, sentencesOf } from '../commands/cost.ts'
import { EXIT } from '../core/exit-codes.ts'
import type { Period } from '../core/money/spending.ts'
import { emptySession, type Session } from '../core/session/session.ts'
import type { Place } from '../host/place.ts'
import { DiskError } from '../store/disk-error.ts'
import { Ledger } from '../store/ledger/ledger.ts'
import { sessionAt } from '../store/ledger/rebuild-ledger.ts'
import { newestFor } from '../store/session/list-sessions.ts'
import { loadSettings } from '../store/settings/load-settings.ts'
import { columnsOf } from '../text/listing.ts'

type CostRequest = { readonly period: Period; readonly json: boolean }

type Streams = { readonly columns: number; out(text: string): Promise<void>; err(text: string): void }

/** Prints what was spent, for a person or as JSON. Returns the exit code. */
export async function tellCost(
  { period, json }: CostRequest,
  { root, folder }: Place,
  now: () => Date,
  { columns, out, err }: Streams,
): Promise<number> {
  const { prices: own, warnings } = await loadSettings(root)
  for (const warning of warnings) err(`${warning}\n`)
  try {
    const session = await newestSession(root, folder)
    const account = await new Ledger(root, now).read()
    const report = reportOf(account, { period, session, now: now(), own })
    await out(json ? `${JSON.stringify(jsonOf(report, session), null, 2)}\n` : `${textOf(report, columns)}\n`)
    return EXIT.done.code
  } catch (error) {
    if (!(error instanceof DiskError)) throw error
    err(`limn: ${error.message}\n`)
    return EXIT.failed.code
  }
}

/** The one that --continue would open. */
async function newestSession(root: string, folder: string): Promise<Session> {
  const newest = await newestFor(root, folder)
  const session = newest && (await sessionAt(root, newest.session.id))
  return session ?? emptySession('', { model: '', aspect: '', size: '' })
}

function textOf(report: CostReport, columns: number): string {
  const { spending } = report
  const rows = spending.calls === 0 ? [] : [columnsOf(rowsOf(spending), columns)]
  return [...rows, ...sentencesOf(report)].join('\n')
}

/** Dollars and counts alone, for programs; `mayHaveBeenBilled` counts the calls whose cost is not known. */
function jsonOf({ period, spending, out, own }: CostReport, session: Session) {
  const sumOf = ({ usd, about, unknown }: (typeof spending)['sum']) => ({
    usd,
    about,
    mayHaveBeenBilled: unknown,
  })
  return {
    period,
    ...(period === 'session' ? { session: session.id } : {}),
    calls: spending.calls,
    ...sumOf(spending.sum),
    rows: spending.rows.map(({ sum, ...row }) => ({ ...row, ...sumOf(sum) })),
    out: { calls: out.length, most: out.reduce((sum, { most }) => sum + (most ?? 0), 0) },
    ownPrices: own,
  }
}
