import { describe, expect, test, vi } from 'vitest'
import { type Chip, EDITOR_KEYS, EMPTY, withOffer } from '../../../src/ui/line/editor.ts'
import { ctrl, press, SENDS, seen } from './press.ts'

const { left, right, up, down, home, end, backspace, enter, shiftEnter, altEnter } = SENDS
const family = '👨‍👩‍👧'
const pasted = (text: string) => `\x1b[200~${text}\x1b[201~`

/** `v3` and `@hero`, unless a backslash stands before them. */
function chipsOf(text: string): Chip[] {
  return [...text.matchAll(/(?<!\\)(v\d+|@hero|@\w+)/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    kind: match[0].startsWith('v') ? 'version' : match[0] === '@hero' ? 'reference' : 'unknown',
  }))
}

test('a line of plain letters is edited without the Unicode tables, which are slow to load', async () => {
  // As in a limn that has just started.
  vi.resetModules()
  const { press } = await import('./press.ts')
  const segmenter = vi.spyOn(Intl, 'Segmenter')
  press(`make it blue, v9 › café${left}${ctrl('w')}${backspace}${up}${home}${SENDS.altF}${ctrl('y')}`)
  expect(segmenter).not.toHaveBeenCalled()
  press(`漢字${left}`)
  expect(segmenter).toHaveBeenCalled()
  segmenter.mockRestore()
})

test.each([
  ['letters go where the cursor is', `ac${left}b`, 'ab|c'],
  ['Left and Right stop at the ends', `a${left}${left}${left}${right}${right}${right}b`, 'ab|'],
  ['Left passes an emoji of five code points in one step', `a${family}b${left}${left}`, `a|${family}b`],
  ['Backspace takes an emoji whole', `a${family}${backspace}`, 'a|'],
  ['Backspace takes a letter with its accents', `xe\u0301\u0323${backspace}`, 'x|'],
  ['Backspace takes one flag of two', `🇩🇪🇫🇷${backspace}`, '🇩🇪|'],
  ['Delete takes what is after the cursor', `ab${left}${left}${SENDS.delete}`, '|b'],
  ['Ctrl-D with a text deletes forward', `ab${home}${ctrl('d')}`, '|b'],
  ['Ctrl-H is Backspace', `ab${ctrl('h')}`, 'a|'],
  ['Ctrl-B and Ctrl-F move by a character', `abc${ctrl('b')}${ctrl('b')}${ctrl('f')}`, 'ab|c'],
  ['Ctrl-A and Ctrl-E go to the ends', `abc${ctrl('a')}x${ctrl('e')}y`, 'xabcy|'],
  ['Home stays in the line', `ab${ctrl('j')}cd${home}x`, 'ab\nx|cd'],
  ['End stays in the line', `ab${ctrl('j')}cd${up}${home}${end}x`, 'abx|\ncd'],
  ['Ctrl-Left goes to the start of the word', `red fox${SENDS.ctrlLeft}`, 'red |fox'],
  ['Alt-B goes on to the word before', `red fox!${SENDS.altB}${SENDS.altB}`, '|red fox!'],
  ['Ctrl-Right goes to the end of the word', `red fox${home}${SENDS.ctrlRight}`, 'red| fox'],
  ['Alt-F goes over the blank', `red fox${home}${SENDS.altF}${SENDS.altF}`, 'red fox|'],
  ['words are found in a script without blanks', `赤い狐${SENDS.altLeft}`, '赤い|狐'],
  ['Ctrl-K cuts to the end of the line', `red fox${SENDS.altB}${ctrl('k')}`, 'red |'],
  ['Ctrl-K at the end of a line joins it with the next', `ab${ctrl('j')}cd${up}${end}${ctrl('k')}`, 'ab|cd'],
  ['Ctrl-U cuts to the start of the line', `red fox${SENDS.altB}${ctrl('u')}`, '|fox'],
  ['Ctrl-W cuts back to the blank, a path whole', `add ~/a/char.png ${ctrl('w')}`, 'add |'],
  ['Alt-Backspace cuts one word', `add char.png${SENDS.altBackspace}`, 'add char.|'],
  ['Alt-D cuts the word ahead', `red fox${home}${SENDS.altD}`, '| fox'],
  ['Ctrl-Y puts back what was cut', `red fox${ctrl('u')}a ${ctrl('y')}`, 'a red fox|'],
  [
    'cuts in a row are put back together',
    `red fox jumps${ctrl('w')}${ctrl('w')}${ctrl('y')}`,
    'red fox jumps|',
  ],
  ['Ctrl-_ takes back what was typed since the last move', `red${left}x${ctrl('_')}`, 're|d'],
  ['Ctrl-_ takes back a cut', `red fox${ctrl('u')}${ctrl('_')}`, 'red fox|'],
  ['Shift-Enter makes a new line', `a${shiftEnter}b`, 'a\nb|'],
  ['Alt-Enter makes a new line', `a${altEnter}b`, 'a\nb|'],
  ['Ctrl-J makes a new line', `a${ctrl('j')}b`, 'a\nb|'],
  ['Enter after a backslash makes a new line of it', `a\\${enter}b`, 'a\nb|'],
  ['a paste of several lines is one text', pasted('one\r\ntwo\rthree'), 'one\ntwo\nthree|'],
  ['the newline at the end of a paste is dropped', pasted('one\ntwo\n'), 'one\ntwo|'],
  ['a tab that is pasted becomes two blanks', pasted('a\tb'), 'a  b|'],
  ['colours and bells that are pasted leave only words', pasted('\x1b[31mred\x07\x1b[0m fox\0'), 'red fox|'],
])('%s', (_, bytes, text) => {
  const { editor, sent } = press(bytes)
  expect(seen(editor)).toBe(text)
  expect(sent).toEqual([])
})

