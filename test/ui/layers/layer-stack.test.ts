import { describe, expect, test } from 'vitest'
import type { Question } from '../../../src/core/event.ts'
import type { Layer } from '../../../src/ui/layers/layer.ts'
import { LAYERS } from '../../../src/ui/layers/layer-list.ts'
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
  /** All of it at once: a menu, an offered line or none, a turn, lines that are held. */
  const busy = () =>
    new Hands({ screen: screenOf({ lane: turnLane(), held: true, session: waitingSession('warmer') }) })

  test('Esc closes the menu, then lets the turn go, then drops the lines that are held', () => {
    const hands = busy().types('/un').finds(MENU)
    expect(hands.says('Esc')).toBe('close the menu')
    expect(hands.types(esc)).toMatchObject({ text: '/un', asked: [] })
    expect(hands.says('Esc')).toBe('run it in the background')
    expect(hands.types(esc)).toMatchObject({ text: '/un', asked: [{ kind: 'let-go' }] })
    hands.shows({ screen: screenOf({ held: true, session: waitingSession('warmer') }) })
    expect(hands.types(esc)).toMatchObject({ text: '', asked: [{ kind: 'let-go' }] })
    expect(hands.types(esc).asked).toEqual([{ kind: 'let-go' }, { kind: 'drop-held' }])
  })

  test('Esc clears an offered line before it lets a turn go', () => {
    const hands = new Hands().shows({
      screen: screenOf({ lane: turnLane(), offer: { line: 'make it blue' } }),
    })
    expect(hands.text).toBe('make it blue')
    expect(hands.types(esc)).toMatchObject({ text: '', asked: [] })
    expect(hands.types(esc).asked).toEqual([{ kind: 'let-go' }])
  })

  test('Ctrl-C clears the line, then lets the turn go, then leaves on the second press', () => {
    const hands = busy().types(`warmer${ctrl('c')}`)
    expect(hands).toMatchObject({ text: '', asked: [] })
    expect(hands.types(ctrl('c')).asked).toEqual([{ kind: 'let-go' }])
    hands.shows({ screen: screenOf() }).types(ctrl('c'))
    expect(hands.asked).toHaveLength(1)
    expect(hands.types(ctrl('c')).asked.at(-1)).toEqual({ kind: 'quit' })
  })

  test('any other key between them takes back the first Ctrl-C, also one that does nothing', () => {
    for (const key of ['x', up, '\x1b[15~', pasted('x'), '?']) {
      expect(new Hands().types(`${ctrl('c')}${key}${ctrl('c')}`).asked, JSON.stringify(key)).toEqual([])
    }
  })

  test('a cleared line can be had again, by Up and by undo', () => {
    expect(new Hands().types(`a fox${esc}${up}`).text).toBe('a fox')
    expect(new Hands().types(`a fox${ctrl('c')}${ctrl('_')}`).text).toBe('a fox')
  })

  test('Ctrl-D deletes in a line, and leaves on an empty one', () => {
    expect(new Hands().types(`ab${SENDS.left}${ctrl('d')}`)).toMatchObject({ text: 'a', asked: [] })
    expect(new Hands().types(ctrl('d')).asked).toEqual([{ kind: 'quit' }])
  })

  test('Alt and a number choose an image, while there are images to choose from', () => {
    const hands = new Hands({ screen: screenOf({ session: choiceSession() }) }).types(`half a line${alt(2)}`)
    expect(hands).toMatchObject({ sent: ['v2'], text: 'half a line' })
    expect(hands.types(alt(4)).sent).toEqual(['v2'])
    expect(new Hands().types(alt(1)).asked).toEqual([])
  })

  test('Enter on an empty prompt is for the lines that are held', () => {
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

  test('is answered once, however many Enters come before the screen has changed', () => {
    const hands = asked(YES_NO).types(enter + enter)
    expect(hands.asked).toEqual([{ kind: 'answer', answer: false }])
    hands.shows({ screen: screenOf({ question: CHOICE }) })
    expect(hands.types(enter).asked.at(-1)).toEqual({ kind: 'answer', answer: 'v1' })
  })

  test('takes no key of a line that is being typed', () => {
    const hands = asked(YES_NO).types(`no, warmer${enter}`)
    expect(hands.asked).toEqual([{ kind: 'submit', line: 'no, warmer' }])
  })

  test('finds no line to send behind it: an offer waits for its answer', () => {
    const hands = new Hands({ screen: screenOf({ question: YES_NO, offer: { line: 'make it blue' } }) })
    expect(hands.text).toBe('')
    expect(hands.shows({ screen: screenOf({ offer: { line: 'make it blue' } }) }).text).toBe('make it blue')
  })

  test('for a secret takes every key, and nothing of it is in the line or in the history', () => {
    const hands = asked(SECRET).types(
      `half?${up}${ctrl('t')}${alt(1)}${ctrl('u')}AIza${pasted('-12 3\n')}${backspace}`,
    )
    expect(hands).toMatchObject({ text: '', asked: [] })
    // What comes behind its Enter in one chunk is a line.
    hands.types(`${enter}a fox${enter}`)
    expect(hands.asked).toEqual([
      { kind: 'answer', answer: 'AIza-12' },
      { kind: 'submit', line: 'a fox' },
    ])
    expect(hands.state.history).toEqual(['a fox'])
    expect(JSON.stringify(hands.state)).not.toContain('AIza')
  })

  test('for a secret is declined by Esc and by Ctrl-C', () => {
    for (const key of [esc, ctrl('c')]) {
      expect(asked(SECRET).types(`AIza${key}`).asked).toEqual([{ kind: 'answer', answer: undefined }])
    }
  })
})

