import type { Protocol } from '../../core/graphics.ts'
import { blocks } from './blocks.ts'
import type { ProtocolDriver } from './driver.ts'
import { iterm2 } from './iterm2.ts'
import { kittyDirect } from './kitty-direct.ts'
import { kittyPlaceholders } from './kitty-placeholders.ts'
import { sixel } from './sixel.ts'

/** The driver of every protocol. */
export const DRIVERS: Readonly<Record<Protocol, ProtocolDriver>> = {
  'kitty-placeholders': kittyPlaceholders,
  kitty: kittyDirect,
  iterm2,
  sixel,
  blocks,
}
