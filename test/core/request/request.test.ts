import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clip } from '../../../src/core/clip-text.ts'
import type { Plan, PlanPart } from '../../../src/core/request/plan.ts'
import { messageImages, planOf, planSize, WINDOW } from '../../../src/core/request/request.ts'
import type { Prompt } from '../../../src/core/session/session.ts'
import { mention, reference, Story } from '../session/story.ts'

const PRO = { model: 'gemini-3-pro-image', aspect: 'auto', size: '1K' }
const NB1 = { model: 'gemini-2.5-flash-image', aspect: 'auto', size: '1K' }

function plan(
  story: Story,
  change: Partial<Prompt> = {},
  window = WINDOW,
  trust?: Parameters<typeof planOf>[4],
): Plan {
  return planOf(story.session, story.prompt('the next line', change), story.answers, window, trust)
}

/** A part in short: its words, or `<file>`, with `~` and the signature where it has one. */
function short(part: PlanPart): string {
  const signature = part.signature
  const signed =
    signature === undefined
      ? ''
      : `~${signature === 'bypass' ? signature : 'value' in signature ? signature.value : signature.file}`
  return `${part.kind === 'text' ? part.text : `<${part.file.split('/')[1]}>`}${signed}`
}

const contents = ({ history, message }: Plan) => [
  ...history.map(({ role, parts }) => [role, ...parts.map(short)]),
  ['user', ...message.map(short)],
]

const files = (parts: readonly PlanPart[]) =>
  parts.flatMap((part) => (part.kind === 'image' ? [part.file] : []))
const all = ({ history, message }: Plan) => [...history.flatMap(({ parts }) => parts), ...message]

describe('what is sent for a line', () => {
  test('the first line is sent alone', () => {
    expect(contents(plan(new Story()))).toEqual([['user', 'the next line']])
  })

  test('the turns before it are sent as they were, with their signatures', () => {
    expect(contents(plan(new Story().line('a fox')))).toEqual([
      ['user', 'a fox'],
      ['model', 'Here it is.~signature t1-0', '<v1.jpg>~signature t1-1'],
      ['user', 'the next line'],
    ])
  })

  test("a model's image is sent back as it came; an image of the user's is sent as a copy", () => {
    const { history, message } = plan(new Story().line('a fox').refer(reference('hero')))
    expect(history[1]?.parts).toContainEqual(expect.objectContaining({ kind: 'image', copy: 'as-it-is' }))
    expect(message).toContainEqual(expect.objectContaining({ kind: 'image', copy: 'reference' }))
  })

  test('ratio and size are asked for only when they are set, and the model has them', () => {
    expect(plan(new Story()).fields).toEqual({ imageConfig: { imageSize: '1K' } })
    expect(plan(new Story(), { settings: { ...PRO, aspect: '16:9', size: '4K' } }).fields).toEqual({
      imageConfig: { aspectRatio: '16:9', imageSize: '4K' },
    })
    expect(plan(new Story(), { settings: NB1 }).fields).toEqual({})
  })
})

