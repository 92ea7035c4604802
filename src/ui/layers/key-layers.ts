import { betterLine } from './better-line.ts'
import { keyHelp } from './KeyHelp.tsx'
import { lineEditor } from './LineEditor.tsx'
import type { Layers } from './layer-stack.ts'
import { leaving } from './leaving.ts'
import { menu } from './Menu.tsx'
import { newImages } from './new-images.ts'
import { offeredLine } from './offered-line.ts'
import { question } from './Question.tsx'
import { queuedLines } from './QueuedLines.tsx'
import { runningTurn } from './RunningTurn.tsx'
import { secretQuestion } from './SecretQuestion.tsx'
import { status } from './Status.tsx'
import { stalledPaste } from './stalled-paste.ts'

/**
 * All layers, the topmost first: a key goes to the first one that binds it. So Esc closes the menu, then clears an
 * offered line, then moves the running turn to the background, then drops held lines, and last clears the line.
 * On an empty prompt, Ctrl-C moves the turn to the background before it quits.
 */
export const LAYERS: Layers = [
  stalledPaste,
  secretQuestion,
  keyHelp,
  question,
  newImages,
  menu,
  offeredLine,
  runningTurn,
  queuedLines,
  betterLine,
  leaving,
  lineEditor,
  status,
]