describe('what keys ask for', () => {
  test('Enter sends the line, and keys that follow it in one chunk go to the next line', () => {
    const { editor, sent } = press(`abc${enter}de`)
    expect(sent).toEqual(['abc'])
    expect(seen(editor)).toBe('de|')
  })

  test('a line that was cut can be put back into the next one', () => {
    expect(seen(press(`red${ctrl('u')}x${enter}${ctrl('y')}`).editor)).toBe('red|')
  })

  test('Enter on an empty line is reported', () => {
    expect(press(enter).sent).toEqual([''])
  })

  test.each([
    ['Escape', '\x1b'],
    ['Ctrl-C', ctrl('c')],
    ['Tab', SENDS.tab],
    ['Ctrl-T', ctrl('t')],
    ['a key that nothing is bound to', '\x1b[15~'],
  ])('%s is left to the layers above, and sends nothing', (_, bytes) => {
    const { editor, sent } = press(`abc${bytes}`)
    expect(seen(editor)).toBe('abc|')
    expect(sent).toEqual([])
  })

  test('Ctrl-D deletes, and does nothing on an empty line', () => {
    expect(seen(press(`abc${left}${ctrl('d')}`).editor)).toBe('ab|')
    expect(press(ctrl('d'))).toMatchObject({ editor: { text: '' }, sent: [] })
  })

  test('no key has two meanings', () => {
    const keys = EDITOR_KEYS.flatMap((one) => one.keys)
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
  })
})

describe('mentions', () => {
  test.each([
    ['Backspace after a version makes it plain text', `as v3${backspace}`, 'as \\v3|'],
    ['Backspace after a reference makes it plain text', `@hero${backspace}`, '\\@hero|'],
    ['a second Backspace deletes, and takes the backslash too', `as v3${backspace}${backspace}`, 'as v|'],
    [
      'after another key, Backspace deletes one character',
      `as v34${backspace}${left}${right}${backspace}`,
      'as \\v3|',
    ],
    ['a name that is still being typed is edited as text', `@her${backspace}`, '@he|'],
    ['Backspace inside a mention edits it', `v34${left}${backspace}`, 'v|4'],
    ['a mention made plain comes back with undo', `v3${backspace}${ctrl('_')}`, 'v3|'],
  ])('%s', (_, bytes, text) => {
    expect(seen(press(bytes, { chipsOf }).editor)).toBe(text)
  })
})