describe('the window', () => {
  const four = () => new Story().line('a fox').line('in snow').line('at night').line('with stars')

  test('holds two turns with images, and lists the prompts before them at its head', () => {
    expect(contents(plan(four()))).toEqual([
      ['user', 'Earlier in this conversation I asked, in this order:\n- a fox\n- in snow', 'at night'],
      ['model', 'Here it is.~signature t3-0', '<v3.jpg>~signature t3-1'],
      ['user', 'with stars'],
      ['model', 'Here it is.~signature t4-0', '<v4.jpg>~signature t4-1'],
      ['user', 'the next line'],
    ])
  })

  test('can be made wider, and with 0 still holds the current image', () => {
    const images = (turns: number) => files(all(plan(four(), {}, { ...WINDOW, turns }))).length
    expect([0, 1, 2, 3, 9].map(images)).toEqual([1, 1, 2, 3, 4])
  })

  test('includes answers in words', () => {
    const story = new Story()
      .line('a fox')
      .line('which season?', {}, { images: 0, words: 'Winter or spring?' })
    expect(contents(plan(story)).map(([role, first]) => [role, first])).toEqual([
      ['user', 'a fox'],
      ['model', 'Here it is.~signature t1-0'],
      ['user', 'which season?'],
      ['model', 'Winter or spring?~signature t2-0'],
      ['user', 'the next line'],
    ])
  })

  test('keeps within 16 MB, signatures included', () => {
    const huge = { file: 'answers/t1-2.signature', size: 9_000_000 }
    const story = new Story()
    for (const line of ['a fox', 'in snow']) story.line(line, {}, { signatures: [null, huge] })
    expect(files(all(plan(story)))).toEqual(['images/v2.jpg'])
    expect(planSize(plan(story))).toBeGreaterThan(9_000_000)
  })

  test('contains the current version even when that alone is too large', () => {
    const story = new Story().line('a fox', {}, { bytes: 30_000_000 })
    expect(files(all(plan(story)))).toEqual(['images/v1.jpg'])
  })

  test('contains the current version when long words came after it', () => {
    const huge = { file: 'answers/t2-1.signature', size: 20_000_000 }
    const story = new Story().line('a fox').line('what?', {}, { images: 0, signatures: [huge] })
    expect(contents(plan(story))).toEqual([
      [
        'user',
        'Earlier in this conversation I asked, in this order:\n- a fox\n- what?',
        '[v1]',
        '<v1.jpg>',
        'the next line',
      ],
    ])
  })

  test('follows the current branch, and contains nothing of another', () => {
    const story = four().goto(2).line('in rain')
    expect(files(all(plan(story)))).toEqual(['images/v2.jpg', 'images/v5.jpg'])
    expect(JSON.stringify(plan(story))).not.toMatch(/at night|with stars/)
  })

  test('leaves failed lines out', () => {
    expect(JSON.stringify(plan(new Story().line('a fox').fail('in snow')))).not.toContain('in snow')
  })

  test('sends the current image by itself when its answer is no longer on disk', () => {
    const story = new Story().line('a fox')
    story.answers.clear()
    expect(contents(plan(story))).toEqual([
      [
        'user',
        'Earlier in this conversation I asked, in this order:\n- a fox',
        '[v1]',
        '<v1.jpg>',
        'the next line',
      ],
    ])
  })

  test('sends the current image by itself when its answer does not contain it', () => {
    const story = new Story().line('a fox', {}, { words: '' })
    story.answers.set('t1', { turn: 't1', engine: 'gemini', model: '', parts: [] })
    expect(files(plan(story).message)).toEqual(['images/v1.jpg'])
    expect(plan(story).history).toEqual([])
  })
})

describe('older prompts', () => {
  test('are the newest 20, on one line each', () => {
    const story = new Story()
    for (let n = 1; n <= 30; n++) story.line(`line\n${n}.`)
    const [head] = plan(story).history[0]?.parts ?? []
    const lines = (head?.kind === 'text' ? head.text : '').split('\n').slice(1)
    expect(lines).toEqual(Array.from({ length: 20 }, (_, index) => `- line ${index + 9}.`))
  })

  test('take at most 2,000 characters, and no character is cut in two', () => {
    const long = fc.array(fc.string({ unit: 'binary', minLength: 300, maxLength: 900 }), {
      minLength: 4,
      maxLength: 30,
    })
    fc.assert(
      fc.property(long, (lines) => {
        const story = new Story()
        for (const line of lines) story.line(line.toWellFormed())
        const [head] = plan(story).history[0]?.parts ?? []
        const words = head?.kind === 'text' ? head.text : ''
        expect(words.length).toBeLessThanOrEqual(2000)
        expect(words.isWellFormed()).toBe(true)
      }),
      { numRuns: 30 },
    )
    expect(clip('🦊🦊🦊', 4).isWellFormed()).toBe(true)
  })
})

