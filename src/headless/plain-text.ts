import type { Notice } from '../core/event.ts'
import { failedText } from '../core/failures/failed-text.ts'
import { whyText } from '../core/line/part-outcome.ts'
import { nothingText } from '../core/request/reply.ts'
import type { Fact } from '../core/session/fact.ts'
import { groundingWords } from '../core/session/grounding.ts'
import type { Session } from '../core/session/session.ts'
import { thoughtWords } from '../core/session/thoughts.ts'
import { lineOf } from '../core/wording/improvement.ts'
import type { TranscriptItem } from '../repl/screen.ts'

/** An item of the transcript where there is no screen; empty for what need not be told there. */
export function plainText(item: TranscriptItem): string {
  switch (item.kind) {
    case 'line':
      return ''
    case 'fact':
      return factWords(item.fact, item.session)
    case 'notice':
      return noticeWords(item.notice)
  }
}

function factWords(fact: Fact, session: Session): string {
  if (fact.type === 'failed') {
    return failedText(session, fact.turn, fact.failure, 'elsewhere')
  }
  if (fact.type !== 'answered') return ''
  return [
    thoughtWords(fact.thoughts ?? []),
    fact.words,
    fact.nothing ? nothingText(fact.nothing) : '',
    fact.grounding ? groundingWords(fact.grounding) : '',
  ]
    .filter(Boolean)
    .join('\n')
}

function noticeWords(notice: Notice): string {
  switch (notice.type) {
    case 'say':
      return notice.text
    case 'saved':
      return notice.path
    case 'proposal':
      return lineOf(notice.stretches)
    case 'sources':
      return groundingWords(notice.grounding)
    case 'list':
      return notice.rows.map((row) => row.join('  ')).join('\n')
    case 'problem':
      return whyText(notice.problem.why)
    case 'progress':
      // Without a screen there is no Esc.
      return notice.later ? '' : notice.text.replace(/ · Esc stops$/, '')
    case 'show':
    case 'show-file':
    case 'sheet':
    case 'card':
      return ''
  }
}
