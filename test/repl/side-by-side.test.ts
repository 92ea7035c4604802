import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { labelFor } from '../../src/core/session/label.ts'
import { headTurn } from '../../src/core/session/tree.ts'
import { queueLines } from '../../src/ui/status.ts'
import { draw, drawn, ended, ready, startRepl, type TestRepl } from './drive.ts'

/** Lets this many calls through, and waits until nothing runs. */
async function come(one: TestRepl, calls: number): Promise<void> {
  for (let call = 0; call < calls; call++) await one.wire.open()
  await one.until(ready)
}

const sheets = ({ printed }: TestRepl) =>
  printed.flatMap((item) =>
    item.kind === 'notice' && item.notice.type === 'sheet' ? [item.notice.versions] : [],
  )

describe('a line with -n', () => {
  test('makes that many images side by side, of one prompt and one parent', async () => {
    const one = await startRepl()
    await draw(one, 'a red fox')
    await one.type('make it night -n 3')
    await one.until(({ lane }) => lane.kind === 'turn' && lane.of === 3)
    await come(one, 3)
    const [, ...turns] = one.session.turns
    expect(turns.map(({ text, parent }) => [text, parent.version])).toEqual([
      ['make it night', 1],
      ['make it night', 1],
      ['make it night', 1],
    ])
    expect(new Set(turns.map(({ group }) => group)).size).toBe(1)
    expect(sheets(one)).toEqual([[2, 3, 4]])
  })

  test('counts a seed up, so that no image is billed twice', async () => {
    const one = await startRepl()
    await one.type('a red fox -n 3 --seed 7')
    await come(one, 3)
    expect(one.session.turns.map(({ settings }) => settings.seed)).toEqual([7, 8, 9])
  })

  test('keeps the parent as the base until one is chosen by its name', async () => {
    const one = await startRepl()
    await draw(one, 'a red fox')
    await one.type('make it night -n 2')
    await come(one, 2)
    expect(one.session.head.version).toBe(1)
    expect(labelFor(one.session, '')).toBe('v1 (new: v2 v3)')
    expect(one.words.at(-1)).toBe(
      'To choose one of them, press Alt-1 to Alt-2, or type its name alone on a line.',
    )
    await one.type('v3')
    await one.until(ready)
    expect(labelFor(one.session, '')).toBe('v3')
    await draw(one, 'with snow')
    expect(one.session.turns.at(-1)?.parent.version).toBe(3)
  })

  test('that names its base keeps that one as the base', async () => {
    const one = await startRepl()
    await draw(one, 'a red fox')
    await draw(one, 'make it night')
    await one.type('v1 with snow -n 2')
    await come(one, 2)
    expect(labelFor(one.session, '')).toBe('v1 (new: v3 v4)')
    await one.type('/undo')
    await one.until(ready)
    expect(one.session.head.version).toBeNull()
  })

  test('asks once where the next line continues from, if nothing was chosen', async () => {
    const one = await startRepl()
    await draw(one, 'a red fox')
    await one.type('make it night -n 2')
    await come(one, 2)
    void one.type('with snow')
    await one.until(({ question }) => question?.kind === 'choice')
    one.repl.answer('v2')
    await one.wire.open()
    await one.until(drawn(4))
    expect(one.session.turns.at(-1)?.parent.version).toBe(2)
    await draw(one, 'with a moon')
    expect(one.session.turns.at(-1)?.parent.version).toBe(4)
  })

  test('is given back unsent if the question is cancelled, or another line is typed instead of an answer', async () => {
    const one = await startRepl()
    await draw(one, 'a red fox')
    await one.type('make it night -n 2')
    await come(one, 2)
    void one.type('with snow')
    await one.until(({ question }) => question?.kind === 'choice')
    one.repl.answer('')
    await one.until(({ offer }) => offer?.line === 'with snow')
    void one.type('with snow')
    await one.until(({ question }) => question?.kind === 'choice')
    await one.type('/help')
    await one.repl.settled()
    expect(one.words).toContain('Not sent: another line was typed instead of an answer. Up: bring it back')
    expect(one.session.turns.length).toBe(3)
    expect(labelFor(one.session, '')).toBe('v1 (new: v2 v3)')
  })

  test('that was queued stays queued if the user does not choose', async () => {
    const one = await startRepl()
    await draw(one, 'a red fox')
    await one.type('make it night -n 2')
    await one.type('with snow')
    expect(queueLines(one.screen)).toEqual([{ text: 'with snow', base: 'v1' }])
    await one.wire.open()
    await one.wire.open()
    await one.until(({ question }) => question?.kind === 'choice')
    one.repl.answer('')
    await one.until(({ held }) => held)
    expect(one.session.waiting.map(({ line }) => line)).toEqual(['with snow'])
    expect(one.session.turns.length).toBe(3)
    void one.repl.runHeld()
    await one.until(({ question }) => question?.kind === 'choice')
    one.repl.answer('v3')
    await one.wire.open()
    await one.until(drawn(4))
    expect(one.session.turns.at(-1)?.parent.version).toBe(3)
  })

  test('continues from the parent if nobody can be asked, and says so', async () => {
    const one = await startRepl({ asks: false })
    await draw(one, 'a red fox')
    await one.type('make it night -n 2')
    await come(one, 2)
    expect(one.words.at(-1)).toBe('To choose one of them, type its name, alone or in front of a line.')
    await draw(one, 'with snow')
    expect(one.session.turns.at(-1)?.parent.version).toBe(1)
    expect(one.words).toContain(
      'Continues from v1, since none of v2 v3 was chosen. To continue from v2, begin the line with it.',
    )
  })

  test('has at most four turns running at once', async () => {
    const one = await startRepl({ values: { askAbove: 'off' } })
    await one.type('a red fox -n 6')
    await one.until(({ session }) => session.turns.length === 4)
    await one.wire.open()
    await one.until(({ session }) => session.versions.length === 1)
    expect(one.session.turns.filter(({ outcome }) => outcome.kind === 'open').length).toBeLessThanOrEqual(4)
    await come(one, 5)
    expect(one.session.versions.length).toBe(6)
  })

  test('stands when some fail, and says how many', async () => {
    const one = await startRepl({ faults: 'safety' })
    await one.type('a red fox -n 3')
    await come(one, 3)
    expect(one.session.versions.length).toBe(2)
    expect(one.words).toContain('1 of 3 made no image; the others stand.')
    expect(one.screen.offer).toBeNull()
  })

  test('is offered again when all fail', async () => {
    const one = await startRepl({ faults: '400-key:2' })
    await one.type('a red fox -n 2')
    await come(one, 2)
    expect(one.screen.offer?.line).toBe('a red fox -n 2')
  })

  test('moves all its running turns to the background with Esc, and sends no more', async () => {
    const one = await startRepl({ values: { askAbove: 'off' } })
    await one.type('a red fox -n 6')
    await one.until(({ session }) => session.turns.length === 4)
    await one.repl.letGo()
    expect(one.session.turns.map(({ letGo }) => letGo)).toEqual([true, true, true, true])
    expect(one.screen.behind).toBe(4)
    await one.wire.open()
    await one.until(({ behind }) => behind === 3)
    await come(one, 3)
    expect(one.session.versions.length).toBe(4)
    expect(one.session.head).toEqual({ turn: null, version: null })
    expect(one.session.choice?.versions ?? []).toEqual([])
    expect(one.words).toContain('2 of 6 were not sent.')
  })

  test.each([
    ['a fox -n four', /whole number of images, 1 to 16, not "four"/],
    ['a fox -n', /-n needs a value/],
    ['a fox -n 0', /whole number of images, 1 to 16, not "0"/],
    ['a fox -n 17', /1 to 16/],
    ['a {red|blue|green} fox -n 6', /18 images, and one line makes at most 16/],
    [`a fox ${'{in|on} '.repeat(40)}`, /1000 or more images/],
    ['a fox {@nothing.txt}', /no file "nothing.txt"/],
  ])('%s is not sent, and the line is given back', async (line, sentence) => {
    const one = await startRepl()
    await one.type(line)
    expect(one.words.at(-1)).toMatch(sentence)
    expect(one.session.turns).toEqual([])
    expect(one.screen.offer?.line).toBe(line)
  })
})