describe('references and mentions', () => {
  test('are in the newest message under their names, images first and the prompt last', () => {
    const story = new Story().line('a fox').refer(reference('hero'), reference('hut'))
    expect(contents(plan(story, { mentions: [mention('cat.png')] })).at(-1)).toEqual([
      'user',
      '3 images come with this message. In order: image 1 is hero, image 2 is hut, image 3 is cat.png.',
      ...['[hero] image 1', '<hero>', '[hut] image 2', '<hut>', '[cat.png] image 3', '<cat.png>'],
      'the next line',
    ])
  })

  test('say in words what each is for; a single one needs no number', () => {
    const story = new Story().refer(reference('hero', 'hero', 'character'))
    expect(contents(plan(story))[0]?.slice(1, 3)).toEqual([
      expect.stringMatching(/^\[hero\]: a character reference\. Keep this character's looks/),
      '<hero>',
    ])
    story.refer(reference('oil', 'oil', 'style'), reference('sky'))
    expect(contents(plan(story))[0]).toEqual([
      'user',
      '3 images come with this message. In order: image 1 is hero, image 2 is oil, image 3 is sky.',
      expect.stringMatching(/^\[hero\] image 1: a character reference\./),
      '<hero>',
      expect.stringMatching(/^\[oil\] image 2: a style reference\. Take its technique/),
      '<oil>',
      '[sky] image 3',
      '<sky>',
      'the next line',
    ])
  })

  test('keep the numbers of their list when the current version is sent too: it comes last', () => {
    const story = new Story().bring('fox.png').refer(reference('hero'), reference('hut'))
    expect(contents(plan(story, { mentions: [mention('cat.png')] }))[0]).toEqual([
      'user',
      '4 images come with this message. In order: image 1 is hero, image 2 is hut, image 3 is cat.png, image 4 is v1.',
      ...['[hero] image 1', '<hero>', '[hut] image 2', '<hut>', '[cat.png] image 3', '<cat.png>'],
      ...['[v1] image 4: the picture to edit', '<v1.png>'],
      'the next line',
    ])
  })

  test('are not sent when muted, but can be mentioned, with their role', () => {
    const story = new Story().refer(reference('hero'), reference('oil', 'oil', 'style'), reference('sky'))
    story.add({ at: '', type: 'reference-changed', name: 'oil', muted: true })
    expect(files(plan(story).message)).toEqual(['inputs/hero', 'inputs/sky'])
    const oil = { ...mention('oil'), role: 'style' as const }
    expect(contents(plan(story, { mentions: [oil] }))[0]?.slice(6, 8)).toEqual([
      expect.stringMatching(/^\[oil\] image 3: a style reference/),
      '<oil>',
    ])
  })

  test('have the role that the line gives, where it gives one', () => {
    const story = new Story().refer(reference('hero', 'hero', 'character'))
    const one = plan(story, { mentions: [{ ...mention('hero'), role: 'style' as const }] })
    expect(contents(one)[0]).toEqual([
      'user',
      expect.stringMatching(/^\[hero\]: a style reference/),
      '<hero>',
      'the next line',
    ])
  })

  test('that are pictures of the conversation are named in words, with their roles', () => {
    const story = new Story().line('a fox')
    const file = story.session.versions[0]?.file ?? mention('').file
    story.refer({ ...reference('hero', 'hero', 'character'), file })
    expect(contents(plan(story)).at(-1)).toEqual([
      'user',
      expect.stringMatching(/^hero is the picture you made for "a fox": a character reference\. Keep/),
      'the next line',
    ])
  })

  test('are numbered in the order of the message, whatever is in force, mentioned or current', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 5 })
    fc.assert(
      fc.property(
        names,
        names,
        names,
        fc.boolean(),
        fc.boolean(),
        (inList, muted, mentioned, brought, drawn) => {
          const story = new Story()
          if (brought) story.bring('a')
          if (drawn) story.line('a fox')
          story.refer(...inList.map((name) => reference(name)))
          for (const name of muted) story.add({ at: '', type: 'reference-changed', name, muted: true })
          const one = plan(story, { mentions: mentioned.map((name) => mention(name)) })
          const { message } = one
          // What was brought in is image `a` under another name.
          const sent = files(all(one)).map((file) => (file === 'images/v1.png' ? 'inputs/a' : file))
          expect(new Set(sent).size).toBe(sent.length)
          const labels = message.flatMap((part, index) => {
            const before = message[index - 1]
            return part.kind === 'image' && before?.kind === 'text' ? [before.text] : []
          })
          expect(labels).toHaveLength(files(message).length)
          expect(new Set(files(message)).size).toBe(files(message).length)
          if (labels.length < 2) return
          const told = labels.map((label) => /^\[([^\]]+)\] image (\d+)/.exec(label)?.slice(1))
          expect(told.map((one) => Number(one?.[1]))).toEqual(labels.map((_, index) => index + 1))
          const [order] = message
          expect(order?.kind === 'text' ? order.text : '').toContain(
            told.map((one) => `image ${one?.[1]} is ${one?.[0]}`).join(', '),
          )
        },
      ),
    )
  })

  test('in force over three lines, a reference is in each request once, and in the newest message', () => {
    const story = new Story().refer(reference('hero'))
    for (let line = 1; line <= 3; line++) {
      const one = plan(story)
      expect(files(one.message)).toContain('inputs/hero')
      expect(files(all(one)).filter((file) => file === 'inputs/hero')).toHaveLength(1)
      story.line('a line')
    }
  })

  test('a mention of an older line is sent with that line', () => {
    const story = new Story().line('a fox', { mentions: [mention('cat.png')] })
    expect(contents(plan(story))[0]).toEqual(['user', '[cat.png]', '<cat.png>', 'a fox'])
  })

  test('a reference in force is in the newest message, even when an older line has mentioned it', () => {
    const story = new Story()
      .line('a fox', { mentions: [mention('hero.png', 'hero')] })
      .refer(reference('hero'))
    expect(files(plan(story).message)).toEqual(['inputs/hero'])
    expect(files(all(plan(story))).filter((file) => file === 'inputs/hero')).toHaveLength(1)
  })

  test('a version that is in the request is named in words, and not sent again', () => {
    const story = new Story().line('a fox').line('in snow')
    const one = plan(story, {
      mentions: [{ ...mention('v1'), file: story.session.versions[0]?.file ?? mention('').file }],
    })
    expect(contents(one).at(-1)).toEqual(['user', 'v1 is the picture you made for "a fox".', 'the next line'])
  })

  test('a version that is not in the request is sent', () => {
    const story = new Story().line('a fox').goto(0).line('a wolf')
    const [first] = story.session.versions
    const one = plan(story, { mentions: [{ ...mention('v1'), file: first?.file ?? mention('').file }] })
    expect(contents(one).at(-1)).toEqual(['user', '[v1]', '<v1.jpg>', 'the next line'])
  })

  test('two names of one image are one image, and a note gives the second name', () => {
    const story = new Story().refer(reference('hero'))
    expect(contents(plan(story, { mentions: [mention('char.png', 'hero')] })).at(-1)).toEqual([
      'user',
      '[hero]',
      '<hero>',
      'char.png is the image above named [hero].',
      'the next line',
    ])
  })

  test('a file that was brought in and is mentioned again is the version, and a note says so', () => {
    const story = new Story().bring('fox.png')
    expect(contents(plan(story, { mentions: [mention('fox.png')] })).at(-1)).toEqual([
      'user',
      '[v1]',
      '<v1.png>',
      'fox.png is the image above named [v1].',
      'the next line',
    ])
  })

  test('a reference that is named in its line is sent once and needs no note', () => {
    const story = new Story().refer(reference('hero'))
    expect(contents(plan(story, { mentions: [mention('hero')] })).at(-1)).toEqual([
      'user',
      '[hero]',
      '<hero>',
      'the next line',
    ])
  })

  test('a line of the history that names an image of the history says which it is', () => {
    const story = new Story().line('a fox')
    const file = story.session.versions[0]?.file ?? mention('').file
    story.line('twice v1', { mentions: [{ name: 'v1', file, version: 1 }] })
    expect(contents(plan(story))[2]).toEqual(['user', 'v1 is the picture you made for "a fox".', 'twice v1'])
  })
})

