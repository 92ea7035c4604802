import type { Operation } from './instructions.ts'
import type { Random } from './paint/random.ts'

/** The same edit as another hand would make it: a little weaker or stronger, what is added a little elsewhere. */
export function varied(operations: readonly Operation[], random: Random): Operation[] {
  const others = operations.map((operation) => another(operation, random))
  if (others.some((other, i) => other !== operations[i])) return others
  // A turn is a turn, however often it is made: the light is another.
  return [...others, { kind: 'brightness', amount: random.pick([-1, 1]) * random.between(0.04, 0.1) }]
}

function another(operation: Operation, random: Random): Operation {
  const by = random.pick([random.between(0.6, 0.9), random.between(1.1, 1.4)])
  switch (operation.kind) {
    case 'brightness':
    case 'warmth':
    case 'contrast':
    case 'saturation':
      return { ...operation, amount: operation.amount * by }
    case 'blur':
    case 'sharpen':
    case 'tint':
    case 'vignette':
    case 'zoom':
    case 'widen':
    case 'border':
      return { ...operation, strength: Math.min(1, operation.strength * by) }
    case 'add':
      return { ...operation, aside: [random.between(-0.12, 0.12), random.between(-0.08, 0.08)] }
    case 'greyscale':
    case 'sepia':
    case 'invert':
    case 'rotate':
    case 'mirror':
    case 'crop':
      return operation
  }
}
