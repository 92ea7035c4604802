import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { noise, pngClaiming } from '../image/samples.ts'
import { open, sessionsOf, smallHome } from './driver.ts'

test('a decompression bomb, a text, a torn image, an empty file and a folder each get a sentence, and the session goes on', async () => {
  const home = await smallHome()
  const file = (name: string) => join(home.cwd, name)
  await writeFile(file('bomb.png'), pngClaiming(30_000, 30_000))
  await writeFile(file('text.png'), 'a shopping list')
  const whole = await noise(200, 200).jpeg().toBuffer()
  await writeFile(file('torn.jpg'), whole.subarray(0, whole.length / 2))
  await writeFile(file('empty.png'), '')
  await mkdir(file('folder.png'))
  await writeFile(file('bmp.bmp'), Buffer.concat([Buffer.from('BM'), Buffer.alloc(100)]))
  const user = await open({ home })
  for (const [name, sentence] of [
    [
      'bomb.png',
      'The image is too large: it has 30,000 × 30,000 pixels, and limn reads up to 100 megapixels.',
    ],
    ['text.png', 'The file is not an image, whatever its name says.'],
    ['torn.jpg', 'The image is damaged or cut short: it cannot be read to its end.'],
    ['empty.png', 'The file is empty.'],
    ['bmp.bmp', 'limn cannot read BMP images: save it as PNG or JPEG first.'],
  ] as const) {
    user.submits(`/ref add ${name}`)
    await user.sees(`${name}: ${sentence}`)
  }
  user.submits('/ref add folder.png')
  await user.sees('folder.png is a folder; name an image in it.')
  user.submits('/ref add nothing.png')
  await user.sees('There is no file nothing.png.')
  expect(await sessionsOf(home)).toEqual([])

  user.submits('a fox like @text.png')
  await user.sees(
    'text.png: The file is not an image, whatever its name says. Send the line with these words',
  )
  user.press('escape')
  await user.waitFor(() => user.prompt()?.text === 'a fox like @text.png', 'the line, given back')
  user.press('ctrl-c')
  await user.edits('v0')
  await user.draws('a red fox', 'v1 ← v0')
})