describe('an image that was brought in', () => {
  test('is in the message, under its number', () => {
    expect(contents(plan(new Story().bring('fox.png')))).toEqual([
      ['user', '[v1]', '<v1.png>', 'the next line'],
    ])
  })

  test('starts a conversation of its own', () => {
    const story = new Story().line('a wolf').bring('fox.png').line('in snow')
    expect(JSON.stringify(plan(story))).not.toContain('wolf')
    expect(files(all(plan(story)))).toEqual(['images/v3.jpg'])
  })

  test('counts towards what a line may carry, and an image of the model does not', () => {
    const refs = [reference('a'), reference('b'), reference('c')]
    const brought = new Story().bring('fox.png').refer(...refs)
    expect(messageImages(brought.session, brought.prompt('x'))).toBe(4)
    expect(messageImages(brought.session, brought.prompt('x', { mentions: [mention('fox.png')] }))).toBe(4)
    expect(messageImages(brought.session, brought.prompt('x', { fresh: true }))).toBe(3)
    const made = new Story().line('a fox').refer(...refs)
    expect(messageImages(made.session, made.prompt('x'))).toBe(3)
    expect(messageImages(made.session, made.prompt('x', { engine: 'vertex' }))).toBe(4)
  })
})

describe('a new image with --fresh', () => {
  test('is sent nothing of what came before, but has the references', () => {
    const story = new Story().line('a fox').line('in snow').refer(reference('hero'))
    expect(contents(plan(story, { fresh: true }))).toEqual([['user', '[hero]', '<hero>', 'the next line']])
  })

  test('starts a conversation of its own', () => {
    const story = new Story().line('a wolf').line('a fox', { fresh: true })
    expect(JSON.stringify(plan(story))).not.toContain('wolf')
  })
})

