import { useEffect, useState } from 'react'
import type { Completion } from '../../commands/complete.ts'

export type Complete = (line: string, cursor: number) => Promise<Completion | undefined>

export type Menu = {
  readonly line: string
  readonly completion: Completion
  readonly selected: number
  /** True when the user has moved in it, so that Enter means the item. */
  readonly chosen: boolean
}

/** The menu for the line being typed; it opens by itself for `/` and `@`, and closes with the word. */
export function useCompletion(complete: Complete, line: string, cursor: number) {
  const [menu, setMenu] = useState<Menu | null>(null)
  const [closed, setClosed] = useState<string | null>(null)
  useEffect(() => {
    let stale = false
    const wanted = line !== closed && (line.startsWith('/') || line.includes('@'))
    if (!wanted) {
      setMenu(null)
      return
    }
    void complete(line, cursor).then((completion) => {
      if (!stale) setMenu(completion ? { line, completion, selected: 0, chosen: false } : null)
    })
    return () => {
      stale = true
    }
  }, [complete, line, cursor, closed])
  return {
    // A menu of an older line would complete the wrong word.
    menu: menu?.line === line && menu.completion.candidates.length > 0 ? menu : null,
    move: (by: number) =>
      setMenu((now) => {
        const count = now?.completion.candidates.length ?? 0
        return now && { ...now, chosen: true, selected: (now.selected + by + count) % count }
      }),
    close: () => setClosed(line),
  }
}
