import { describe, expect, test } from 'vitest'
import type { Question } from '../../../src/core/event.ts'
import { LAYERS } from '../../../src/ui/layers/key-layers.ts'
import type { Layer } from '../../../src/ui/layers/layer.ts'
import { ctrl, SENDS } from '../line/press.ts'
import { choiceSession, Hands, screenOf, turnLane, waitingSession } from './hands.ts'

const { up, down, enter, tab, shiftTab, backspace } = SENDS
const esc = '\x1b'
const alt = (number: number) => `\x1b${number}`
const pasted = (text: string) => `\x1b[200~${text}\x1b[201~`
const YES_NO: Question = { kind: 'yes-no', text: 'Really?', default: false }
const CHOICE: Question = {
  kind: 'choice',
  text: 'From where?',
  choices: ['v1', 'v2', 'v3'].map((value) => ({ value, label: value })),
  default: '',
}
const SECRET: Question = { kind: 'secret', text: 'Your API key' }
const MENU = {
  start: 0,
  candidates: ['/undo', '/unmute'].map((name) => ({ name, summary: name, insert: name })),
}

describe('the order of the layers', () => {
  /** Everything at once: a menu, an offered line or none, a turn, and held lines. */
  const busy = () =>
    new Hands({ screen: screenOf({ lane: turnLane(), held: true, session: waitingSession('warmer') }) })

  test('Esc closes the menu, then moves the turn to the background, then drops the held lines', () => {
    const hands = busy().types('/un').finds(MENU)
    expect(hands.says('Esc')).toBe('close the menu')
    expect(hands.types(esc)).toMatchObject({ text: '/un', asked: [] })
    expect(hands.says('Esc')).toBe('run it in the background')
    expect(hands.types(esc)).toMatchObject({ text: '/un', asked: [{ kind: 'let-go' }] })
    hands.shows({ screen: screenOf({ held: true, session: waitingSession('warmer') }) })
    expect(hands.types(esc)).toMatchObject({ text: '', asked: [{ kind: 'let-go' }] })
    expect(hands.types(esc).asked).toEqual([{ kind: 'let-go' }, { kind: 'drop-held' }])
  })

  test('Esc clears an offered line before it moves a turn to the background', () => {
    const hands = new Hands().shows({
      screen: screenOf({ lane: turnLane(), offer: { line: 'make it blue' } }),
    })
    expect(hands.text).toBe('make it blue')
    expect(hands.types(esc)).toMatchObject({ text: '', asked: [] })
    expect(hands.types(esc).asked).toEqual([{ kind: 'let-go' }])
  })

  test('Ctrl-C clears the line, then moves the turn to the background, then quits on the second press', () => {
    const hands = busy().types(`warmer${ctrl('c')}`)
    expect(hands).toMatchObject({ text: '', asked: [] })
    expect(hands.types(ctrl('c')).asked).toEqual([{ kind: 'let-go' }])
    hands.shows({ screen: screenOf() }).types(ctrl('c'))
    expect(hands.asked).toHaveLength(1)
    expect(hands.types(ctrl('c')).asked.at(-1)).toEqual({ kind: 'quit' })
  })

  test('any other key in between cancels the first Ctrl-C, even one that does nothing', () => {
    for (const key of ['x', up, '\x1b[15~', pasted('x'), '?']) {
      expect(new Hands().types(`${ctrl('c')}${key}${ctrl('c')}`).asked, JSON.stringify(key)).toEqual([])
    }
  })

  test('Up and undo bring back a cleared line', () => {
    expect(new Hands().types(`a fox${esc}${up}`).text).toBe('a fox')
    expect(new Hands().types(`a fox${ctrl('c')}${ctrl('_')}`).text).toBe('a fox')
  })

  test('Ctrl-D deletes in a line, and quits on an empty one', () => {
    expect(new Hands().types(`ab${SENDS.left}${ctrl('d')}`)).toMatchObject({ text: 'a', asked: [] })
    expect(new Hands().types(ctrl('d')).asked).toEqual([{ kind: 'quit' }])
  })

  test('Alt and a number choose an image, while there are images to choose from', () => {
    const hands = new Hands({ screen: screenOf({ session: choiceSession() }) }).types(`half a line${alt(2)}`)
    expect(hands).toMatchObject({ sent: ['v2'], text: 'half a line' })
    expect(hands.types(alt(4)).sent).toEqual(['v2'])
    expect(new Hands().types(alt(1)).asked).toEqual([])
  })

  test('Enter on an empty prompt runs the held lines', () => {
    const held = new Hands({ screen: screenOf({ held: true, session: waitingSession('warmer') }) })
    expect(held.says('Enter')).toBe('run the held lines')
    expect(held.types(enter).sent).toEqual([''])
    expect(held.types('x').says('Enter')).toBe('send the line')
    expect(held.types(enter).sent).toEqual(['', 'x'])
  })
})