describe('an answer of several images', () => {
  const three = () => new Story().line('three foxes', {}, { images: 3 })

  test('is sent back with the one that the path goes on from', () => {
    expect(contents(plan(three()))[1]).toEqual([
      'model',
      'Here it is.~signature t1-0',
      '<v3.jpg>~signature t1-3',
    ])
    expect(contents(plan(three().goto(1)))[1]).toEqual([
      'model',
      'Here it is.~signature t1-0',
      '<v1.jpg>~signature t1-1',
    ])
  })
})

describe('signatures', () => {
  test('of another model are replaced by the stand-in, where one is needed', () => {
    const story = new Story().line('a fox', {}, { images: 2 })
    expect(contents(plan(story, { settings: PRO }))[1]).toEqual([
      'model',
      'Here it is.~bypass',
      '<v2.jpg>~bypass',
    ])
  })

  test('that were never given are replaced by the stand-in on the first part and on images', () => {
    const story = new Story().line('a fox', { settings: NB1 }, { signatures: [null, null] })
    expect(contents(plan(story))[1]).toEqual(['model', 'Here it is.~bypass', '<v1.jpg>~bypass'])
    const late = new Story().line('a fox', {}, { signatures: [null] })
    expect(contents(plan(late))[1]).toEqual(['model', 'Here it is.~bypass', '<v1.jpg>~signature t1-1'])
  })

  test('are not sent to a model that has none', () => {
    expect(contents(plan(new Story().line('a fox'), { settings: NB1 }))[1]).toEqual([
      'model',
      'Here it is.',
      '<v1.jpg>',
    ])
  })

  test('never go to another engine: it gets the current image in a fresh chat', () => {
    expect(contents(plan(new Story().line('a fox').line('in snow'), { engine: 'vertex' }))).toEqual([
      [
        'user',
        'Earlier in this conversation I asked, in this order:\n- a fox\n- in snow',
        '[v2]',
        '<v2.jpg>',
        'the next line',
      ],
    ])
  })

  test('on empty words are sent back too', () => {
    const story = new Story().line('a fox')
    const [words, image] = story.answers.get('t1')?.parts ?? []
    if (!words || !image) throw new Error('no answer')
    const signed = { kind: 'text', text: '', signature: { value: 'last' } } as const
    story.answers.set('t1', {
      turn: 't1',
      engine: 'gemini',
      model: story.session.settings.model,
      parts: [words, image, signed],
    })
    expect(contents(plan(story))[1]).toEqual([
      'model',
      'Here it is.~signature t1-0',
      '<v1.jpg>~signature t1-1',
      '~last',
    ])
    expect(contents(plan(story, { settings: PRO }))[1]).toEqual([
      'model',
      'Here it is.~bypass',
      '<v1.jpg>~bypass',
    ])
  })

  test('that the server refused are left out first, and then the whole conversation', () => {
    const story = new Story().line('a fox')
    expect(contents(plan(story, {}, WINDOW, 'bypass'))[1]).toEqual([
      'model',
      'Here it is.~bypass',
      '<v1.jpg>~bypass',
    ])
    expect(contents(plan(story, {}, WINDOW, 'fresh-chat'))).toEqual([
      [
        'user',
        'Earlier in this conversation I asked, in this order:\n- a fox',
        '[v1]',
        '<v1.jpg>',
        'the next line',
      ],
    ])
  })
})

