import type { Operation } from './instructions.ts'
import type { Region } from './regions.ts'

const percent = (amount: number) => `${Math.round(Math.abs(amount) * 100)} %`

const WHERE: Record<Region, string> = {
  top: 'at the top',
  bottom: 'at the bottom',
  left: 'on the left',
  right: 'on the right',
  middle: 'in the middle',
  around: 'around the middle',
}

/** One operation in the past tense, for the answer. */
export function phrase(operation: Operation): string {
  const where = 'where' in operation && operation.where ? ` ${WHERE[operation.where]}` : ''
  return `${done(operation)}${where}`
}

function done(operation: Operation): string {
  switch (operation.kind) {
    case 'brightness':
      return `made it ${percent(operation.amount)} ${operation.amount < 0 ? 'darker' : 'brighter'}`
    case 'warmth':
      return `made it ${percent(operation.amount)} ${operation.amount < 0 ? 'cooler' : 'warmer'}`
    case 'contrast':
      return `gave it ${percent(operation.amount)} ${operation.amount < 0 ? 'less' : 'more'} contrast`
    case 'saturation':
      return `made it ${percent(operation.amount)} ${operation.amount < 0 ? 'less colourful' : 'more colourful'}`
    case 'greyscale':
      return operation.strength < 1
        ? `took ${percent(operation.strength)} of the colour out`
        : 'made it black and white'
    case 'sepia':
      return operation.strength < 1 ? `toned it ${percent(operation.strength)} sepia` : 'toned it sepia'
    case 'invert':
      return operation.strength < 1 ? `inverted it by ${percent(operation.strength)}` : 'inverted it'
    case 'blur':
      return `blurred it (${percent(operation.strength)})`
    case 'sharpen':
      return `sharpened it (${percent(operation.strength)})`
    case 'zoom':
      return `moved ${percent(operation.strength)} closer`
    case 'widen':
      return `moved ${percent(operation.strength)} away`
    case 'vignette':
      return 'darkened the corners'
    case 'rotate':
      return `rotated it ${Math.abs(operation.degrees)}° to the ${operation.degrees < 0 ? 'left' : 'right'}`
    case 'mirror':
      return operation.axis === 'sideways' ? 'mirrored it' : 'flipped it upside down'
    case 'crop':
      return `cropped it to ${operation.width}:${operation.height}`
    case 'border':
      return `put a ${operation.colour.name} border around it`
    case 'add':
      return `added ${articled(operation.colour ? `${operation.colour.name} ${operation.thing}` : operation.thing)}`
    case 'tint':
      return `tinted it ${operation.colour.name}`
  }
}

const articled = (noun: string) => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`

export function sentence(phrases: readonly string[]): string {
  if (phrases.length === 0) return ''
  const text =
    phrases.length < 2 ? phrases.join('') : `${phrases.slice(0, -1).join(', ')} and ${phrases.at(-1)}`
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
