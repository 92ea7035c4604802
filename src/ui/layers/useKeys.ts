import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Completion } from '../../commands/complete.ts'
import { explained, improvedPrompt } from '../../commands/improve.ts'
import type { Answer } from '../../core/event.ts'
import { mentionsOf } from '../../core/line/line.ts'
import { knownIn, labelFor } from '../../core/session/label.ts'
import { adviceWhileTyping } from '../../core/wording/advice.ts'
import { lineOf } from '../../core/wording/improvement.ts'
import type { Repl } from '../../repl/repl.ts'
import type { Screen } from '../../repl/screen.ts'
import type { TerminalInput } from '../../terminal/keys/input.ts'
import type { Key } from '../../terminal/keys/keys.ts'
import type { Action, Chip } from '../line/editor.ts'
import { remember } from '../line/history.ts'
import { type Complete, useCompletion } from '../line/useCompletion.ts'
import { type LineEditor, useLineEditor } from '../line/useLineEditor.ts'
import { useQuestion } from './useQuestion.ts'

export type ScreenServices = {
  readonly input: TerminalInput
  /** Null until the road is built; lines typed before wait in `early`. */
  readonly repl: Repl | null
  readonly early: (line: string) => void
  readonly complete: Complete
  readonly quit: () => void
}

/** What becomes of keys: letters of the line, an answer to a question, a choice in the menu, or something to do. */
export function useKeys(
  { input, repl, early, complete, quit }: ScreenServices,
  screen: Screen | null,
  columns: number,
) {
  const session = screen?.session ?? null
  const history = useRef<readonly string[]>([])
  const opened = useRef<string | null>(null)
  useEffect(() => {
    if (!session || session.id === opened.current) return
    // A new session has its id with the first line, which has been kept when it was typed.
    const begun = opened.current === '' && session.turns.every(({ outcome }) => outcome.kind === 'open')
    opened.current = session.id
    if (begun) return
    for (const { line, text } of session.turns) history.current = remember(history.current, line ?? text)
  }, [session])

  useEffect(() => {
    // Before the commands were there, nobody knew which of them asks for a secret.
    if (repl) history.current = history.current.filter((line) => repl.secretIn(line) !== 'holds')
  }, [repl])

  const question = screen?.question ?? null
  const answer = useCallback((given: Answer) => repl?.answer(given), [repl])
  const asking = useQuestion(question, answer)
  const working = screen?.lane.kind === 'turn'

  // Also outside of the state, for two of them in one chunk.
  const pressed = useRef(false)
  const [leaving, setLeaving] = useState(false)
  const onAction = (action: Action, text: string, cursor: number): Promise<void> | undefined => {
    switch (action.kind) {
      case 'submit':
        return submit(action.text)
      case 'cancel':
        cancel(text)
        return
      case 'interrupt':
        interrupt(text)
        return
      case 'end':
        quit()
        return
      case 'complete':
        return tab(action.direction, text, cursor)
      case 'improve':
        better(text)
        return
      case 'redraw':
        return
    }
  }
  const intercept = (key: Key, text: string): boolean => {
    if (!(key.ctrl && key.name === 'c') && pressed.current) mayLeave(false)
    if (text === '' && asking.take(key)) return true
    if (chooses(key)) return true
    return menuKey(key, text)
  }
  const chipsOf = useMemo(() => chipper(session), [session])
  // The label depends on the text, and the width of the label on the editor's rows: one text behind is near enough.
  const typed = useRef('')
  const label = session ? labelFor(session, typed.current) : '…'
  const editor = useLineEditor({
    input,
    history: () => history.current,
    chipsOf,
    label,
    columns,
    before: asking.takeSecret,
    intercept,
    onAction,
  })
  typed.current = editor.text
  const shownLabel = session ? labelFor(session, editor.text) : '…'
  // A menu over an offered line would take the Enter that sends it.
  const completion = useCompletion(complete, editor.offered ? '' : editor.text, editor.cursor)

  const offer = screen?.offer ?? null
  const offered = useRef(offer)
  useEffect(() => {
    // The Enter that answers a question must not find a line to send.
    if (!offer || offered.current === offer || question) return
    offered.current = offer
    if (offer.instead !== undefined) {
      if (editor.text === '') editor.propose(offer.line, offer.instead)
    } else if (editor.offer(offer.line)) keep(offer.line)
  })

  /** Proposes a better line in the place of the one being typed. */
  function better(text: string) {
    if (!session || !repl || text.trim() === '') return
    const improved = improvedPrompt(repl.spelledOut(text), session)
    if (improved.ok && improved.improvement.added.length > 0) {
      editor.propose(lineOf(improved.improvement.stretches), text)
    }
    void repl.perform(async function* () {
      if (improved.ok) yield* explained(improved.improvement)
      else yield { type: 'say', text: improved.sentence, tone: 'bad' }
    })
  }

  function keep(line: string) {
    if (repl?.secretIn(line) === 'holds') return
    history.current = remember(history.current, line)
  }

  function submit(text: string): Promise<void> | undefined {
    keep(text)
    if (!repl) return void early(text)
    void repl.submit(text)
    // A key that is typed ahead is for the question that is about to come.
    return repl.secretIn(text) === 'asks' ? Promise.race([repl.taken(), asking.secretAsked()]) : undefined
  }

  function cancel(text: string) {
    if (completion.menu) completion.close()
    else if (editor.offered && text === editor.text) editor.setText('')
    else if (editor.instead !== null && text === editor.text) editor.setText(editor.instead)
    else if (working || screen?.lane.kind === 'command') void repl?.letGo()
    else if (screen?.held && text === '') void repl?.dropHeld()
    else if (text !== '') {
      keep(text)
      editor.setText('')
    }
  }

  /** Clears the line, then lets go, then leaves on the second press. */
  function interrupt(text: string) {
    const again = pressed.current
    mayLeave(false)
    if (text !== '') {
      keep(text)
      editor.setText('')
    } else if (working) void repl?.letGo()
    else if (again) quit()
    else mayLeave(true)
  }

  function mayLeave(may: boolean) {
    pressed.current = may
    setLeaving(may)
  }

  /** Alt-1 is the first of the images that one line has made. */
  function chooses(key: Key): boolean {
    const number = key.alt && /^[1-9]$/.test(key.text ?? '') ? Number(key.text) : 0
    const version = screen?.session.choice?.versions[number - 1]
    if (version === undefined || !repl) return false
    void repl.submit(`v${version}`)
    return true
  }

  function menuKey(key: Key, text: string): boolean {
    const { menu } = completion
    if (!menu || menu.line !== text) return false
    if (key.name === 'up' || key.name === 'down') {
      completion.move(key.name === 'up' ? -1 : 1)
      return true
    }
    if (key.name === 'enter' && menu.chosen && !key.shift && !key.alt) {
      accept(menu.completion, menu.selected, text, editor.cursor)
      return true
    }
    return false
  }

  /** A Tab that comes in one chunk with its word is there before the menu: then the keys after it wait. */
  function tab(direction: 'next' | 'previous', text: string, cursor: number): Promise<void> | undefined {
    const { menu } = completion
    if (menu?.line === text) {
      if (direction === 'previous') completion.move(-1)
      else accept(menu.completion, menu.selected, text, cursor)
      return
    }
    if (direction === 'previous') return
    return complete(text, cursor).then((found) => found && accept(found, 0, text, cursor))
  }

  function accept({ start, candidates }: Completion, index: number, text: string, cursor: number) {
    const candidate = candidates[index]
    if (!candidate) return
    const completed = text.slice(0, start) + candidate.insert + text.slice(cursor)
    editor.setText(completed, start + candidate.insert.length)
  }

  const chips = chipsOf(editor.text)
  const hint = hintFor(editor, screen)
  return { editor, chips, label: shownLabel, hint, entered: asking.entered, menu: completion.menu, leaving }
}

/** What the keys do to a line that was put there, or what can be told of the one being typed. */
function hintFor({ text, offered, instead }: LineEditor, screen: Screen | null): string {
  if (offered) return 'Enter sends it again, Esc clears it, typing replaces it'
  if (instead !== null) return 'Enter sends it, Esc gives your own line back'
  return (screen && adviceWhileTyping(screen.session, text, screen.engine.id)) ?? ''
}

function chipper(session: Parameters<typeof knownIn>[0] | null): (text: string) => readonly Chip[] {
  if (!session) return () => []
  const known = knownIn(session)
  return (text) =>
    text.startsWith('/') && !text.startsWith('//')
      ? []
      : mentionsOf(text, known).map(({ kind, start, end }) => ({ kind, start, end }))
}