describe('the numbers of a line', () => {
  test('follow the order in which its images were requested, whichever comes first', async () => {
    const one = await startRepl()
    await one.type('a {red|blue|grey} fox')
    await one.until(({ session }) => session.turns.length === 3)
    for (let call = 0; call < 2; call++) await one.wire.openLast()
    await one.wire.open()
    await one.until(ready)
    const named = one.session.turns.map(({ text, outcome }) => [
      text,
      outcome.kind === 'answered' ? outcome.versions : [],
    ])
    expect(named).toEqual([
      ['a red fox', [1]],
      ['a blue fox', [2]],
      ['a grey fox', [3]],
    ])
    expect(one.session.choice?.versions).toEqual([1, 2, 3])
    expect(one.journal().flatMap((fact) => (fact.type === 'prompted' ? [fact.reserved] : []))).toEqual([
      1, 2, 3,
    ])
  })

  test('stay with an image that came in the background', async () => {
    const one = await startRepl()
    await one.type('a red fox')
    await one.wire.arrived()
    await one.repl.letGo()
    await one.type('a blue fox --fresh')
    await one.until(({ session }) => session.turns.length === 2)
    await one.wire.openLast()
    await one.until(({ session }) => session.versions.length === 1)
    expect(one.session.turns[1]?.outcome).toMatchObject({ versions: [2] })
    await one.wire.open()
    await one.until(({ session }) => session.versions.length === 2)
    expect(one.session.turns[0]?.outcome).toMatchObject({ versions: [1] })
  })

  test('of a failure are free again, unless a later one is in use', async () => {
    const one = await startRepl({ faults: '403' })
    await one.type('a red fox')
    await come(one, 1)
    await one.type('a blue fox')
    await come(one, 1)
    expect(one.session.turns[1]?.outcome).toMatchObject({ versions: [1] })
  })
})

