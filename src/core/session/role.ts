/** What a reference is for. */
export type Role = 'character' | 'object' | 'style' | 'palette' | 'layout'

type RoleRow = {
  /** In the middle of a sentence. */
  readonly noun: string
  /** What the model should take from the image, and what it should leave. */
  readonly instruction: string
  /** For the user, in completion. */
  readonly about: string
}

/** A model that is shown a picture without a purpose takes all of it, its style and background too. */
const ROWS: Readonly<Record<Role, RoleRow>> = {
  character: {
    noun: 'a character reference',
    instruction: "Keep this character's looks: face, hair, build and clothing.",
    about: 'a person or creature that keeps its looks',
  },
  object: {
    noun: 'an object reference',
    instruction: "Keep this object's shape, material and markings.",
    about: 'an object that keeps its shape and markings',
  },
  style: {
    noun: 'a style reference',
    instruction: 'Take its technique, line and light, and nothing of what it shows.',
    about: 'how to draw, not what',
  },
  palette: {
    noun: 'a palette reference',
    instruction: 'Take its colours, and nothing of what it shows.',
    about: 'the colours alone',
  },
  layout: {
    noun: 'a layout reference',
    instruction: 'Take where things stand and how large they are, and nothing of how they look.',
    about: 'where everything is placed',
  },
}

export const ROLES = ['character', 'object', 'style', 'palette', 'layout'] as const satisfies readonly Role[]

/** `a character reference` */
export function roleNoun(role: Role): string {
  return ROWS[role].noun
}

/** `a character reference. Keep this character's looks: …` */
export function roleWords(role: Role): string {
  return `${ROWS[role].noun}. ${ROWS[role].instruction}`
}

export function roleAbout(role: Role): string {
  return ROWS[role].about
}