describe('a question', () => {
  const asked = (question: Question) => new Hands({ screen: screenOf({ question }) })

  test('is answered with arrows and Enter in one chunk', () => {
    expect(asked(YES_NO).types(enter).asked).toEqual([{ kind: 'answer', answer: false }])
    expect(asked(YES_NO).types(up + enter).asked).toEqual([{ kind: 'answer', answer: true }])
    expect(asked(CHOICE).types(down + down + enter).asked).toEqual([{ kind: 'answer', answer: 'v3' }])
    expect(asked(CHOICE).types(tab + tab + shiftTab + enter).asked).toEqual([
      { kind: 'answer', answer: 'v2' },
    ])
    expect(asked(CHOICE).types(esc).asked).toEqual([{ kind: 'answer', answer: '' }])
  })

  test('is answered once, however many times Enter comes before the screen has changed', () => {
    const hands = asked(YES_NO).types(enter + enter)
    expect(hands.asked).toEqual([{ kind: 'answer', answer: false }])
    hands.shows({ screen: screenOf({ question: CHOICE }) })
    expect(hands.types(enter).asked.at(-1)).toEqual({ kind: 'answer', answer: 'v1' })
  })

  test('takes no key of a line that is being typed', () => {
    const hands = asked(YES_NO).types(`no, warmer${enter}`)
    expect(hands.asked).toEqual([{ kind: 'submit', line: 'no, warmer' }])
  })

  test('delays an offered line until it is answered, so that its Enter does not send that line', () => {
    const hands = new Hands({ screen: screenOf({ question: YES_NO, offer: { line: 'make it blue' } }) })
    expect(hands.text).toBe('')
    expect(hands.shows({ screen: screenOf({ offer: { line: 'make it blue' } }) }).text).toBe('make it blue')
  })

  test('for a secret takes every key, and none of it gets into the line or the history', () => {
    const hands = asked(SECRET).types(
      `half?${up}${ctrl('t')}${alt(1)}${ctrl('u')}AIza${pasted('-12 3\n')}${backspace}`,
    )
    expect(hands).toMatchObject({ text: '', asked: [] })
    // What follows its Enter in the same chunk is a line.
    hands.types(`${enter}a fox${enter}`)
    expect(hands.asked).toEqual([
      { kind: 'answer', answer: 'AIza-12' },
      { kind: 'submit', line: 'a fox' },
    ])
    expect(hands.state.history).toEqual(['a fox'])
    expect(JSON.stringify(hands.state)).not.toContain('AIza')
  })

  test('for a secret is cancelled by Esc and by Ctrl-C', () => {
    for (const key of [esc, ctrl('c')]) {
      expect(asked(SECRET).types(`AIza${key}`).asked).toEqual([{ kind: 'answer', answer: undefined }])
    }
  })
})

describe('completion', () => {
  test('Tab in one chunk with its word completes it, and uses only completions for this line', () => {
    const hands = new Hands().types(`/un${tab}`)
    expect(hands.lookedUp.at(-1)?.request).toMatchObject({ line: '/un', cursor: 3, keysWait: true })
    expect(hands.finds(MENU).text).toBe('/undo')
    const other = new Hands().types(`/un${tab}`)
    other.types('mute')
    const request = other.lookedUp.findLast((one) => one.request.keysWait)?.request
    expect(request?.found(MENU, null, { ...other.world, ...other.state, keysBelow: () => [] })).toEqual({})
  })

  test('the menu takes arrows, and Enter once an item was selected', () => {
    const hands = new Hands().types('/un').finds(MENU)
    expect(hands.says('Enter')).toBe('send the line')
    expect(hands.types(down).says('Enter')).toBe('accept the marked completion')
    expect(hands.types(enter)).toMatchObject({ text: '/unmute', asked: [] })
    expect(new Hands().types('/un').finds(MENU).types(enter).sent).toEqual(['/un'])
  })

  test('a menu for an older line takes no keys', () => {
    const hands = new Hands().types('/un').finds(MENU).types('d')
    expect(hands.types(down + enter).sent).toEqual(['/und'])
  })

  test('a closed menu stays closed for its line, and opens for the next one', () => {
    const hands = new Hands().types('/un').finds(MENU).types(esc)
    expect(hands.says('↓')).toBe('row down, or newer lines')
    const before = hands.lookedUp.length
    expect(hands.types('d').lookedUp).toHaveLength(before + 1)
    hands.types(`${ctrl('c')}/un`)
    expect(hands.finds(MENU).says('↓')).toBe('next completion')
  })

  test('an offered line gets no completions, which would take its Enter', () => {
    const hands = new Hands().shows({ screen: screenOf({ offer: { line: '@hero waves' } }) })
    expect(hands.lookedUp).toEqual([])
    expect(hands.types(enter).sent).toEqual(['@hero waves'])
  })
})