describe('a line with braces', () => {
  test('says what all of it costs before it is sent', async () => {
    const one = await startRepl()
    await one.type('a {red|blue} fox')
    await come(one, 2)
    const told = one.printed.findIndex(
      ({ kind, ...item }) => kind === 'notice' && JSON.stringify(item).includes('for 2 images.'),
    )
    const sent = one.printed.findIndex((item) => item.kind === 'fact' && item.fact.type === 'prompted')
    expect(told).toBeGreaterThan(-1)
    expect(told).toBeLessThan(sent)
  })

  test('makes an image of each choice, and of each combination', async () => {
    const one = await startRepl()
    await one.type('a {red|blue} fox, {standing|running}')
    await come(one, 4)
    expect(one.session.turns.map(({ text }) => text)).toEqual([
      'a red fox, standing',
      'a red fox, running',
      'a blue fox, standing',
      'a blue fox, running',
    ])
  })

  test('takes its choices from the lines of a file', async () => {
    const one = await startRepl()
    await writeFile(join(one.place.folder, 'poses.txt'), 'standing\n\nrunning | fast\n')
    await one.type('a fox {@poses.txt}')
    await come(one, 2)
    expect(one.session.turns.map(({ text }) => text)).toEqual(['a fox standing', 'a fox running   fast'])
  })

  test('is queued with its choices as they were when Enter was pressed', async () => {
    const one = await startRepl()
    const list = join(one.place.folder, 'poses.txt')
    await writeFile(list, 'standing\nrunning')
    await one.type('a fox')
    await one.type('{@poses.txt}')
    await writeFile(list, 'sitting')
    await one.wire.open()
    await one.until(({ session }) => session.turns.length === 3)
    await come(one, 2)
    expect(one.session.turns.slice(1).map(({ text }) => text)).toEqual(['standing', 'running'])
  })
})