describe('whatever was said before', () => {
  test('the fiftieth line sends no more than the fifth', () => {
    const settings = fc.record({
      images: fc.integer({ min: 1, max: 3 }),
      bytes: fc.integer({ min: 1000, max: 3_000_000 }),
      references: fc.nat(4),
    })
    fc.assert(
      fc.property(settings, fc.integer({ min: 6, max: 50 }), ({ images, bytes, references }, length) => {
        const story = new Story().refer(...Array.from({ length: references }, (_, n) => reference(`${n}`)))
        const size = () => planSize(plan(story))
        for (let n = 1; n < 5; n++) story.line('one more', {}, { images, bytes })
        const fifth = size()
        for (let n = 5; n < length; n++) story.line('one more', {}, { images, bytes })
        // Signatures are named after their turns here, and the older prompts take 2,000 characters.
        expect(size()).toBeLessThanOrEqual(fifth + 2000 + 8)
      }),
      { numRuns: 40 },
    )
  })

  const name = fc.constantFrom('a.png', 'b.png', 'c.png', 'd.png')
  const step: fc.Arbitrary<(story: Story) => unknown> = fc.oneof(
    fc.nat(3).map((images) => (story: Story) => story.line('line', {}, { images })),
    name.map((one) => (story: Story) => story.line('line', { mentions: [mention(one)] })),
    name.map((one) => (story: Story) => story.bring(one)),
    name.map((one) => (story: Story) => story.refer(reference(one.replace('.png', ''), one))),
    fc.nat(5).map((version) => (story: Story) => story.goto(version)),
    fc.constantFrom(PRO, NB1).map((settings) => (story: Story) => story.line('line', { settings })),
    fc.constant((story: Story) => story.line('line', { engine: 'vertex' })),
    fc.constant((story: Story) => story.line('line', { fresh: true })),
  )

  test('user and model take turns, no image is there twice, the current one is there, and the prompt is last', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 10 }), fc.array(name, { maxLength: 2 }), (steps, names) => {
        const story = new Story()
        for (const one of steps) one(story)
        const { session } = story
        const prompt = story.prompt('the next line', { mentions: names.map((one) => mention(one)) })
        const one = planOf(session, prompt, story.answers)
        expect(one.history.map(({ role }) => role)).toEqual(
          one.history.map((_, n) => (n % 2 === 0 ? 'user' : 'model')),
        )
        for (const { parts } of one.history) expect(parts).not.toEqual([])
        expect(one.message.at(-1)).toEqual({ kind: 'text', text: 'the next line' })
        const contentOf = new Map([
          ...session.versions.map(({ file }) => [file.file, file.sha256] as const),
          ...session.references.map(({ file }) => [file.file, file.sha256] as const),
          ...session.turns.flatMap(({ mentions }) =>
            mentions.map(({ file }) => [file.file, file.sha256] as const),
          ),
          ...prompt.mentions.map(({ file }) => [file.file, file.sha256] as const),
        ])
        const sent = files(all(one)).map((file) => contentOf.get(file))
        expect(new Set(sent).size).toBe(sent.length)
        for (const { file } of session.references) expect(sent).toContain(file.sha256)
        for (const { file } of prompt.mentions) expect(sent).toContain(file.sha256)
        expect(files(one.message).length).toBeLessThanOrEqual(messageImages(session, prompt))
      }),
      { numRuns: 400 },
    )
  })
})

