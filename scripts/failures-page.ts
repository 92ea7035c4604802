import { BREAKS } from '../src/core/failures/connection-failures.ts'
import {
  type Again,
  type FailureRow,
  filled,
  type HttpSign,
  type Sign,
} from '../src/core/failures/failure-row.ts'
import { FINISHES, USUAL } from '../src/core/failures/finish-reasons.ts'
import { REFUSALS } from '../src/core/failures/http-failures.ts'
import { BLOCKS } from '../src/core/failures/prompt-blocks.ts'
import { table } from './markdown.ts'

/** Examples for the placeholders of a row. */
const EXAMPLES = {
  tryAgain: 'Press Enter to try again',
  sendAgain: 'Press Enter to send it again',
  says: ': "…"',
  words: 'What the disk says.',
  status: 'STATUS',
  code: 'CODE',
  model: 'MODEL',
  successor: 'SUCCESSOR',
  time: '5 min',
  size: 'would be 123 MB, and the server takes at most 100 MB',
  wait: ': the server asks for a wait of 37 s',
  resets: '09:00 CET',
}

const AGAIN: Readonly<Record<Again, string>> = {
  unasked: 'yes, by itself',
  asked: 'yes, when you do',
  no: 'not as it is',
}

export function failuresPage(): string {
  return `${[
    '<!-- Made by `npm run docs` from src/core/failures. -->',
    '# When it goes wrong',
    'Everything known that can end a turn without an image. limn shows the sentence and what to do next; what you typed is never lost, and is offered again on the prompt. limn itself acts by the same rows.',
    "**Billed** says what is known: Google's pages give no price for most of these. If an answer came, its caption says what its tokens cost; a failure that may have been billed says so. **Again** says whether sending the same line again may help. limn sends a line again by itself only if the server turned it away or never received it; it shows that, and Esc stops it. Everything else is sent again only when you send it.",
    'Some rows differ for Vertex AI, which has no API key and no AI Studio; its text follows the usual one.',
    ...section(
      'The prompt is blocked',
      'The answer has `promptFeedback` with a `blockReason`, and no candidates. Only Vertex AI has `MODEL_ARMOR` and `JAILBREAK`.',
      'blockReason',
      BLOCKS,
    ),
    ...section(
      'The answer has no image',
      'The answer ends with a `finishReason` other than `STOP`. If it has an image all the same, the image is kept like any other, and no failure is shown. A reason that no table has is quoted by its name.',
      'finishReason',
      FINISHES,
    ),
    ...section('The answer ends as usual, without an image', '', 'name', USUAL),
    ...section(
      'The server refuses',
      'limn compares the HTTP status and the error body with these rows, from the first to the last. The patterns are those that limn uses; they ignore case.',
      'name',
      REFUSALS,
    ),
    ...section('The connection, and limn itself', '', 'name', BREAKS),
  ]
    .filter((block) => block !== '')
    .join('\n\n')}\n`
}

function section(
  title: string,
  words: string,
  name: string,
  rows: Readonly<Record<string, FailureRow>>,
): readonly string[] {
  const signed = Object.values(rows).some(({ signs }) => signs.length > 0)
  return [
    `## ${title}`,
    words,
    table([
      [name, ...(signed ? ['recognised by'] : []), 'what happened', 'billed', 'again', 'what to do'],
      ...Object.entries(rows).map(([key, row]) => [
        `\`${key}\``,
        ...(signed ? [row.signs.map(signText).join('; or ')] : []),
        both(row.what, row.vertex?.what),
        row.billed,
        AGAIN[row.again],
        both(row.next, row.vertex?.next),
      ]),
    ]),
  ]
}

function both(words: string, vertex: string | undefined): string {
  const usual = filled(words, EXAMPLES)
  return vertex === undefined ? usual : `${usual} *Vertex AI:* ${filled(vertex, EXAMPLES)}`
}

function signText(sign: Sign): string {
  if ('when' in sign) return sign.when
  if ('thrown' in sign) return `an error like \`${sign.thrown.source}\`, before anything is sent`
  return httpText(sign)
}

function httpText({ http, says, status, reason, quota }: HttpSign): string {
  const code = http === 'any' ? 'any other status' : http === '5xx' ? 'any other `5xx`' : `\`${http}\``
  const details = [
    status === undefined ? '' : `status \`${status}\``,
    reason === undefined ? '' : `reason \`${reason}\``,
    quota === undefined ? '' : `a quota like \`${quota.source}\``,
    says === undefined ? '' : `a message like \`${says.source}\``,
  ].filter((text) => text !== '')
  return details.length === 0 ? code : `${code} with ${details.join(' and ')}`
}
