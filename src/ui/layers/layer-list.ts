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
 * All layers, the topmost first: a key is the first one's that binds it. So Esc closes the menu, then clears an
 * offered line, then lets the running turn go, then drops the lines that are held, and clears the line last; and
 * Ctrl-C, where no line stands on the prompt, lets the turn go before it leaves.
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
