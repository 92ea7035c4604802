import type { Notice, ShownSize } from '../../core/event.ts'
import { failedText } from '../../core/failures/failed-text.ts'
import type { Nothing } from '../../core/failures/missing-image.ts'
import type { Protocol } from '../../core/graphics.ts'
import { type TaskProblem, whyText } from '../../core/line/part-outcome.ts'
import { costText } from '../../core/money/call-cost.ts'
import { nothingText } from '../../core/request/reply.ts'
import type { Fact, FactOf } from '../../core/session/fact.ts'
import type { FileRef } from '../../core/session/file-ref.ts'
import type { Session, Version } from '../../core/session/session.ts'
import { thoughtWords } from '../../core/session/thoughts.ts'
import { currentVersion, isBranch, turnOf, versionOf } from '../../core/session/tree.ts'
import type { Stretch } from '../../core/wording/improvement.ts'
import type { TranscriptItem } from '../../repl/screen.ts'
import { columnsOf } from '../../text/listing.ts'
import { sanitize, sanitizeLine } from '../../text/sanitize.ts'
import { flow, wrap } from '../../text/wrap.ts'
import { promptSpace } from '../line/promptSpace.ts'
import type { PrintContext } from '../print-context.ts'
import { captionOf, sheetCaption } from './caption.ts'
import type { Paint } from './paint.ts'
import { sourcesText } from './sources.ts'

/** A piece of a transcript entry: text as it is printed, or an image with its caption. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image'; readonly file: FileRef; readonly size: ShownSize; readonly caption: string }
  /** Small pictures of several versions, side by side. */
  | { readonly kind: 'sheet'; readonly versions: readonly Version[]; readonly caption: string }
  /** The test picture, drawn with one protocol. */
  | { readonly kind: 'card'; readonly graphics: Protocol | 'second-opinion'; readonly caption: string }

/** What an item looks like in the transcript; empty for one that is not shown. Text from outside is made safe. */
export function transcriptPieces(item: TranscriptItem, context: PrintContext): readonly Piece[] {
  switch (item.kind) {
    case 'line':
      return [text(lineText(item, context))]
    case 'fact':
      return factPieces(item.fact, item.session, context)
    case 'notice':
      return noticePieces(item.notice, item.session, context)
  }
}

/** Wrapped as it was at the prompt. */
function lineText(
  { label, text: line }: TranscriptItem & { kind: 'line' },
  { paint, columns }: PrintContext,
): string {
  const words = sanitize(line)
  const { lead, space } = promptSpace(sanitizeLine(label), columns)
  const rows = wrap(words, space).map(({ start, end, indent }, index) => {
    const row = words.slice(start, end).trimEnd()
    return index === 0 ? `${paint('accent', lead.trimEnd())} ${row}` : `${' '.repeat(indent)}${row}`
  })
  return ['', ...rows].join('\n')
}

function factPieces(fact: Fact, session: Session, context: PrintContext): readonly Piece[] {
  switch (fact.type) {
    case 'answered':
      return answerPieces(fact, session, context)
    case 'failed':
      return failedPieces(failedText(session, fact.turn, fact.failure), context)
    case 'brought': {
      const version = versionOf(session, fact.version)
      return version ? [image(version, session, 'usual', context)] : []
    }
    case 'derived':
      return derivedPieces(fact, session, context)
    case 'prompted': {
      const from = currentVersion(session, fact.prompt.parent)
      return from && isBranch(session, fact.prompt.parent)
        ? [spoken('dim', `a branch from v${from.number}`, context)]
        : []
    }
    case 'let-go': {
      // Said once per line, however many images it makes.
      const group = turnOf(session, fact.turn)?.group
      const gone = session.turns.filter((turn) => turn.letGo && group !== undefined && turn.group === group)
      if (gone.length > 1) return []
      const billed = isFree(session, fact.turn) ? '' : ' and is still billed'
      const say = `The turn continues in the background${billed}. Its image is kept.`
      return [spoken('dim', say, context)]
    }
    case 'titled':
    case 'set':
    case 'styled':
    case 'referenced':
    case 'unreferenced':
    case 'reference-changed':
    case 'queued':
    case 'unqueued':
    case 'tagged':
    case 'moved':
    case 'left':
      return []
  }
}

/** One image is shown; several get their captions here, and are shown together after them. */
function derivedPieces(
  { versions }: FactOf<'derived'>,
  session: Session,
  context: PrintContext,
): readonly Piece[] {
  return versions.flatMap(({ version: number }) => {
    const version = versionOf(session, number)
    if (!version) return []
    return [
      versions.length === 1
        ? image(version, session, 'usual', context)
        : text(captionOf(version, session, context)),
    ]
  })
}

/** The text is empty where another image of the same line reports the failure for all of them. */
function failedPieces(words: string, context: PrintContext): readonly Piece[] {
  return words === '' ? [] : [spoken('bad', words, context)]
}

function isFree(session: Session, turn: string): boolean {
  return turnOf(session, turn)?.engine === 'practice'
}