describe('an image that a tool made', () => {
  const signed = ['model', 'Here it is.~signature t2-0', '<v2.jpg>~signature t2-1']

  test('is sent as the picture to edit, with words for what was done; the turns are sent as before', () => {
    const story = new Story().line('a fox').line('at night').derive(['mirrored'])
    expect(contents(plan(story))).toEqual([
      ['user', 'a fox'],
      ['model', 'Here it is.~signature t1-0', '<v1.jpg>~signature t1-1'],
      ['user', 'at night'],
      signed,
      [
        'user',
        '[v3]: the picture to edit: v2, mirrored. v2 is the picture you made for "at night".',
        '<v3.png>',
        'the next line',
      ],
    ])
  })

  test('comes after references, with a number of its own', () => {
    const story = new Story().line('a fox').derive(['mirrored']).refer(reference('hero'))
    expect(plan(story).message.map(short)).toEqual([
      '2 images come with this message. In order: image 1 is hero, image 2 is v2.',
      '[hero] image 1',
      '<hero>',
      '[v2] image 2: the picture to edit: v1, mirrored. v1 is the picture you made for "a fox".',
      '<v2.png>',
      'the next line',
    ])
  })

  test('says only what was done, where the request does not contain the original', () => {
    const story = new Story().bring('sea.png').derive(['mirrored']).derive(['turned 90° clockwise'])
    expect(contents(plan(story))).toEqual([
      [
        'user',
        '[v3]: the picture to edit: v1, mirrored, then turned 90° clockwise',
        '<v3.png>',
        'the next line',
      ],
    ])
  })

  test('is part of one conversation with the edit that was made from it', () => {
    const story = new Story().line('a fox').derive(['mirrored']).line('at night')
    expect(contents(plan(story))).toEqual([
      ['user', 'a fox'],
      ['model', 'Here it is.~signature t1-0', '<v1.jpg>~signature t1-1'],
      ['user', 'at night'],
      ['model', 'Here it is.~signature t2-0', '<v3.jpg>~signature t2-1'],
      ['user', 'the next line'],
    ])
  })

  const sentAs = (width: number, height: number, settings = story4K) => {
    const story = new Story().line('a fox').derive(['mirrored'], { file: { width, height } })
    return plan(story, { settings }).message.find(({ kind }) => kind === 'image')
  }
  const story4K = { ...PRO }

  test('is sent in its own size, scaled down only to the largest that the model makes', () => {
    expect(sentAs(4096, 4096)).toMatchObject({ copy: 'as-it-is' })
    expect(sentAs(6336, 2688)).toMatchObject({ copy: 'as-it-is' })
    expect(sentAs(9000, 6666)).toMatchObject({ copy: 4759 })
    expect(sentAs(1024, 1024, NB1)).toMatchObject({ copy: 'as-it-is' })
    expect(sentAs(2048, 2048, NB1)).toMatchObject({ copy: 1024 })
  })

  test('is sent alone to another engine, counts as an image of the line, and is never sent by name', () => {
    const story = new Story().line('a fox').derive(['mirrored'])
    const other = plan(story, { engine: 'vertex' })
    expect(contents(other).at(-1)?.slice(-3)).toEqual([
      '[v2]: the picture to edit: v1, mirrored',
      '<v2.png>',
      'the next line',
    ])
    expect(messageImages(story.session, story.prompt(''))).toBe(1)
    expect(plan(story).message.find(({ kind }) => kind === 'image')).not.toHaveProperty('uses')
  })
})