describe('the last line again', () => {
  test('/retry -n 2 --model pro makes siblings of it with another model', async () => {
    const one = await startRepl({ values: { askAbove: 'off' } })
    await draw(one, 'a red fox')
    await draw(one, 'make it night')
    await one.type('/retry -n 2 --model pro')
    await come(one, 2)
    const siblings = one.session.turns.slice(2)
    expect(siblings.map(({ text, parent, settings }) => [text, parent.version, settings.model])).toEqual([
      ['make it night', 1, 'gemini-3-pro-image'],
      ['make it night', 1, 'gemini-3-pro-image'],
    ])
    expect(one.session.head.version).toBe(2)
    expect(one.session.settings.model).not.toBe('gemini-3-pro-image')
  })

  test('/retry keeps the settings and style that its line named, unless it names others', async () => {
    const one = await startRepl({ values: { askAbove: 'off' } })
    await draw(one, 'a red fox --ar 16:9 --size 2K --style ink --no people')
    await one.type('/retry --size 512')
    await come(one, 1)
    await one.type('/retry')
    await come(one, 1)
    const [first, ...again] = one.session.turns
    expect(first?.style).toBe('ink')
    for (const turn of again) {
      expect(turn).toMatchObject({ text: first?.text, sent: first?.sent, style: 'ink' })
      expect(turn.settings).toMatchObject({ aspect: '16:9', size: '512' })
    }
  })

  test('/retry means the line whose images the user has not chosen from', async () => {
    const one = await startRepl()
    await draw(one, 'a red fox')
    await one.type('make it night -n 2')
    await come(one, 2)
    await one.type('/retry -n 2')
    await come(one, 2)
    expect(one.session.turns.slice(3).map(({ text, parent }) => [text, parent.version])).toEqual([
      ['make it night', 1],
      ['make it night', 1],
    ])
  })

  test('/retry of a line with braces sends all of it again, from the same place and priced first', async () => {
    const one = await startRepl()
    await draw(one, 'a fox')
    await one.type('make it {dawn|noon} --ar 16:9')
    await come(one, 2)
    await one.type('/retry --size 512')
    await come(one, 2)
    const again = one.session.turns.slice(3)
    expect(again.map(({ text, parent, settings }) => [text, parent.version, settings])).toEqual([
      ['make it dawn', 1, expect.objectContaining({ aspect: '16:9', size: '512' })],
      ['make it noon', 1, expect.objectContaining({ aspect: '16:9', size: '512' })],
    ])
    expect(one.words.filter((words) => words.includes('for 2 images.'))).toHaveLength(2)
    expect(labelFor(one.session, '')).toBe('v1 (new: v4 v5)')
  })

  test('/retry of one that was chosen from a line with braces sends that one', async () => {
    const one = await startRepl()
    await one.type('a {red|blue} fox')
    await come(one, 2)
    await one.type('v1')
    await one.until(ready)
    const chosen = headTurn(one.session)?.text
    expect(chosen).toMatch(/^a (?:red|blue) fox$/)
    await one.type('/retry -n 2')
    await come(one, 2)
    await one.type('/retry')
    await come(one, 2)
    expect(one.session.turns.slice(2).map(({ text }) => text)).toEqual(Array(4).fill(chosen))
  })

  test('/retry makes as many images as the line that the user has not chosen from', async () => {
    const one = await startRepl()
    await one.type('a red fox -n 3')
    await come(one, 3)
    await one.type('/retry')
    await come(one, 3)
    await one.type('/retry -n 1')
    await come(one, 1)
    expect(one.session.turns).toHaveLength(7)
    await one.type('v7')
    await one.type('/vary 2')
    await come(one, 2)
    await one.type('/retry')
    await come(one, 2)
    expect(one.session.turns).toHaveLength(11)
  })

  test('/retry sends the only line again also after /undo', async () => {
    const one = await startRepl()
    await draw(one, 'a red fox')
    await one.type('/undo')
    await one.until(ready)
    await one.type('/retry')
    await come(one, 1)
    expect(one.session.turns.map(({ text }) => text)).toEqual(['a red fox', 'a red fox'])
  })

  test('/try pro is its short form', async () => {
    const one = await startRepl()
    await draw(one, 'a red fox')
    await one.type('/try pro')
    await come(one, 1)
    expect(one.session.turns.at(-1)).toMatchObject({
      text: 'a red fox',
      settings: { model: 'gemini-3-pro-image' },
    })
  })

  test('/try pro sends one image of a line that made several, since one is enough to compare', async () => {
    const one = await startRepl()
    await one.type('a red fox -n 2')
    await come(one, 2)
    await one.type('/try pro')
    await come(one, 1)
    expect(one.session.turns).toHaveLength(3)
  })

  test('/retry with words and flags sends the words', async () => {
    const one = await startRepl()
    await draw(one, 'a red fox')
    await one.type('/retry a blue fox -n 2')
    await come(one, 2)
    expect(one.session.turns.slice(1).map(({ text }) => text)).toEqual(['a blue fox', 'a blue fox'])
  })

  test('/vary makes small changes of the current image, to choose from', async () => {
    const one = await startRepl()
    await draw(one, 'a red fox')
    await one.type('/vary 2')
    await come(one, 2)
    expect(one.session.turns.slice(1).map(({ text, parent }) => [text.slice(0, 31), parent.version])).toEqual(
      [
        ['Make a variation of this image.', 1],
        ['Make a variation of this image.', 1],
      ],
    )
    expect(one.session.choice?.versions).toEqual([2, 3])
  })
})

