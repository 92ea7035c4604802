import { useEffect, useInsertionEffect, useRef, useState } from 'react'
import type { InputEvent, Key } from '../../terminal/keys/keys.ts'
import { wrap } from '../../text/wrap.ts'
import { type Action, type Chip, EMPTY, edit, paste, withOffer, withProposal, withText } from './editor.ts'
import { promptSpace } from './promptSpace.ts'

type LineEditorOptions = {
  readonly input: { onEvent(listener: (event: InputEvent) => void): () => void }
  /** Asked at every key: a line that was just sent is in it for the next key of the same chunk. */
  readonly history: () => readonly string[]
  readonly chipsOf: (text: string) => readonly Chip[]
  readonly label: string
  readonly columns: number
  /** Sees everything first; true takes it, as an open question for a secret does. */
  readonly before?: (event: InputEvent) => boolean
  /** Sees every key that is left; true takes it; true takes it, as an open menu takes Up and Down. */
  readonly intercept?: (key: Key, text: string) => boolean
  /** `text` and `cursor` as they are after the key: empty after a submit. The next keys wait for what it promises. */
  readonly onAction: (action: Action, text: string, cursor: number) => Promise<void> | undefined
}

export type LineEditor = {
  readonly text: string
  readonly cursor: number
  /** The text is an offered line that was not touched yet. */
  readonly offered: boolean
  /** What the text was before it was proposed; null when it is no proposal, or was changed since. */
  readonly instead: string | null
  /** Characters of a paste that has begun and does not go on; null when there is none. */
  readonly pasting: number | null
  /** Rows that the whole text takes. */
  readonly rows: number
  setText(text: string, cursor?: number): void
  /** Puts a line there to be sent again, unless one is being typed; true when it is there. */
  offer(line: string): boolean
  /** Puts a better line in the place of the one that is there. */
  propose(line: string, instead: string): void
}

export function useLineEditor(options: LineEditorOptions): LineEditor {
  // The truth is here and not in the state: keys that come in one chunk come before React draws.
  const editor = useRef(EMPTY)
  const latest = useRef(options)
  const [shown, show] = useState(EMPTY)
  const [pasting, setPasting] = useState<number | null>(null)
  useInsertionEffect(() => {
    latest.current = options
  })

  const [{ listen, setText, offer, propose }] = useState(() => {
    const put = (next: typeof EMPTY) => {
      editor.current = next
      show(next)
    }
    const take = (event: InputEvent): Promise<void> | undefined => {
      const { before, intercept, label, columns, history, chipsOf, onAction } = latest.current
      const { text } = editor.current
      if (event.kind === 'pasting') return void setPasting(event.characters)
      if (event.kind === 'paste') setPasting(null)
      if (event.kind === 'answer' || before?.(event)) return
      if (event.kind === 'paste') return void put(paste(editor.current, event.text))
      if (intercept?.(event.key, text)) return
      const { editor: next, action } = edit(editor.current, event.key, {
        space: promptSpace(label, columns).space,
        history: history(),
        get chips() {
          return chipsOf(text)
        },
      })
      put(next)
      return action && onAction(action, next.text, next.cursor)
    }
    const early: InputEvent[] = []
    let waits = false
    const go = () => {
      for (let event = early.shift(); event; event = early.shift()) {
        const end = take(event)
        if (!end) continue
        waits = true
        const on = () => {
          waits = false
          go()
        }
        return void end.then(on, on)
      }
    }
    return {
      setText: (text: string, cursor?: number) => put(withText(editor.current, text, cursor)),
      offer: (line: string) => {
        const free = editor.current.text === ''
        if (free) put(withOffer(editor.current, line))
        return free
      },
      propose: (line: string, instead: string) => put(withProposal(editor.current, line, instead)),
      listen: (event: InputEvent) => {
        early.push(event)
        if (!waits) go()
      },
    }
  })

  const { input, label, columns } = options
  useEffect(() => input.onEvent(listen), [input, listen])
  const rows = wrap(shown.text, promptSpace(label, columns).space).length
  const { text, cursor, offered, instead } = shown
  return { text, cursor, offered, instead, pasting, rows, setText, offer, propose }
}
