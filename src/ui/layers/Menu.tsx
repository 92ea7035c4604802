import { Box, Text } from 'ink'
import type { Completion } from '../../commands/complete.ts'
import { displayWidth } from '../../text/graphemes.ts'
import { cut, inSight } from '../../text/wrap.ts'
import { touched, withText } from '../line/editor.ts'
import { theme } from '../theme.ts'
import { type Layer, type LayerStep, NO_STEP, type Scene } from './layer.ts'

/** A line, and the position of the cursor in it. */
type Typing = { readonly line: string; readonly cursor: number; readonly ready: boolean }

type OpenMenu = {
  readonly typing: Typing
  readonly completion: Completion
  readonly selected: number
  /** Whether the user has moved in the menu, so that Enter accepts the marked item. */
  readonly chosen: boolean
}

type Completing = {
  /** What the last request for completions was for. */
  readonly asked: Typing | null
  /** The line whose menu Esc has closed. */
  readonly closed: string | null
  readonly menu: OpenMenu | null
}

const MOST_ROWS = 8

/** Opens by itself for `/` and `@`, and closes at the end of the word. */
export const menu: Layer<Completing> = {
  title: 'Completion',
  section: 'General',
  about: 'Tab works on any line; the other keys while the menu of completions is open.',
  initial: { asked: null, closed: null, menu: null },
  bindings: [
    {
      keys: ['tab'],
      does: 'complete the word',
      press: (own, scene) => {
        const open = openIn(own, scene)
        return open ? accept(open.completion, open.selected, scene) : lookUp(scene)
      },
    },
    { keys: ['shift-tab', 'up'], does: 'previous completion', bound: isOpen, press: moved(-1) },
    { keys: ['down'], does: 'next completion', bound: isOpen, press: moved(1) },
    {
      keys: ['enter'],
      does: 'accept the marked completion',
      bound: (own, scene) => openIn(own, scene)?.chosen ?? false,
      press: (own, scene) => {
        const open = openIn(own, scene)
        return open ? accept(open.completion, open.selected, scene) : NO_STEP
      },
    },
    {
      keys: ['escape'],
      does: 'close the menu',
      bound: isOpen,
      press: (own, { editor }) => ({ own: { ...own, menu: null, closed: editor.text } }),
    },
  ],
  follow: (own, scene) => {
    const now = typingIn(scene)
    // The same line is not looked up again, except once the repl is ready, which knows the completions.
    if (own.asked && isSame(own.asked, now) && own.asked.ready === now.ready) return NO_STEP
    const wanted = now.line !== own.closed && (now.line.startsWith('/') || now.line.includes('@'))
    const closed = now.line === '' ? null : own.closed
    if (!wanted) return { own: { asked: now, closed, menu: null } }
    return {
      own: { ...own, asked: now, closed },
      effects: [
        {
          kind: 'complete',
          line: now.line,
          cursor: now.cursor,
          keysWait: false,
          found: (completion, then) => ({
            own: {
              ...then,
              menu: completion ? { typing: now, completion, selected: 0, chosen: false } : null,
            },
          }),
        },
      ],
    }
  },
  view: {
    slot: 'list',
    rows: (own, scene) => ({
      least: 0,
      most: Math.min(MOST_ROWS, openIn(own, scene)?.completion.candidates.length ?? 0),
    }),
    draw: (own, scene, area) => {
      const open = openIn(own, scene)
      return open && <Menu items={open.completion.candidates} selected={open.selected} {...area} />
    },
  },
}

/** An offered line has no menu, which would take the Enter that sends it. */
function typingIn({ editor, screen }: Scene): Typing {
  return { line: editor.offered ? '' : editor.text, cursor: editor.cursor, ready: screen !== null }
}

function isSame(one: Typing, other: Typing): boolean {
  return one.line === other.line && one.cursor === other.cursor
}

/** A menu for an older line would complete the wrong word. */
function openIn({ menu: found, closed }: Completing, scene: Scene): OpenMenu | null {
  const now = typingIn(scene)
  if (!found || now.line === closed || found.completion.candidates.length === 0) return null
  return isSame(found.typing, now) ? found : null
}

function isOpen(own: Completing, scene: Scene): boolean {
  return openIn(own, scene) !== null
}

function moved(by: -1 | 1): (own: Completing, scene: Scene) => LayerStep<Completing> {
  return (own, scene) => {
    const open = openIn(own, scene)
    if (!open) return NO_STEP
    const count = open.completion.candidates.length
    const selected = (open.selected + by + count) % count
    return { own: { ...own, menu: { ...open, chosen: true, selected } } }
  }
}

/** A Tab in one chunk with its word comes before the menu, so the keys after it wait for the completions. */
function lookUp({ editor }: Scene): LayerStep<Completing> {
  const { text, cursor } = editor
  return {
    editor: touched(editor),
    effects: [
      {
        kind: 'complete',
        line: text,
        cursor,
        keysWait: true,
        found: (completion, _, scene) =>
          completion && scene.editor.text === text ? accept(completion, 0, scene) : NO_STEP,
      },
    ],
  }
}

function accept({ start, candidates }: Completion, index: number, { editor }: Scene): LayerStep<Completing> {
  const candidate = candidates[index]
  if (!candidate) return NO_STEP
  const completed = editor.text.slice(0, start) + candidate.insert + editor.text.slice(editor.cursor)
  return { editor: withText(editor, completed, start + candidate.insert.length) }
}

type MenuItem = { readonly name: string; readonly summary: string }

type Props = {
  readonly items: readonly MenuItem[]
  readonly selected: number
  readonly columns: number
  /** The most rows to draw; the selected item is always among them. */
  readonly rows: number
}

// In fewer columns, a summary is not readable.
const LEAST_SUMMARY = 10

export function Menu({ items, selected, columns, rows }: Props) {
  const { start, end } = inSight(items.length, selected, rows)
  const longest = Math.max(0, ...items.map((item) => displayWidth(item.name)))
  const nameColumns = Math.min(longest, columns - 2)
  const summaryColumns = columns - nameColumns - 4
  return (
    <Box flexDirection="column">
      {items.slice(start, end).map((item, index) => {
        const at = start + index
        const name = cut(item.name, nameColumns)
        const look = at === selected ? theme.accent : theme.plain
        return (
          <Text key={`${at} ${item.name}`} wrap="truncate-end">
            <Text {...look}>
              {at === selected ? '›' : mark(at, start, end, items.length)} {name}
            </Text>
            {summaryColumns >= LEAST_SUMMARY && (
              <Text {...theme.dim}>
                {' '.repeat(nameColumns - displayWidth(name) + 2)}
                {cut(item.summary, summaryColumns)}
              </Text>
            )}
          </Text>
        )
      })}
    </Box>
  )
}

/** Shows that there are more items above or below. */
function mark(at: number, start: number, end: number, count: number): string {
  if (at === start && start > 0) return '↑'
  if (at === end - 1 && end < count) return '↓'
  return ' '
}
