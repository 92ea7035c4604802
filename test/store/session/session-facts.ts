import type { Fact, FactOf } from '../../../src/core/session/fact.ts'
import type { FileRef } from '../../../src/core/session/file-ref.ts'
import type { Prompt } from '../../../src/core/session/session.ts'
import type { TurnSettings } from '../../../src/core/settings/turn-settings-type.ts'
import type { Inspect } from '../../../src/store/session/adopt.ts'

export const settings: TurnSettings = { model: 'gemini-nano-banana-2.1', aspect: 'auto', size: '1K' }

export const at = '2026-11-22T20:48:00.000Z'

/** A clock that stands still. */
export const now = () => new Date(at)

/** In place of the image room's check: a picture here begins with the signature of `picture`. */
export const inspect: Inspect = async (bytes) =>
  Buffer.from(bytes).subarray(0, 3).equals(JPEG) ? { mime: 'image/jpeg', width: 4, height: 3 } : undefined

const JPEG = Buffer.from([0xff, 0xd8, 0xff])

export function picture(words: string): Uint8Array {
  return Buffer.concat([JPEG, Buffer.from(words)])
}

export function imageRef(file: string): FileRef {
  return { file, mime: 'image/jpeg', width: 4, height: 3, bytes: 7, sha256: 'aa' }
}

function promptOf(text: string, change: Partial<Prompt> = {}): Prompt {
  return {
    text,
    parent: { turn: null, version: null },
    mentions: [],
    references: [],
    settings,
    engine: 'practice',
    fresh: false,
    ...change,
  }
}

export function prompted(turn: string, text: string, change: Partial<Prompt> = {}): Fact {
  return { at, type: 'prompted', turn, prompt: promptOf(text, change) }
}

export function answered(turn: string, version: number): Fact {
  return {
    at,
    type: 'answered',
    turn,
    words: 'Here it is.',
    images: [{ version, file: imageRef(`images/v${version}.jpg`) }],
    weight: 20,
    usage: { input: 10, outputText: 2, outputImage: 1120, thoughts: 0, total: 1132 },
    cost: { kind: 'known', usd: 0.034, about: false },
    seconds: 12.4,
  }
}

/** A version of `t1` that was mirrored here. */
export function derived(id: string, from: number, versions: readonly number[]): FactOf<'derived'> {
  const parent = { turn: 't1', version: from }
  const [only = 0, ...others] = versions
  return {
    at,
    type: 'derived',
    act: { id, tool: 'flip', arguments: ['h'], from: [from] },
    parent,
    versions: versions.map((version) => ({
      version,
      file: imageRef(`images/v${version}.jpg`),
      did: 'mirrored',
    })),
    head: others.length === 0 ? { turn: 't1', version: only } : parent,
  }
}
