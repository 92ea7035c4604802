import type { FailureRow } from './failure-row.ts'

/** What goes wrong with the connection, in limn, or on the user's computer. */
export const BREAKS = {
  'no-network': {
    signs: [{ when: 'a connection that was never made: `ENOTFOUND`, `ECONNREFUSED`, a certificate, …' }],
    what: 'No connection to the server ({code}).',
    billed: 'no',
    again: 'unasked',
    next: 'Check the network, then press Enter to send it again.',
  },
  redirected: {
    signs: [
      { when: 'an answer that sends the request to another address: `301`, `302`, `303`, `307`, `308`' },
    ],
    what: 'The server redirects the request to {to}, and limn does not follow: your key and your images would be sent there too.',
    billed: 'no',
    again: 'no',
    next: 'If you trust that server, set GOOGLE_GEMINI_BASE_URL to its address; if you do not know it, look for a proxy, or for a network that asks you to sign in.',
    vertex: {
      next: 'If you trust that server, set GOOGLE_VERTEX_BASE_URL to its address; if you do not know it, look for a proxy, or for a network that asks you to sign in.',
    },
  },
  'timed-out': {
    signs: [{ when: 'no answer within `/set timeout`' }],
    what: 'No answer within {time}.',
    billed: 'maybe',
    again: 'asked',
    next: '{sendAgain}; /set timeout allows more time.',
  },
  'cut-off': {
    signs: [
      {
        when: 'a connection that broke after the request was sent: `ECONNRESET`, `fetch failed`, `terminated`, …',
      },
    ],
    what: 'The connection broke before the answer came ({code}).',
    billed: 'maybe',
    again: 'asked',
    next: '{sendAgain}.',
  },
  'strange-answer': {
    signs: [{ when: 'an answer that is not JSON, or not of this protocol' }],
    what: 'limn cannot read the answer{says}.',
    billed: 'maybe',
    again: 'asked',
    next: '{sendAgain}; LIMN_DEBUG=1 shows the details.',
  },
  aborted: {
    signs: [{ when: 'Esc, after `/set escape abort`' }],
    what: 'The call was aborted.',
    billed: 'maybe',
    again: 'asked',
    next: '{sendAgain}.',
  },
  'no-answer': {
    signs: [{ when: 'a turn of the session that had no answer yet when limn ended' }],
    what: 'limn ended before the answer came.',
    billed: 'maybe',
    again: 'asked',
    next: '{sendAgain}.',
  },
  'over-budget': {
    signs: [{ when: 'a budget that another limn or line used up just before this call was sent' }],
    what: 'The call was not sent, because of the budget.',
    billed: 'no',
    again: 'asked',
    next: '{sendAgain}; /budget shows what is left.',
  },
  unreadable: {
    signs: [{ when: 'an image of the session that is gone or cannot be read' }],
    what: 'An image that belongs in this request cannot be read{says}.',
    billed: 'no',
    again: 'no',
    next: 'Nothing was sent. Go to another version with /goto, or check /ref list.',
  },
  disk: {
    signs: [{ when: 'a disk that does not take the prompt or the answer' }],
    what: '{words}',
    billed: 'maybe',
    again: 'no',
    next: 'Make room or check the permissions, then send the line again.',
  },
} as const satisfies Readonly<Record<string, FailureRow>>
