import fc from 'fast-check'
import type { Failure } from '../../../src/core/failures/failure.ts'
import type { Nothing } from '../../../src/core/failures/missing-image.ts'
import type { Cost } from '../../../src/core/money/call-cost.ts'
import type { Fact, FactOf } from '../../../src/core/session/fact.ts'
import type { FileRef } from '../../../src/core/session/file-ref.ts'
import type { Grounding, Source } from '../../../src/core/session/grounding.ts'
import type { Role } from '../../../src/core/session/role.ts'
import type {
  Head,
  Mention,
  Original,
  Prompt,
  Reference,
  ToolAct,
  Waiting,
} from '../../../src/core/session/session.ts'
import type { Thought } from '../../../src/core/session/thoughts.ts'
import type { SettingsChange, TurnSettings } from '../../../src/core/settings/turn-settings-type.ts'
import type { Style } from '../../../src/core/wording/style-list.ts'

// Facts with free contents. A kind or a field that is not here does not compile, so that what limn writes and reads
// back in the tests is all that it can write.

type Contents<T> = { readonly [Name in keyof T]-?: fc.Arbitrary<Required<T>[Name]> }

type OptionalName<T> = {
  [Name in keyof T]-?: Partial<Pick<T, Name>> extends Pick<T, Name> ? Name : never
}[keyof T]

/** Fields that may be left out are named a second time. */
function record<T>(contents: Contents<T>, optional: { readonly [Name in OptionalName<T>]: true }) {
  const requiredKeys = Object.keys(contents).filter((name) => !Object.hasOwn(optional, name))
  const fields: Record<string, fc.Arbitrary<unknown>> = { ...contents }
  return fc.record(fields, {
    requiredKeys,
    noNullPrototype: true,
  }) as fc.Arbitrary<unknown> as fc.Arbitrary<T>
}

/** One of the members of a union, each as likely as the others. */
function anyOf<T>(members: Readonly<Record<string, fc.Arbitrary<T>>>): fc.Arbitrary<T> {
  return fc.oneof(...Object.values(members))
}

function wordOf<Word extends string>(words: Readonly<Record<Word, true>>): fc.Arbitrary<Word> {
  return fc.constantFrom(...(Object.keys(words) as Word[]))
}

type ByKind<T extends { readonly kind: string }> = {
  readonly [Kind in T['kind']]: fc.Arbitrary<Extract<T, { readonly kind: Kind }>>
}

type ByType = { readonly [Type in Fact['type']]: fc.Arbitrary<FactOf<Type>> }

/** A kind without further fields. */
function bare<Kind extends string>(kind: Kind): fc.Arbitrary<{ readonly kind: Kind }> {
  return fc.constant({ kind })
}

const text = fc.string({ unit: 'binary', maxLength: 30 }).map((words) => words.toWellFormed())
const count = fc.nat()
const ordinal = fc.integer({ min: 1, max: 9999 })
// JSON has no negative zero.
const amount = fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0)
const positive = fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 })
const flag = fc.boolean()
const at = fc
  .date({ noInvalidDate: true, min: new Date(0), max: new Date(1e14) })
  .map((day) => day.toISOString())
const texts = fc.array(text, { maxLength: 3 })
const insideName = fc.stringMatching(/^(?:images|inputs|thoughts)\/[a-z0-9]{1,8}\.(?:jpg|png)$/)
const address = fc.webUrl()

const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })

const fileRef = record<FileRef>(
  { file: insideName, mime: text, width: count, height: count, bytes: count, sha256: text },
  {},
)
const head = record<Head>({ turn: orNull(text), version: orNull(ordinal) }, {})
const original = record<Original>({ bytes: count, modified: amount, sha256: text }, {})
const role = wordOf<Role>({ character: true, object: true, style: true, palette: true, layout: true })

const reference = record<Reference>(
  { name: text, file: fileRef, source: text, role, muted: flag, original, changed: original },
  { role: true, muted: true, original: true, changed: true },
)
const mention = record<Mention>(
  { name: text, file: fileRef, version: ordinal, source: text, role },
  { version: true, source: true, role: true },
)
const mentions = fc.array(mention, { maxLength: 2 })
const style = record<Style>({ name: text, template: text }, {})

const extras = {
  thinking: text,
  thoughts: text,
  search: text,
  temperature: amount,
  safety: text,
  person: text,
  tier: text,
  system: text,
  history: amount,
  seed: amount,
}
const eachExtra = {
  thinking: true,
  thoughts: true,
  search: true,
  temperature: true,
  safety: true,
  person: true,
  tier: true,
  system: true,
  history: true,
  seed: true,
} as const