describe('a choice that was made', () => {
  test('is taken back by /undo, and made again by /redo', async () => {
    const one = await startRepl()
    await draw(one, 'a red fox')
    await one.type('make it night -n 2')
    await come(one, 2)
    await one.type('v3')
    await draw(one, 'with snow')
    await one.type('/undo 2')
    await one.until(ready)
    expect(labelFor(one.session, '')).toBe('v1 (new: v2 v3)')
    expect(sheets(one)).toEqual([
      [2, 3],
      [2, 3],
    ])
    expect(one.words.at(-1)).toBe('choose from v2 v3 again; model, size, references unchanged')
    await one.type('/redo')
    await one.until(ready)
    expect(labelFor(one.session, '')).toBe('v4')
  })

  test('is open again after an /undo that went further, step by step', async () => {
    const one = await startRepl()
    await draw(one, 'a red fox')
    await one.type('make it night -n 2')
    await come(one, 2)
    await one.type('v3')
    const labels: string[] = []
    for (const line of ['/undo', '/undo', '/redo', '/redo', '/undo 2', '/redo']) {
      await one.type(line)
      await one.until(ready)
      labels.push(labelFor(one.session, ''))
    }
    expect(labels).toEqual(['v1 (new: v2 v3)', 'v0', 'v1 (new: v2 v3)', 'v3', 'v0', 'v3'])
  })

  test('is what /retry means once it was taken back', async () => {
    const one = await startRepl()
    await one.type('a {red|blue} fox')
    await come(one, 2)
    await one.type('v2')
    await draw(one, 'with snow')
    await one.type('/undo 2')
    await one.until(ready)
    await one.type('/retry')
    await come(one, 2)
    expect(one.session.turns.slice(3).map(({ text }) => text)).toEqual(['a red fox', 'a blue fox'])
  })

  test('of a line of which one image failed has the others', async () => {
    const one = await startRepl({ faults: 'safety' })
    await one.type('a red fox -n 3')
    await come(one, 3)
    await one.type('v2')
    await one.until(ready)
    await one.type('/undo')
    await one.until(ready)
    expect(labelFor(one.session, '')).toBe('v0 (new: v2 v3)')
  })
})

test('the choice is there again after limn was opened again', async () => {
  const one = await startRepl()
  await one.type('a red fox -n 2')
  await come(one, 2)
  const { id } = one.session
  await one.repl.close()
  const again = await startRepl({ home: one.place.home, target: { kind: 'session', id } })
  expect(again.session.choice?.versions).toEqual([1, 2])
})

test('the screen knows how many turns of a line have ended', async () => {
  const one = await startRepl()
  await one.type('a red fox -n 2')
  await one.wire.open()
  await one.until(({ lane }) => lane.kind === 'turn' && lane.done === 1)
  await come(one, 1)
  await one.until(ended(2))
})