function answerPieces(
  fact: Fact & { type: 'answered' },
  session: Session,
  context: PrintContext,
): readonly Piece[] {
  if (turnOf(session, fact.turn)?.batch) return rowPieces(fact, session, context)
  const words = fact.words === '' ? [] : [spoken('plain', fact.words, context)]
  // The images of one line arrive close together, and a sheet shows all of them at its end.
  const size = turnOf(session, fact.turn)?.group === undefined ? 'usual' : 'small'
  const images = fact.images.flatMap(({ version: number }) => {
    const version = versionOf(session, number)
    return version ? [image(version, session, size, context)] : []
  })
  const nothing = fact.nothing ? nothingPieces(fact, fact.nothing, context) : []
  const turn = turnOf(session, fact.turn)
  const last = fact.images.at(-1)
  const arrived =
    turn?.letGo && last
      ? [
          spoken(
            'dim',
            `v${last.version} arrived in the background. Type v${last.version} to go to it.`,
            context,
          ),
        ]
      : []
  const thought = thoughtWords(fact.thoughts ?? [])
  const thoughts = thought === '' ? [] : [spoken('dim', `Thoughts of the model:\n${thought}`, context)]
  const sources = fact.grounding ? [text(sourcesText(fact.grounding, FEW_SOURCES, context))] : []
  return [...thoughts, ...words, ...images, ...nothing, ...sources, ...arrived]
}

/** Sources listed under an image; `/show vN --sources` lists all. */
const FEW_SOURCES = 6

/** A row of a batch is shown by its caption alone, since there may be hundreds. Its search sources are always shown. */
function rowPieces(
  { images, grounding }: Fact & { type: 'answered' },
  session: Session,
  context: PrintContext,
): readonly Piece[] {
  const captions = images.flatMap(({ version: number }) => {
    const version = versionOf(session, number)
    return version ? [text(captionOf(version, session, context))] : []
  })
  return grounding ? [...captions, text(sourcesText(grounding, FEW_SOURCES, context))] : captions
}

/** Without an image there is no caption, but there may be a cost. */
function nothingPieces(
  { cost, seconds }: Fact & { type: 'answered' },
  nothing: Nothing,
  context: PrintContext,
): readonly Piece[] {
  const why = spoken('warning', nothingText(nothing), context)
  if (cost.kind === 'free') return [why]
  return [why, spoken('dim', `${seconds.toFixed(1)} s · ${costText(cost)}`, context)]
}

function noticePieces(notice: Notice, session: Session, context: PrintContext): readonly Piece[] {
  switch (notice.type) {
    case 'say': {
      const look = notice.tone ?? 'plain'
      return [spoken(look === 'plain' ? 'dim' : look, notice.text, context)]
    }
    case 'saved':
      return [spoken('good', notice.path, context)]
    case 'problem':
      return [problemPiece(notice.problem, context)]
    case 'proposal':
      return [text(proposalText(notice.stretches, context))]
    case 'sources':
      return [text(sourcesText(notice.grounding, Number.POSITIVE_INFINITY, context))]
    case 'list':
      return [text(columnsOf(notice.rows, context.columns))]
    case 'show': {
      const version = versionOf(session, notice.version)
      return version ? [image(version, session, notice.size, context)] : []
    }
    case 'show-file': {
      const caption = context.paint('dim', flow(sanitizeLine(notice.caption), context.columns))
      return [{ kind: 'image', file: notice.file, size: 'small', caption }]
    }
    case 'sheet': {
      const versions = notice.versions.flatMap((number) => versionOf(session, number) ?? [])
      return [{ kind: 'sheet', versions, caption: sheetCaption(versions, session, context) }]
    }
    case 'card': {
      const caption = context.paint('dim', flow(sanitizeLine(notice.caption), context.columns))
      return [{ kind: 'card', graphics: notice.graphics, caption }]
    }
    case 'progress':
      return []
  }
}

function image(version: Version, session: Session, size: ShownSize, context: PrintContext): Piece {
  return { kind: 'image', file: version.file, size, caption: captionOf(version, session, context) }
}

function problemPiece({ why }: TaskProblem, context: PrintContext): Piece {
  // The user who declined knows why.
  const declined = 'reason' in why && why.reason === 'declined'
  return spoken(declined ? 'dim' : 'bad', whyText(why, 'at-a-prompt'), context)
}

/** Text from any source, made safe and wrapped between words. */
function spoken(look: Parameters<Paint>[0], words: string, { paint, columns }: PrintContext): Piece {
  return text(paint(look, flow(sanitize(words), columns)))
}

/** What was added stands between `{+` and `+}`, so that it is visible without colours too. */
function proposalText(stretches: readonly Stretch[], { paint, columns }: PrintContext): string {
  // Marked first and painted row by row, since added text may wrap.
  const marked = stretches
    .map(({ text, added }) => (added ? `{+${sanitize(text)}+}` : sanitize(text)))
    .join('')
  let open = false
  return flow(marked, columns).replace(/\{\+|\+\}|\n|(?:(?!\{\+|\+\})[^\n])+/g, (piece) => {
    if (piece === '{+') open = true
    const painted = piece !== '\n' && open ? paint('good', piece) : piece
    if (piece === '+}') open = false
    return painted
  })
}

function text(words: string): Piece {
  return { kind: 'text', text: words }
}
