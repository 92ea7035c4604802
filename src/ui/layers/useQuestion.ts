import { useEffect, useRef, useState } from 'react'
import type { Answer, Question } from '../../core/event.ts'
import type { InputEvent, Key } from '../../terminal/keys/keys.ts'
import type { Entered } from './Question.tsx'

/** Milliseconds that typed keys wait for a question that is about to be asked. */
const ASKED_WITHIN = 1000

/**
 * What the user does with an open question. A question never takes a line that is being typed: arrows, Enter and Esc
 * are its own only while the prompt is empty, and only a secret takes every key.
 */
export function useQuestion(question: Question | null, answer: (answer: Answer) => void) {
  const [at, setAt] = useState({ question, selected: first(question) })
  // The truth is here and not in the state: keys that come in one chunk come before React draws.
  const secret = useRef<{ question: Question; typed: string; given: boolean } | null>(null)
  const [length, setLength] = useState(0)
  if (at.question !== question) {
    setAt({ question, selected: first(question) })
    setLength(0)
  }

  /** True for what goes to a secret: all, from the question to its Enter. */
  const takeSecret = (event: InputEvent): boolean => {
    if (question?.kind !== 'secret') return false
    if (secret.current?.question !== question) secret.current = { question, typed: '', given: false }
    const { current } = secret
    if (current.given) return false
    const taken = secretKey(event, current.typed)
    if (typeof taken === 'string') {
      current.typed = taken
      setLength(taken.length)
    } else {
      const { typed } = current
      secret.current = { question, typed: '', given: true }
      answer(taken.given ? typed : undefined)
    }
    return true
  }

  const asked = useRef<(() => void) | null>(null)
  useEffect(() => {
    if (question?.kind === 'secret') asked.current?.()
  }, [question])
  /** When the next keys go to a secret, or it is not asked after all. */
  const secretAsked = (): Promise<void> =>
    new Promise((done) => {
      asked.current = done
      setTimeout(done, ASKED_WITHIN)
    })

  const take = (key: Key): boolean => {
    if (!question || question.kind === 'secret') return false
    const count = question.kind === 'yes-no' ? 2 : question.choices.length
    const move = (by: number) => setAt({ question, selected: (at.selected + by + count) % count })
    switch (key.name) {
      case 'up':
      case 'left':
        move(-1)
        return true
      case 'down':
      case 'right':
      case 'tab':
        move(1)
        return true
      case 'escape':
        answer(question.kind === 'yes-no' ? false : question.default)
        return true
      case 'enter':
        answer(question.kind === 'yes-no' ? at.selected === 0 : question.choices[at.selected]?.value)
        return true
      default:
        return false
    }
  }
  return { entered: enteredOf(question, at.selected, length), take, takeSecret, secretAsked }
}

function first(question: Question | null): number {
  return question?.kind === 'yes-no' && !question.default ? 1 : 0
}

function enteredOf(question: Question | null, selected: number, length: number): Entered | null {
  switch (question?.kind) {
    case undefined:
      return null
    case 'yes-no':
      return { kind: 'yes-no', yes: selected === 0 }
    case 'choice':
      return { kind: 'choice', selected }
    case 'secret':
      return { kind: 'secret', length }
  }
}

/** The secret after a key, or that it has come to its end. */
function secretKey(event: InputEvent, secret: string): string | { readonly given: boolean } {
  if (event.kind === 'paste') return secret + event.text.replace(/\s+/g, '')
  if (event.kind !== 'key') return secret
  const { key } = event
  switch (key.name) {
    case 'text':
      return secret + key.text
    case 'backspace':
      return secret.slice(0, -1)
    case 'u':
      return key.ctrl ? '' : secret
    case 'enter':
      return { given: true }
    case 'escape':
      return { given: false }
    case 'c':
      return key.ctrl ? { given: false } : secret
    default:
      return secret
  }
}