const turnSettings = record<TurnSettings>({ model: text, aspect: text, size: text, ...extras }, eachExtra)
const settingsChange = record<SettingsChange>(
  {
    model: text,
    aspect: text,
    size: text,
    thinking: orNull(text),
    thoughts: orNull(text),
    search: orNull(text),
    temperature: orNull(amount),
    safety: orNull(text),
    person: orNull(text),
    tier: orNull(text),
    system: orNull(text),
    history: orNull(amount),
    seed: orNull(amount),
  },
  { model: true, aspect: true, size: true, ...eachExtra },
)

const prompt = record<Prompt>(
  {
    text,
    sent: text,
    style: text,
    line: text,
    whole: text,
    parent: head,
    mentions,
    references: fc.array(reference, { maxLength: 2 }),
    settings: turnSettings,
    engine: text,
    fresh: flag,
    group: text,
    batch: record<NonNullable<Prompt['batch']>>({ job: text, part: text, row: text }, {}),
  },
  { sent: true, style: true, line: true, whole: true, group: true, batch: true },
)

const variant = record<NonNullable<Waiting['variants']>[number]>(
  { line: text, mentions, style: orNull(style) },
  { style: true },
)
const waiting = record<Waiting>(
  {
    id: text,
    line: text,
    base: orNull(head),
    mentions,
    variants: fc.array(variant, { maxLength: 2 }),
    style: orNull(style),
  },
  { variants: true, style: true },
)

const nothing = record<Nothing>(
  {
    kind: wordOf<Nothing['kind']>({
      'words-only': true,
      'no-image': true,
      'blocked-prompt': true,
      safety: true,
      prohibited: true,
      recitation: true,
      'too-long': true,
      language: true,
      empty: true,
      'broken-image': true,
      other: true,
    }),
    reason: text,
    says: text,
  },
  { reason: true },
)

const costs: ByKind<Cost> = {
  known: record({ kind: fc.constant('known'), usd: amount, about: flag }, {}),
  unknown: bare('unknown'),
  free: bare('free'),
}

const thoughtKinds: ByKind<Thought> = {
  text: record({ kind: fc.constant('text'), text }, {}),
  image: record({ kind: fc.constant('image'), file: fileRef }, {}),
}

const grounding = record<Grounding>(
  {
    queries: texts,
    imageQueries: texts,
    sources: fc.array(
      record<Source>({ kind: wordOf({ web: true, image: true }), uri: address, title: text }, {}),
      { maxLength: 2 },
    ),
    suggestions: fc.array(record<Grounding['suggestions'][number]>({ text, uri: address }, {}), {
      maxLength: 2,
    }),
  },
  {},
)

/** A failure that quotes what the server or the disk says. */
function quoting<Kind extends string>(
  kind: Kind,
): fc.Arbitrary<{ readonly kind: Kind; readonly says: string }> {
  return text.map((says) => ({ kind, says }))
}

const failures: ByKind<Failure> = {
  'no-key': bare('no-key'),
  'bad-key': bare('bad-key'),
  'leaked-key': bare('leaked-key'),
  'api-off': quoting('api-off'),
  permission: quoting('permission'),
  'no-credentials': bare('no-credentials'),
  'sign-in': quoting('sign-in'),
  place: quoting('place'),
  signature: quoting('signature'),
  unsupported: quoting('unsupported'),
  'unknown-field': quoting('unknown-field'),
  'bad-image': quoting('bad-image'),
  'too-large': record({ kind: fc.constant('too-large'), bytes: orNull(amount) }, {}),
  'bad-setting': quoting('bad-setting'),
  'model-gone': record({ kind: fc.constant('model-gone'), model: text }, {}),
  'no-billing': bare('no-billing'),
  'no-quota': record({ kind: fc.constant('no-quota'), model: text }, {}),
  'no-credit': quoting('no-credit'),
  'daily-quota': record({ kind: fc.constant('daily-quota'), model: text, resets: at }, {}),
  'rate-limit': record({ kind: fc.constant('rate-limit'), seconds: orNull(amount) }, {}),
  overloaded: bare('overloaded'),
  deadline: bare('deadline'),
  gateway: bare('gateway'),
  internal: record({ kind: fc.constant('internal'), status: amount }, {}),
  refused: record({ kind: fc.constant('refused'), status: amount, says: text }, {}),
  'no-network': record({ kind: fc.constant('no-network'), code: text }, {}),
  redirected: record({ kind: fc.constant('redirected'), to: text }, {}),
  'timed-out': record({ kind: fc.constant('timed-out'), seconds: amount }, {}),
  'cut-off': record({ kind: fc.constant('cut-off'), code: text }, {}),
  'strange-answer': quoting('strange-answer'),
  aborted: bare('aborted'),
  'no-answer': bare('no-answer'),
  'over-budget': bare('over-budget'),
  unreadable: quoting('unreadable'),
  disk: quoting('disk'),
}

