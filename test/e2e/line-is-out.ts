import { open, type User } from './driver.ts'
import { type Engine, startEngine } from './engine.ts'

/** A user with one image, v1, whose line "at night" has been sent; the answer is held until `release`. */
export async function lineIsOut(): Promise<{
  readonly engine: Engine
  readonly user: User
  release(): void
}> {
  const engine = await startEngine()
  const user = await open({ env: engine.env })
  await user.draws('a red fox', 'v1 ← v0')
  const gate = engine.holdNext()
  user.submits('at night')
  await gate.come
  return { engine, user, release: gate.release }
}
