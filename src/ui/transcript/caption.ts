// The caption under a picture.
import { clip } from '../../core/clip-text.ts'
import { shortName } from '../../core/models/model-catalogue.ts'
import { costText } from '../../core/money/call-cost.ts'
import { actCostText } from '../../core/money/spent.ts'
import type { Outcome, Session, Turn, Version } from '../../core/session/session.ts'
import { choiceOf } from '../../core/session/siblings.ts'
import { currentVersion, turnThatDrew } from '../../core/session/tree.ts'
import { displayWidth } from '../../text/graphemes.ts'
import { sanitizeLine } from '../../text/sanitize.ts'
import { itemRows } from '../../text/wrap.ts'
import type { PrintContext } from '../print-context.ts'

/** `v3 ← v2 · 1376×768 · jpeg · nano-banana-2.1 · 12.4 s · $0.034 · path` */
export function captionOf(
  version: Version,
  session: Session,
  { paint, link, columns }: PrintContext,
): string {
  const turn = turnThatDrew(session, version)
  const { made } = version
  const from = currentVersion(session, version.parent)
  const { width, height, mime, file } = version.file
  const answered = turn?.outcome.kind === 'answered' ? turn.outcome : undefined
  const forAll = answered && answered.versions.length > 1 && answered.cost.kind !== 'free'
  const named = session.tags
    .flatMap(({ name, version: tagged }) => (tagged === version.number ? [`@${name}`] : []))
    .join(' ')
  const items = [
    ...(named === '' ? [] : [named]),
    `v${version.number} ← v${turn?.fresh ? 0 : (from?.number ?? 0)}`,
    ...(turn?.batch ? [turn.batch.row] : []),
    ...(turn && choiceOf(session, turn) !== '' ? [clip(choiceOf(session, turn), 40)] : []),
    `${width}×${height}`,
    mime.replace('image/', ''),
    ...(turn ? [shortName(turn.settings.model)] : []),
    ...(made ? [made.did, actCostText(session, made.act)] : []),
    ...(turn || made ? [] : [`brought in: ${version.name ?? ''}`]),
    ...(answered ? [howLong(turn, answered)] : []),
    ...(answered ? [`${costText(answered.cost)}${forAll ? ' for all' : ''}`] : []),
  ]
  const rows = itemRows(items.map(sanitizeLine), columns)
  const path = link(file)
  // A path that the window's edge would break gets its own row, where it can be copied whole.
  const fits = displayWidth(rows.at(-1) ?? '') + 3 + path.columns <= columns
  return `${paint('dim', rows.join('\n'))}${fits ? paint('dim', ' · ') : '\n'}${paint('dim', path.text)}`
}

export function sheetCaption(
  versions: readonly Version[],
  session: Session,
  { paint, columns }: PrintContext,
): string {
  const names = versions.map((version) => sheetName(version, session))
  return paint('dim', itemRows(names, columns).join('\n'))
}

/** `v5`, with its prompt where the images of one line have different ones. */
function sheetName(version: Version, session: Session): string {
  const { number, made } = version
  const turn = turnThatDrew(session, version)
  const words = made?.did ?? (turn ? choiceOf(session, turn) : '')
  return `v${number}${words === '' ? '' : ` ${sanitizeLine(clip(words, 40))}`}`
}

function howLong(turn: Turn | undefined, answered: Outcome & { readonly kind: 'answered' }): string {
  if (answered.adopted) return 'found after a crash'
  return turn?.batch ? `batch ${turn.batch.job}` : `${answered.seconds.toFixed(1)} s`
}
