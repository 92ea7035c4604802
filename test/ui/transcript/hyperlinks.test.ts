import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileLink, pageLink } from '../../../src/ui/transcript/hyperlinks.ts'

test('a page is a link where the terminal has links, and has its address under it elsewhere', () => {
  const uri = 'https://example.com/fox?a=b'
  expect(pageLink('Foxes', uri, { links: true })).toBe(`\x1b]8;;${uri}\x1b\\Foxes\x1b]8;;\x1b\\`)
  expect(pageLink('Foxes', uri, { links: false })).toBe(`Foxes\n    ${uri}`)
})

test('only a web address becomes a link', () => {
  for (const uri of ['javascript:alert(1)', 'file:///etc/passwd', 'https://', '']) {
    expect(pageLink('Foxes', uri, { links: true })).toBe('Foxes')
  }
})

test('no address can end its link early, or send the terminal commands', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (path) => {
      const text = pageLink('x', `https://example.com/${path}`, { links: true })
      expect(text).toMatch(/^\x1b\]8;;[\x21-\x7e]*\x1b\\x\x1b\]8;;\x1b\\$|^x$/)
    }),
    { examples: [['\x1b\\\x1b[2J'], ['\x07'], ['\x9c']] },
  )
})

test('a file is shown by its path, with ~ for the home folder', () => {
  expect(fileLink('/home/ada/a b.png', '/home/ada', { links: false })).toEqual({
    text: '~/a b.png',
    columns: 9,
  })
  expect(fileLink('/home/ada/a b.png', '/home/ada', { links: true }).text).toContain(
    ';;file:///home/ada/a%20b.png',
  )
})