describe('completion', () => {
  test('Tab in one chunk with its word completes it, and takes what is found for this line alone', () => {
    const hands = new Hands().types(`/un${tab}`)
    expect(hands.lookedUp.at(-1)?.request).toMatchObject({ line: '/un', cursor: 3, keysWait: true })
    expect(hands.finds(MENU).text).toBe('/undo')
    const other = new Hands().types(`/un${tab}`)
    other.types('mute')
    const request = other.lookedUp.findLast((one) => one.request.keysWait)?.request
    expect(request?.found(MENU, null, { ...other.world, ...other.state, keysBelow: () => [] })).toEqual({})
  })

  test('the menu takes arrows, and Enter when something in it was chosen', () => {
    const hands = new Hands().types('/un').finds(MENU)
    expect(hands.says('Enter')).toBe('send the line')
    expect(hands.types(down).says('Enter')).toBe('accept the marked completion')
    expect(hands.types(enter)).toMatchObject({ text: '/unmute', asked: [] })
    expect(new Hands().types('/un').finds(MENU).types(enter).sent).toEqual(['/un'])
  })

  test('a menu of an older line takes nothing', () => {
    const hands = new Hands().types('/un').finds(MENU).types('d')
    expect(hands.types(down + enter).sent).toEqual(['/und'])
  })

  test('a menu that was closed stays closed for its line, and opens for the next', () => {
    const hands = new Hands().types('/un').finds(MENU).types(esc)
    expect(hands.says('↓')).toBe('row down, or newer lines')
    const before = hands.lookedUp.length
    expect(hands.types('d').lookedUp).toHaveLength(before + 1)
    hands.types(`${ctrl('c')}/un`)
    expect(hands.finds(MENU).says('↓')).toBe('next completion')
  })

  test('nothing is looked for on an offered line, whose Enter would be taken', () => {
    const hands = new Hands().shows({ screen: screenOf({ offer: { line: '@hero waves' } }) })
    expect(hands.lookedUp).toEqual([])
    expect(hands.types(enter).sent).toEqual(['@hero waves'])
  })
})

describe('a line that limn has put there', () => {
  test('is put once, on an empty prompt only', () => {
    const screen = screenOf({ offer: { line: 'make it blue' } })
    expect(new Hands().types('half').shows({ screen }).text).toBe('half')
    const hands = new Hands().shows({ screen }).types(esc)
    expect(hands.shows({ screen: { ...screen, behind: 1 } }).text).toBe('')
    expect(hands.types(up).text).toBe('make it blue')
  })

  test('Ctrl-T proposes a better one, whose Esc gives the first one back', () => {
    const hands = new Hands().types(`a red fox${ctrl('t')}`)
    expect(hands.text).toMatch(/^a red fox.+/s)
    expect(hands.asked).toMatchObject([{ kind: 'perform' }])
    expect(hands.says('Esc')).toBe('restore your own line')
    expect(hands.types(esc).text).toBe('a red fox')
    expect(new Hands().types(ctrl('t')).asked).toEqual([])
  })
})

describe('the history', () => {
  test('has the lines of the session that was opened, and a line that was sent in the same chunk', () => {
    const hands = new Hands({ screen: screenOf({ session: waitingSession() }) })
    expect(hands.types(up).text).toBe('a red fox')
    expect(new Hands().types(`abc${enter}${up}!${enter}`).sent).toEqual(['abc', 'abc!'])
  })
})

