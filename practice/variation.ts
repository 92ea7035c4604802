import type { Operation } from './instructions.ts'
import type { Random } from './paint/random.ts'

/** The same edit, varied: a little weaker or stronger, and added figures a little elsewhere. */
export function varied(operations: readonly Operation[], random: Random): Operation[] {
  const others = operations.map((operation) => another(operation, random))
  if (others.some((other, i) => other !== operations[i])) return others
  // Rotations stay as they are; the brightness varies instead.
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
