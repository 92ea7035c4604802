import { ar } from './ar.ts'
import { batchCancel, batchFetch, batchRetry, batchStatusCommand, batchSubmit } from './batch.ts'
import { budget } from './budget.ts'
import { cost } from './cost.ts'
import { crop } from './crop.ts'
import type { Command } from './define.ts'
import { doctor } from './doctor.ts'
import { flip } from './flip.ts'
import { forget } from './forget.ts'
import { fresh } from './fresh.ts'
import { goto } from './goto.ts'
import { helpFor } from './help.ts'
import { improve } from './improve.ts'
import { key } from './key.ts'
import { log } from './log.ts'
import { model } from './model.ts'
import { newSession } from './new.ts'
import { openVersion } from './open.ts'
import { quit } from './quit.ts'
import { redo } from './redo.ts'
import { refAdd, refClear, refList, refRemove } from './ref.ts'
import { refMove, refMute, refRole, refUnmute, refUpdate } from './ref-change.ts'
import { resume } from './resume.ts'
import { retry } from './retry.ts'
import { rotate } from './rotate.ts'
import { save } from './save.ts'
import { set } from './set.ts'
import { show } from './show.ts'
import { size } from './size.ts'
import { style, styleList, styleRemove, styleSave } from './style.ts'
import { tag } from './tag.ts'
import { tips } from './tips.ts'
import { tryModel } from './try.ts'
import { undo } from './undo.ts'
import { vary } from './vary.ts'

/** In the order in which /help lists them. */
export const COMMANDS: readonly Command[] = [
  helpFor(() => COMMANDS),
  tips,
  improve,
  refAdd,
  refList,
  refRole,
  refMute,
  refUnmute,
  refMove,
  refUpdate,
  refRemove,
  refClear,
  model,
  style,
  styleList,
  styleSave,
  styleRemove,
  ar,
  size,
  set,
  save,
  openVersion,
  show,
  undo,
  redo,
  goto,
  tag,
  retry,
  tryModel,
  vary,
  fresh,
  forget,
  flip,
  rotate,
  crop,
  newSession,
  resume,
  log,
  batchSubmit,
  batchStatusCommand,
  batchFetch,
  batchRetry,
  batchCancel,
  cost,
  budget,
  key,
  doctor,
  quit,
]