const image = record<FactOf<'answered'>['images'][number]>({ version: ordinal, file: fileRef }, {})

/** Every kind of fact, with free contents. */
export const FREE_FACTS: ByType = {
  titled: record({ at, type: fc.constant('titled'), title: text }, {}),
  set: record({ at, type: fc.constant('set'), settings: settingsChange }, {}),
  styled: record({ at, type: fc.constant('styled'), style: orNull(style) }, {}),
  brought: record<FactOf<'brought'>>(
    { at, type: fc.constant('brought'), version: ordinal, file: fileRef, name: text, source: text },
    { source: true },
  ),
  derived: record<FactOf<'derived'>>(
    {
      at,
      type: fc.constant('derived'),
      act: record<ToolAct>(
        { id: text, tool: text, arguments: texts, from: fc.array(ordinal), turn: text, source: text },
        { turn: true, source: true },
      ),
      parent: head,
      versions: fc.array(
        record<FactOf<'derived'>['versions'][number]>({ version: ordinal, file: fileRef, did: text }, {}),
        { maxLength: 2 },
      ),
      head,
    },
    {},
  ),
  referenced: record({ at, type: fc.constant('referenced'), reference }, {}),
  unreferenced: record({ at, type: fc.constant('unreferenced'), names: texts }, {}),
  'reference-changed': record<FactOf<'reference-changed'>>(
    {
      at,
      type: fc.constant('reference-changed'),
      name: text,
      role: orNull(role),
      muted: flag,
      place: ordinal,
      file: fileRef,
      original,
      changed: orNull(original),
    },
    { role: true, muted: true, place: true, file: true, original: true, changed: true },
  ),
  queued: record({ at, type: fc.constant('queued'), waiting }, {}),
  unqueued: record({ at, type: fc.constant('unqueued'), ids: texts }, {}),
  prompted: record<FactOf<'prompted'>>(
    { at, type: fc.constant('prompted'), turn: text, prompt, queued: text, reserved: ordinal },
    { queued: true, reserved: true },
  ),
  answered: record<FactOf<'answered'>>(
    {
      at,
      type: fc.constant('answered'),
      turn: text,
      words: text,
      images: fc.array(image, { maxLength: 2 }),
      nothing,
      thoughts: fc.array(anyOf<Thought>(thoughtKinds), { maxLength: 2 }),
      grounding,
      weight: positive,
      usage: orNull(
        record<NonNullable<FactOf<'answered'>['usage']>>(
          { input: count, outputText: count, outputImage: count, thoughts: count, total: count, tier: text },
          { tier: true },
        ),
      ),
      cost: anyOf<Cost>(costs),
      seconds: positive,
      adopted: fc.constant(true),
    },
    { nothing: true, thoughts: true, grounding: true, adopted: true },
  ),
  failed: record({ at, type: fc.constant('failed'), turn: text, failure: anyOf<Failure>(failures) }, {}),
  'let-go': record({ at, type: fc.constant('let-go'), turn: text }, {}),
  tagged: record({ at, type: fc.constant('tagged'), name: text, version: orNull(ordinal) }, {}),
  moved: record<FactOf<'moved'>>(
    { at, type: fc.constant('moved'), by: wordOf({ undo: true, redo: true, goto: true }), head },
    {},
  ),
  left: record({ at, type: fc.constant('left'), out: texts }, {}),
}

/** Every kind of failure of a turn. */
export const FREE_FAILURES = failures

/** Facts in a possible order: a turn is prompted before it ends, and each has its own number. */
export const someFacts: fc.Arbitrary<readonly Fact[]> = fc
  .array(anyOf<Fact>(FREE_FACTS), { maxLength: 12 })
  .map((facts) => {
    let turns = 0
    return facts.map((fact) => {
      if (fact.type === 'prompted') turns += 1
      return 'turn' in fact ? { ...fact, turn: `t${turns}` } : fact
    })
  })