test('a line that holds a secret is in no history, also one that was typed before anyone knew', () => {
  const isSecret = (line: string) => line.startsWith('/key ')
  const early = new Hands({ screen: null }).types(`a fox${enter}/key abc${enter}`)
  expect(early.state.history).toEqual(['a fox', '/key abc'])
  expect(early.shows({ screen: screenOf(), isSecret }).state.history).toEqual(['a fox'])
  expect(early.types(`/key abc${enter}/key def${ctrl('c')}`).state.history).toEqual(['a fox'])
})

describe('the key help', () => {
  test('opens by a lone ? on an empty prompt, and by no other', () => {
    expect(new Hands().types('?').says('Esc')).toBe('close the help')
    expect(new Hands().types('what?').text).toBe('what?')
    expect(new Hands().types('a').types('?').text).toBe('a?')
    expect(new Hands().types('?!').text).toBe('?!')
    expect(new Hands().types(pasted('?')).text).toBe('?')
  })

  test('is closed by any key, which does what it does; Esc, Ctrl-C and ? only close it', () => {
    const closes = (key: string) =>
      new Hands({ screen: screenOf({ lane: turnLane() }) }).types('?').types(key)
    expect(closes('a')).toMatchObject({ text: 'a', asked: [] })
    expect(closes(pasted('a fox'))).toMatchObject({ text: 'a fox', asked: [] })
    for (const key of [esc, ctrl('c'), '?']) expect(closes(key)).toMatchObject({ text: '', asked: [] })
    for (const key of ['a', pasted('x'), esc, ctrl('c'), '?', up, '\x1b[15~']) {
      expect(closes(key).says('Enter'), JSON.stringify(key)).toBe('send the line')
    }
  })

  test('gives its Enter to /help, as a line that is only ? always did', () => {
    expect(new Hands().types(`?${enter}`).sent).toEqual(['?'])
    const held = new Hands({ screen: screenOf({ held: true, session: waitingSession('warmer') }) })
    expect(held.types(`?${enter}`).sent).toEqual(['?'])
  })

  test('answers no question with its Enter, and gives way to one that comes up', () => {
    const hands = new Hands({ screen: screenOf({ question: YES_NO }) }).types(`?${enter}`)
    expect(hands.asked).toEqual([])
    expect(hands.types(enter).asked).toEqual([{ kind: 'answer', answer: false }])
    const open = new Hands().types('?').shows({ screen: screenOf({ question: SECRET }) })
    expect(open.types('AIza').types(enter).asked).toEqual([{ kind: 'answer', answer: 'AIza' }])
  })

  test('goes through its pages with ?, and closes behind the last one', () => {
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

  // A key that is not told changes nothing; the history and the first row stop some that are.
  test.each(Object.entries(scenes))('is all that the keys do: %s', (_, open) => {
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

  test('of a layer above hides what a layer below would do', () => {
    expect(new Hands({ screen: screenOf({ question: SECRET }) }).says('Ctrl-T')).toBeUndefined()
    expect(new Hands({ screen: screenOf({ question: CHOICE }) }).says('Enter')).toBe(
      'choose the marked answer',
    )
  })
})

describe('a layer that is added', () => {
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
  /** What is typed between two Ctrl-R is its own. */
  const search: Layer<string> = {
    title: 'A search',
    about: 'Always.',
    initial: 'closed',
    bindings: [
      { keys: ['ctrl-r'], does: 'search', press: (own) => ({ own: own === 'closed' ? '' : 'closed' }) },
    ],
    type: (own, _, text) => (own === 'closed' ? undefined : { own: own + text }),
  }

  test('gets letters that come at once one by one, and lets no key through while it is modal', () => {
    const hands = on(picker).types(`jjk${enter}${pasted('j')}xk`)
    expect(hands.state.own[0]).toBe('jjkk')
    expect(hands).toMatchObject({ text: '', asked: [] })
    expect(hands.says('Enter')).toBeUndefined()
    expect(hands.types(`q`).types(`jj${enter}`).sent).toEqual(['jj'])
  })

  test('takes text, a paste too, or leaves it to the layers below', () => {
    const hands = on(search).types(`a${ctrl('r')}fox${pasted('es')}?`)
    expect(hands.state.own[0]).toBe('foxes?')
    expect(hands.text).toBe('a')
    expect(hands.types(`${ctrl('r')} hat`).text).toBe('a hat')
  })
})

test('every layer has a title of its own, and every key words that can stand behind it', () => {
  const titles = LAYERS.map(({ title }) => title)
  expect(new Set(titles).size).toBe(titles.length)
  for (const { does } of LAYERS.flatMap(({ bindings }) => bindings)) expect(does).toMatch(/^[a-z].*[^.]$/)
})
