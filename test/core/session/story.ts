import type { Nothing } from '../../../src/core/failures/missing-image.ts'
import { DEFAULT_MODEL } from '../../../src/core/models/model-catalogue.ts'
import { apply } from '../../../src/core/session/apply.ts'
import type { Fact } from '../../../src/core/session/fact.ts'
import type { FileRef } from '../../../src/core/session/file-ref.ts'
import { inForce } from '../../../src/core/session/reference.ts'
import type { Role } from '../../../src/core/session/role.ts'
import {
  emptySession,
  type Head,
  type Mention,
  type Prompt,
  type Reference,
  ROOT,
  type Session,
} from '../../../src/core/session/session.ts'
import type { AnswerPart, SignatureRef, StoredAnswer } from '../../../src/core/session/stored-answer.ts'
import { weightOf } from '../../../src/core/session/stored-answer.ts'
import {
  back,
  currentVersion,
  headAt,
  nextAct,
  nextTurn,
  nextVersion,
} from '../../../src/core/session/tree.ts'

const at = '2026-11-22T20:48:00.000Z'
const settings = { model: DEFAULT_MODEL, aspect: 'auto', size: '1K' }

/** An image of the session; the same content is the same image, whatever the name of its file. */
export function image(file: string, content = file, bytes = 900_000): FileRef {
  return { file, mime: 'image/jpeg', width: 1024, height: 1024, bytes, sha256: `sha of ${content}` }
}

export function mention(name: string, content = name): Mention {
  return { name, file: image(`inputs/${content}`, content) }
}

export function reference(name: string, content = name, role?: Role): Reference {
  const file = image(`inputs/${content}`, content)
  return { name, file, source: `/art/${content}`, ...(role ? { role } : {}) }
}

type Answer = {
  readonly images?: number
  readonly words?: string
  readonly bytes?: number
  /** Of the words, then of each image; null for none. */
  readonly signatures?: readonly (SignatureRef | null)[]
  readonly nothing?: Nothing['kind']
}

/** A session that grows fact by fact, with the answers that would be stored beside it. */
export class Story {
  session: Session
  readonly facts: Fact[] = []
  readonly answers = new Map<string, StoredAnswer>()
  readonly empty: Session

  constructor() {
    this.empty = emptySession('fox', settings)
    this.session = this.empty
  }

  add(fact: Fact): this {
    this.facts.push(fact)
    this.session = apply(this.session, fact)
    return this
  }

  /** The prompt that a line would be now. */
  prompt(text: string, change: Partial<Prompt> = {}): Prompt {
    const { head, references, settings } = this.session
    const parent = change.fresh ? ROOT : head
    return {
      text,
      parent,
      mentions: [],
      references: inForce(references),
      settings,
      engine: 'gemini',
      fresh: false,
      ...change,
    }
  }

  send(text: string, change: Partial<Prompt> = {}): string {
    const turn = nextTurn(this.session)
    this.add({ at, type: 'prompted', turn, prompt: this.prompt(text, change) })
    return turn
  }

  answer(
    turn: string,
    { images = 1, words = 'Here it is.', bytes = 900_000, signatures = [], nothing }: Answer = {},
  ) {
    const first = nextVersion(this.session)
    const prompt = this.session.turns.find(({ id }) => id === turn)
    const signed = (place: number) => {
      const signature =
        signatures[place] === undefined ? { value: `signature ${turn}-${place}` } : signatures[place]
      return signature ? { signature } : {}
    }
    const numbers = Array.from({ length: images }, (_, index) => first + index)
    const parts: AnswerPart[] = [
      ...(words === '' ? [] : [{ kind: 'text', text: words, ...signed(0) } as const]),
      ...numbers.map(
        (version, index) =>
          ({
            kind: 'image',
            version,
            file: `images/v${version}.jpg`,
            mime: 'image/jpeg',
            bytes,
            ...signed(index + 1),
          }) as const,
      ),
    ]
    this.answers.set(turn, {
      turn,
      engine: prompt?.engine ?? '',
      model: prompt?.settings.model ?? '',
      parts,
    })
    return this.add({
      at,
      type: 'answered',
      turn,
      words,
      images: numbers.map((version) => ({
        version,
        file: image(`images/v${version}.jpg`, undefined, bytes),
      })),
      ...(nothing ? { nothing: { kind: nothing, says: '' } } : {}),
      weight: weightOf(parts),
      usage: null,
      cost: { kind: 'unknown' },
      seconds: 12.4,
    })
  }

  line(text: string, change: Partial<Prompt> = {}, answer: Answer = {}): this {
    return this.answer(this.send(text, change), answer)
  }

  fail(text: string): this {
    const turn = this.send(text)
    return this.add({ at, type: 'failed', turn, failure: { kind: 'overloaded' } })
  }

  letGo(turn: string): this {
    return this.add({ at, type: 'let-go', turn })
  }

  bring(content: string): this {
    const version = nextVersion(this.session)
    return this.add({
      at,
      type: 'brought',
      version,
      file: image(`images/v${version}.png`, content),
      name: content,
    })
  }

  /** What a tool does, from the current version or another: each of the words is for one of its images. */
  derive(
    did: readonly string[],
    change: { readonly from?: number; readonly file?: Partial<FileRef> } = {},
  ): this {
    const current = currentVersion(this.session)?.number ?? 0
    const { from = current, file = {} } = change
    const parent = from === current ? this.session.head : (headAt(this.session, from) ?? ROOT)
    const first = nextVersion(this.session)
    const versions = did.map((words, index) => {
      const name = `images/v${first + index}.png`
      return { version: first + index, file: { ...image(name), ...file }, did: words }
    })
    const head = versions.length === 1 ? { turn: parent.turn, version: first } : this.session.head
    const act = { id: nextAct(this.session), tool: 'flip', arguments: ['h'], from: [from] }
    return this.add({ at, type: 'derived', act, parent, versions, head })
  }

  refer(...references: readonly Reference[]): this {
    for (const one of references) this.add({ at, type: 'referenced', reference: one })
    return this
  }

  set(change: Partial<typeof settings>): this {
    return this.add({ at, type: 'set', settings: change })
  }

  undo(steps = 1): this {
    const head = back(this.session, steps)
    return head ? this.add({ at, type: 'moved', by: 'undo', head }) : this
  }

  redo(): this {
    const head = this.session.undone.at(-1)?.head
    return head ? this.add({ at, type: 'moved', by: 'redo', head }) : this
  }

  goto(version: number): this {
    const head: Head | undefined = version === 0 ? ROOT : headAt(this.session, version)
    return head ? this.add({ at, type: 'moved', by: 'goto', head }) : this
  }
}
