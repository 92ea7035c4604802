import { type Role, roleWords } from '../session/role.ts'

/** An image of a message, with what its label says about it. */
export type LabelledImage = {
  readonly name: string
  readonly role?: Role | undefined
  /** The version that the line edits, where no earlier turn of the request contains it. */
  readonly current?: true
  /** How a tool made it: `v2, mirrored`. */
  readonly made?: string | undefined
}

/** `[hero] image 2: a character reference. …`; the only image of a message, or one of an earlier turn, has no place. */
export function imageLabel({ name, role, current, made }: LabelledImage, place?: number): string {
  // The only picture of the request needs no purpose; with `made`, an earlier turn may contain another picture.
  const edited = current && (place !== undefined || made !== undefined) ? 'the picture to edit' : ''
  const purpose = role === undefined ? edited : roleWords(role)
  const what = [purpose, made ?? ''].filter((words) => words !== '').join(': ')
  return `[${name}]${place === undefined ? '' : ` image ${place}`}${what === '' ? '' : `: ${what}`}`
}

/** What "the second image" means in the prompt; empty for a single image. */
export function orderLine(images: readonly LabelledImage[]): string {
  if (images.length < 2) return ''
  const places = images.map(({ name }, index) => `image ${index + 1} is ${name}`)
  return `${images.length} images come with this message. In order: ${places.join(', ')}.`
}