describe('history', () => {
  const history = ['first', 'second', 'third\nof two lines']

  test.each([
    ['Up gives the newest line with the cursor at its end', `${up}`, 'third\nof two lines|'],
    [
      'Up goes through the rows of an old line before it goes on',
      `${up}${up}x`,
      'third\nof two lines'.replace('\n', 'x|\n'),
    ],
    ['Up goes on to the line before', `${up}${up}${up}`, 'second|'],
    ['Up stops at the oldest', up.repeat(9), 'first|'],
    ['Ctrl-P and Ctrl-N do the same', `${ctrl('p').repeat(4)}${ctrl('n')}`, 'second|'],
    [
      'Down comes back to the draft, with the cursor at its end',
      `draft${left}${up.repeat(4)}${down.repeat(9)}`,
      'draft|',
    ],
    ['Down does nothing before an Up', `a${down}`, 'a|'],
    [
      'a changed old line stays changed while the walk through the history lasts',
      `${up.repeat(3)}!${up}${down}`,
      'second!|',
    ],
  ])('%s', (_, bytes, text) => {
    expect(seen(press(bytes, { history }).editor)).toBe(text)
  })

  test('changing and sending an old line does not change the history', () => {
    const { sent } = press(`${up.repeat(3)}!${enter}${up.repeat(3)}${enter}`, { history })
    expect(sent).toEqual(['second!', 'second'])
  })
})

describe('Up and Down in a text of several rows', () => {
  const space = { columns: 11, first: 0, rest: 0 }

  test('keep to the column over a shorter row', () => {
    const text = `abcdef${ctrl('j')}xy${ctrl('j')}ghijkl${left}${left}`
    expect(seen(press(text + up, { space }).editor)).toBe('abcdef\nxy|\nghijkl')
    expect(seen(press(text + up + up, { space }).editor)).toBe('abcd|ef\nxy\nghijkl')
    expect(seen(press(text + up + up + down + down, { space }).editor)).toBe('abcdef\nxy\nghij|kl')
  })

  test('follow the rows of the screen when a line wraps', () => {
    expect(seen(press(`one two three four${up}`, { space }).editor)).toBe('one two| three four')
  })

  test('count wide characters by their columns', () => {
    expect(seen(press(`abcdef${ctrl('j')}漢字漢${up}`, { space }).editor)).toBe('abcdef|\n漢字漢')
    expect(seen(press(`漢字漢${ctrl('j')}abc${up}`, { space }).editor)).toBe('漢|字漢\nabc')
  })
})

describe('a line that is offered again', () => {
  const offered = (line = 'make it blue') => withOffer(EMPTY, line)

  test('is sent by Enter alone, also when it ends with a backslash', () => {
    expect(press(enter, {}, offered()).sent).toEqual(['make it blue'])
    expect(press(enter, {}, offered('a \\')).sent).toEqual(['a \\'])
    expect(press(enter, {}, offered()).editor.offered).toBe(false)
  })

  test('is replaced by typed or pasted text, and Ctrl-_ and Up bring it back', () => {
    expect(press(`/model pro${enter}`, {}, offered()).sent).toEqual(['/model pro'])
    expect(seen(press(pasted('a cat'), {}, offered()).editor)).toBe('a cat|')
    expect(seen(press(`x${ctrl('_')}`, {}, offered()).editor)).toBe('make it blue|')
    const history = ['make it blue']
    expect(seen(press(`x${up}`, { history }, offered()).editor)).toBe('make it blue|')
  })

  test('stays when the pasted text is empty', () => {
    expect(press(pasted('\n'), {}, offered()).editor).toMatchObject({ text: 'make it blue', offered: true })
  })

  test.each([
    ['Left', left, 'make it blux|e'],
    ['End', end, 'make it bluex|'],
    ['Home', home, 'x|make it blue'],
    ['Ctrl-A', ctrl('a'), 'x|make it blue'],
    ['Ctrl-E', ctrl('e'), 'make it bluex|'],
    ['Backspace', backspace, 'make it blux|'],
    ['Ctrl-W', ctrl('w'), 'make it x|'],
    ['Shift-Enter', shiftEnter, 'make it blue\nx|'],
  ])('is ordinary text after %s, which acts on it', (_, key, text) => {
    const { editor } = press(key, {}, offered())
    expect(editor.offered).toBe(false)
    expect(seen(press('x', {}, editor).editor)).toBe(text)
  })

  test.each([
    ['Esc', '\x1b'],
    ['Ctrl-C', ctrl('c')],
    ['Tab', SENDS.tab],
  ])('%s is left to the layers above, and does not change it', (_, key) => {
    expect(press(key, {}, offered()).editor).toMatchObject({ text: 'make it blue', offered: true })
  })

  test('is the newest of the history: Up goes to the one before it, and Down to an empty prompt', () => {
    const history = ['a fox', 'make it blue']
    expect(seen(press(up, { history }, offered()).editor)).toBe('a fox|')
    expect(seen(press(up + down, { history }, offered()).editor)).toBe('make it blue|')
    expect(seen(press(down, { history }, offered()).editor)).toBe('|')
  })
})