describe('a line that limn offers', () => {
  test('is put on the prompt once, and only if it is empty', () => {
    const screen = screenOf({ offer: { line: 'make it blue' } })
    expect(new Hands().types('half').shows({ screen }).text).toBe('half')
    const hands = new Hands().shows({ screen }).types(esc)
    expect(hands.shows({ screen: { ...screen, behind: 1 } }).text).toBe('')
    expect(hands.types(up).text).toBe('make it blue')
  })

  test('Ctrl-T proposes a better one, and Esc restores the original', () => {
    const hands = new Hands().types(`a red fox${ctrl('t')}`)
    expect(hands.text).toMatch(/^a red fox.+/s)
    expect(hands.asked).toMatchObject([{ kind: 'perform' }])
    expect(hands.says('Esc')).toBe('restore your own line')
    expect(hands.types(esc).text).toBe('a red fox')
    expect(new Hands().types(ctrl('t')).asked).toEqual([])
  })
})

describe('the history', () => {
  test('has the lines of the opened session, and a line sent in the same chunk', () => {
    const hands = new Hands({ screen: screenOf({ session: waitingSession() }) })
    expect(hands.types(up).text).toBe('a red fox')
    expect(new Hands().types(`abc${enter}${up}!${enter}`).sent).toEqual(['abc', 'abc!'])
  })
})

test('a line with a secret is not in the history, even if it was typed before the commands were loaded', () => {
  const isSecret = (line: string) => line.startsWith('/key ')
  const early = new Hands({ screen: null }).types(`a fox${enter}/key abc${enter}`)
  expect(early.state.history).toEqual(['a fox', '/key abc'])
  expect(early.shows({ screen: screenOf(), isSecret }).state.history).toEqual(['a fox'])
  expect(early.types(`/key abc${enter}/key def${ctrl('c')}`).state.history).toEqual(['a fox'])
})

describe('the key help', () => {
  test('opens on a lone ? on an empty prompt only', () => {
    expect(new Hands().types('?').says('Esc')).toBe('close the help')
    expect(new Hands().types('what?').text).toBe('what?')
    expect(new Hands().types('a').types('?').text).toBe('a?')
    expect(new Hands().types('?!').text).toBe('?!')
    expect(new Hands().types(pasted('?')).text).toBe('?')
  })

  test('is closed by any key, which also does its usual work; Esc, Ctrl-C and ? only close it', () => {
    const closes = (key: string) =>
      new Hands({ screen: screenOf({ lane: turnLane() }) }).types('?').types(key)
    expect(closes('a')).toMatchObject({ text: 'a', asked: [] })
    expect(closes(pasted('a fox'))).toMatchObject({ text: 'a fox', asked: [] })
    for (const key of [esc, ctrl('c'), '?']) expect(closes(key)).toMatchObject({ text: '', asked: [] })
    for (const key of ['a', pasted('x'), esc, ctrl('c'), '?', up, '\x1b[15~']) {
      expect(closes(key).says('Enter'), JSON.stringify(key)).toBe('send the line')
    }
  })

  test('runs /help on Enter, as the line ? does', () => {
    expect(new Hands().types(`?${enter}`).sent).toEqual(['?'])
    const held = new Hands({ screen: screenOf({ held: true, session: waitingSession('warmer') }) })
    expect(held.types(`?${enter}`).sent).toEqual(['?'])
  })

  test('does not answer a question with its Enter, and closes when a question opens', () => {
    const hands = new Hands({ screen: screenOf({ question: YES_NO }) }).types(`?${enter}`)
    expect(hands.asked).toEqual([])
    expect(hands.types(enter).asked).toEqual([{ kind: 'answer', answer: false }])
    const open = new Hands().types('?').shows({ screen: screenOf({ question: SECRET }) })
    expect(open.types('AIza').types(enter).asked).toEqual([{ kind: 'answer', answer: 'AIza' }])
  })

  test('shows page after page with ?, and closes after the last one', () => {
    const hands = new Hands({ columns: 40, rows: 10 })
    let pages = 0
    for (hands.types('?'); hands.says('Esc') === 'close the help'; hands.types('?')) pages += 1
    expect(pages).toBeGreaterThan(1)
    expect(hands.text).toBe('')
  })
})

