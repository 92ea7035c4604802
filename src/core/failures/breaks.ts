import type { FailureRow } from './row.ts'

/** What breaks on the way, and what goes wrong in limn or on its machine. */
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
    what: 'The server sends the request on to {to}, and limn does not follow: your key and your images would go there too.',
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
    next: '{sendAgain}; /set timeout gives it longer.',
  },
  'cut-off': {
    signs: [
      {
        when: 'a connection that broke once the request was out: `ECONNRESET`, `fetch failed`, `terminated`, …',
      },
    ],
    what: 'The connection broke before the answer had come ({code}).',
    billed: 'maybe',
    again: 'asked',
    next: '{sendAgain}.',
  },
  'strange-answer': {
    signs: [{ when: 'an answer that is no JSON, or none of this protocol' }],
    what: 'The answer is not one that limn can read{says}.',
    billed: 'maybe',
    again: 'asked',
    next: '{sendAgain}; LIMN_DEBUG=1 shows the details.',
  },
  aborted: {
    signs: [{ when: 'Esc, where `/set escape abort` makes it cut the call' }],
    what: 'The call was cut.',
    billed: 'maybe',
    again: 'asked',
    next: '{sendAgain}.',
  },
  'no-answer': {
    signs: [{ when: 'a turn of the session that was still out when limn ended' }],
    what: 'limn ended before the answer came.',
    billed: 'maybe',
    again: 'asked',
    next: '{sendAgain}.',
  },
  'over-budget': {
    signs: [{ when: 'a budget that was used up, by another limn or line, as this call was about to go out' }],
    what: 'The call was not sent, for the budget.',
    billed: 'no',
    again: 'asked',
    next: '{sendAgain}; /budget tells what is left.',
  },
  unreadable: {
    signs: [{ when: 'an image of the session that is gone or cannot be read' }],
    what: 'An image that belongs in this request cannot be read{says}.',
    billed: 'no',
    again: 'no',
    next: 'Nothing was sent. Go to another version with /goto, or look at /ref list.',
  },
  disk: {
    signs: [{ when: 'a disk that does not take the prompt or the answer' }],
    what: '{words}',
    billed: 'maybe',
    again: 'no',
    next: 'Make room or check the permissions, then send the line again.',
  },
} as const satisfies Readonly<Record<string, FailureRow>>
