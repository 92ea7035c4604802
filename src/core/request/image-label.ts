import { type Role, roleWords } from '../session/role.ts'

/** An image of a message, as the words in front of it tell of it. */
export type LabelledImage = {
  readonly name: string
  readonly role?: Role | undefined
  /** The version that the line edits, where no earlier turn has brought it. */
  readonly current?: true
  /** How it was made here: `v2, mirrored`. */
  readonly made?: string | undefined
}

/** `[hero] image 2: a character reference. …`; an image that is alone, or of an earlier turn, has no place. */
export function imageLabel({ name, role, current, made }: LabelledImage, place?: number): string {
  // Where it is the only picture of its message and no turn brings another one, nothing needs to be said of it.
  const edited = current && (place !== undefined || made !== undefined) ? 'the picture to edit' : ''
  const purpose = role === undefined ? edited : roleWords(role)
  const what = [purpose, made ?? ''].filter((words) => words !== '').join(': ')
  return `[${name}]${place === undefined ? '' : ` image ${place}`}${what === '' ? '' : `: ${what}`}`
}

/** What "the second image" means in the prompt; nothing where there is one alone. */
export function orderLine(images: readonly LabelledImage[]): string {
  if (images.length < 2) return ''
  const places = images.map(({ name }, index) => `image ${index + 1} is ${name}`)
  return `${images.length} images come with this message. In order: ${places.join(', ')}.`
}