describe('what the help says', () => {
  const KEYS: Readonly<Record<string, string>> = {
    Enter: enter,
    Esc: esc,
    Tab: tab,
    '↑': up,
    '↓': down,
    'Ctrl-C': ctrl('c'),
    'Ctrl-D': ctrl('d'),
    'Ctrl-T': ctrl('t'),
    'Alt-1': alt(1),
    '?': '?',
  }
  const scenes = {
    idle: () => new Hands(),
    typing: () => new Hands().types('a fox'),
    menu: () => new Hands().types('/un').finds(MENU).types(down),
    question: () => new Hands({ screen: screenOf({ question: CHOICE }) }),
    secret: () => new Hands({ screen: screenOf({ question: SECRET }) }),
    turn: () => new Hands({ screen: screenOf({ lane: turnLane() }) }),
    held: () => new Hands({ screen: screenOf({ held: true, session: waitingSession('warmer') }) }),
    choice: () => new Hands({ screen: screenOf({ session: choiceSession() }) }),
    help: () => new Hands().types('?'),
  }

  // A key that the help does not list changes nothing; some listed keys stop at the first row or in the history.
  test.each(Object.entries(scenes))('lists everything that the keys do: %s', (_, open) => {
    for (const [name, bytes] of Object.entries(KEYS)) {
      if (open().says(name) !== undefined || name === '?') continue
      const hands = open()
      const before = { state: hands.state, asked: [...hands.asked] }
      hands.types(bytes)
      expect(hands.asked, name).toEqual(before.asked)
      expect(hands.text, name).toBe(before.state.editor.text)
    }
  })

  test('differs from scene to scene', () => {
    const escapes = Object.values(scenes).map((open) => open().says('Esc'))
    expect(escapes).toEqual([
      undefined,
      'the whole line; Up brings it back',
      'close the menu',
      'choose the most cautious answer',
      'cancel',
      'run it in the background',
      'drop the held lines',
      undefined,
      'close the help',
    ])
  })

  test('hides what a layer below would do with a key of a layer above', () => {
    expect(new Hands({ screen: screenOf({ question: SECRET }) }).says('Ctrl-T')).toBeUndefined()
    expect(new Hands({ screen: screenOf({ question: CHOICE }) }).says('Enter')).toBe(
      'choose the marked answer',
    )
  })
})

describe('an added layer', () => {
  const on = (layer: Layer<string>) => new Hands({}, [layer as Layer<unknown>, ...LAYERS])
  const picker: Layer<string> = {
    title: 'A picker',
    about: 'Always.',
    initial: '',
    open: (own) => own !== 'closed',
    modal: () => true,
    letters: () => true,
    bindings: [
      { keys: ['j', 'k'], does: 'move', press: (own, _, key) => ({ own: own + key.text }) },
      { keys: ['q'], does: 'close', press: () => ({ own: 'closed' }) },
    ],
  }
  /** It takes what is typed between two Ctrl-R. */
  const search: Layer<string> = {
    title: 'A search',
    about: 'Always.',
    initial: 'closed',
    bindings: [
      { keys: ['ctrl-r'], does: 'search', press: (own) => ({ own: own === 'closed' ? '' : 'closed' }) },
    ],
    type: (own, _, text) => (own === 'closed' ? undefined : { own: own + text }),
  }

  test('gets the letters of a chunk one by one, and lets no key through while it is modal', () => {
    const hands = on(picker).types(`jjk${enter}${pasted('j')}xk`)
    expect(hands.state.own[0]).toBe('jjkk')
    expect(hands).toMatchObject({ text: '', asked: [] })
    expect(hands.says('Enter')).toBeUndefined()
    expect(hands.types(`q`).types(`jj${enter}`).sent).toEqual(['jj'])
  })

  test('takes text and pastes, or leaves them to the layers below', () => {
    const hands = on(search).types(`a${ctrl('r')}fox${pasted('es')}?`)
    expect(hands.state.own[0]).toBe('foxes?')
    expect(hands.text).toBe('a')
    expect(hands.types(`${ctrl('r')} hat`).text).toBe('a hat')
  })
})

test('every layer has a title of its own, and every key a short description', () => {
  const titles = LAYERS.map(({ title }) => title)
  expect(new Set(titles).size).toBe(titles.length)
  for (const { does } of LAYERS.flatMap(({ bindings }) => bindings)) expect(does).toMatch(/^[a-z].*[^.]$/)
})
