/** Why something was not sent, in a word. */
export type NotSentReason =
  /** The user was asked, and said no; where nobody can be asked, the answer is no. */
  | 'declined'
  /** It costs more than limn spends without asking, and nobody could be asked. */
  | 'price'
  | 'budget'
  | 'no-key'
  /** The words of the line are wrong: a flag, a setting, a name. */
  | 'usage'
  /** Another limn is writing this session. */
  | 'read-only'
  /** Esc was pressed, or limn was closed, before it was sent. */
  | 'stopped'
  /** The user dropped it from the queue. */
  | 'dropped'
  /** limn was closed, and it stays queued in the session. */
  | 'left-waiting'
