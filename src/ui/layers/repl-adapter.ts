// Everything that the layers need from the repl.

import type { Completion } from '../../commands/complete.ts'
import type { Repl } from '../../repl/repl.ts'
import type { TerminalInput } from '../../terminal/keys/input.ts'
import type { ReplEffect, Scene } from './layer.ts'

/** The part of the repl that the layers use. */
type ReplPort = Pick<
  Repl,
  | 'live'
  | 'priceOf'
  | 'secretIn'
  | 'spelledOut'
  | 'submit'
  | 'taken'
  | 'answer'
  | 'letGo'
  | 'dropHeld'
  | 'perform'
>

export type ScreenServices = {
  readonly input: TerminalInput
  /** Null until the repl is ready; lines submitted before that go to `early`. */
  readonly repl: ReplPort | null
  readonly early: (line: string) => void
  readonly complete: (line: string, cursor: number) => Promise<Completion | undefined>
  readonly quit: () => void
}

/** Milliseconds that keys typed ahead wait for a question that is about to be asked. */
const ASKED_WITHIN = 1000

export function seenOf({
  repl,
}: ScreenServices): Pick<Scene, 'screen' | 'priceOf' | 'isSecret' | 'spelledOut'> {
  return {
    screen: repl?.live.value ?? null,
    priceOf: (line) => repl?.priceOf(line) ?? null,
    isSecret: (line) => repl?.secretIn(line) === 'holds',
    spelledOut: (line) => repl?.spelledOut(line) ?? line,
  }
}

/** Carries out an effect. Later keys wait for the promise, where there is one. */
export function runEffect(
  effect: ReplEffect,
  { repl, early, quit }: ScreenServices,
): Promise<void> | undefined {
  switch (effect.kind) {
    case 'submit':
      if (repl) return submit(effect.line, repl)
      early(effect.line)
      return
    case 'answer':
      repl?.answer(effect.answer)
      return
    case 'let-go':
      void repl?.letGo()
      return
    case 'drop-held':
      void repl?.dropHeld()
      return
    case 'perform':
      void repl?.perform(effect.task)
      return
    case 'quit':
      quit()
      return
  }
}

function submit(text: string, repl: ReplPort): Promise<void> | undefined {
  void repl.submit(text)
  // A secret that is typed ahead belongs to the question that is about to be asked.
  return repl.secretIn(text) === 'asks' ? Promise.race([repl.taken(), secretAsked(repl)]) : undefined
}

/** Resolves when the secret is asked for, or when it has not been asked for in time. */
function secretAsked({ live }: ReplPort): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      stop()
      resolve()
    }
    const timer = setTimeout(end, ASKED_WITHIN)
    const stop = live.subscribe(() => live.value.question?.kind === 'secret' && end())
  })
}
