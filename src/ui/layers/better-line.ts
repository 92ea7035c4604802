import { explained, improvedPrompt } from '../../commands/improve.ts'
import { fail, type Task } from '../../core/event.ts'
import { lineOf } from '../../core/wording/improvement.ts'
import { touched, withProposal } from '../line/editor.ts'
import { type Layer, type LayerStep, NO_STEP, type Scene } from './layer.ts'

/** Proposes a better line in place of the one being typed. */
export const betterLine: Layer<null> = {
  title: 'A better line',
  section: 'General',
  about: 'On any line. Nothing is sent or billed: see [the rules](prompting.md).',
  initial: null,
  bindings: [{ keys: ['ctrl-t'], does: 'propose a better line', press: (_, scene) => propose(scene) }],
}

function propose({ editor, screen, spelledOut }: Scene): LayerStep<null> {
  const { text } = editor
  if (!screen || text.trim() === '') return NO_STEP
  const improved = improvedPrompt(spelledOut(text), screen.session)
  const task = async function* (): Task {
    if (!improved.ok) return yield* fail(improved.sentence)
    yield* explained(improved.improvement)
  }
  const better = improved.ok && improved.improvement.added.length > 0
  return {
    editor: better ? withProposal(editor, lineOf(improved.improvement.stretches), text) : touched(editor),
    effects: [{ kind: 'perform', task }],
  }
}
