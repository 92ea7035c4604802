import { expect, test } from 'vitest'
import { readInstructions } from '../instructions.ts'
import { phrase, sentence } from '../phrases.ts'

const said = (prompt: string) => sentence(readInstructions(prompt).map(phrase))

test.each([
  ['brighter', 'Made it 25 % brighter.'],
  ['make it 20 percent brighter and mirror it', 'Made it 20 % brighter and mirrored it.'],
  ['slightly darker', 'Made it 11 % darker.'],
  ['much warmer, then a little blurred', 'Made it 51 % warmer and blurred it (23 %).'],
  ['less bright; cooler', 'Made it 25 % darker and made it 30 % cooler.'],
  ['black and white', 'Made it black and white.'],
  ['turn it to grayscale', 'Made it black and white.'],
  ['50% sepia', 'Toned it 50 % sepia.'],
  ['invert the colours', 'Inverted it.'],
  ['rotate left', 'Rotated it 90° to the left.'],
  ['rotate it 30 degrees right', 'Rotated it 30° to the right.'],
  ['upside down', 'Rotated it 180° to the right.'],
  ['flip vertically', 'Flipped it upside down.'],
  ['crop to 16:9', 'Cropped it to 16:9.'],
  ['crop it square', 'Cropped it to 1:1.'],
  ['add a thin gold border', 'Put a gold border around it.'],
  ['make it dark blue', 'Tinted it dark blue.'],
  ['give her a red hat', 'Added a red hat.'],
  ['a red hat', 'Tinted it red.'],
  ['put a cloud on the right', 'Added a cloud on the right.'],
  ['add a moon on the left, then darker', 'Added a moon on the left and made it 25 % darker.'],
  ['crop to 16:9 with a dark border', 'Cropped it to 16:9 and put a white border around it.'],
  ['brighter with a thin red frame', 'Made it 25 % brighter and put a red border around it.'],
  ['zoom out a little', 'Moved 11 % away.'],
  ['darken the corners', 'Darkened the corners.'],
  ['a much warmer sky', 'Made it 51 % warmer at the top.'],
  ['flip it top to bottom', 'Flipped it upside down.'],
  ['at night', 'Made it 30 % darker and tinted it night.'],
  ['tint #336699', 'Tinted it #336699.'],
  ['more contrast and less saturated', 'Gave it 30 % more contrast and made it 40 % less colourful.'],
])('"%s" gets the answer "%s"', (prompt, words) => {
  expect(said(prompt)).toBe(words)
})

test('what the prompt says to keep is not changed', () => {
  expect(said("brighter, but keep the blue sky, don't blur it")).toBe('Made it 25 % brighter.')
})

test('a prompt with nothing that the engine can do gives no operations', () => {
  expect(readInstructions('put three llamas on the sofa')).toEqual([])
})
