import { GRAPHICS } from '../graphics.ts'
import { defineSetting, type ValueOfRule } from './define-setting.ts'

const DOLLARS = {
  kind: 'choice-or-number',
  choices: ['off'],
  unit: 'dollars',
  least: 0,
  most: 100_000,
  decimals: true,
} as const

/** limn's own settings, in the order in which `/set` lists them. They apply to every session. */
export const OWN_SETTING_LIST = [
  defineSetting({
    name: 'graphics',
    meaning: 'how images are drawn in the terminal',
    rule: { kind: 'choice', choices: GRAPHICS },
    default: 'auto',
  }),
  // How high a new image is drawn: a share of the window, or so many rows.
  defineSetting({
    name: 'preview',
    meaning: 'how large a new image is drawn',
    rule: {
      kind: 'choice-or-number',
      choices: ['large', 'medium', 'small', 'none'],
      unit: 'rows',
      least: 2,
      most: 200,
    },
    default: 'large',
  }),
  defineSetting({
    name: 'transparency',
    meaning: 'what shows through transparent pixels',
    rule: { kind: 'choice', choices: ['checkerboard', 'background'] },
    default: 'checkerboard',
  }),
  defineSetting({
    name: 'pictureWait',
    meaning: 'how long the first picture waits for the terminal to say what it can draw',
    rule: { kind: 'number', unit: 'milliseconds', least: 0, most: 10_000 },
    default: 300,
  }),
  defineSetting({
    name: 'escape',
    meaning: 'what Esc does to a call: keep its answer, or abort it',
    rule: { kind: 'choice', choices: ['keep', 'abort'] },
    default: 'keep',
  }),
  defineSetting({
    name: 'timeout',
    meaning: 'how long an answer may take',
    rule: { kind: 'number', unit: 'seconds', least: 5, most: 3600 },
    default: 300,
  }),
  defineSetting({
    name: 'wireSize',
    meaning: 'the longer side of the images that are sent; the originals are kept',
    rule: { kind: 'number', unit: 'pixels', least: 256, most: 8192 },
    default: 2048,
  }),
  // With the Files API.
  defineSetting({
    name: 'uploads',
    meaning: 'whether references that are sent again and again are uploaded once, where that saves bytes',
    rule: { kind: 'choice', choices: ['auto', 'off'] },
    default: 'auto',
  }),
  // In dollars, for all images of a line.
  defineSetting({
    name: 'askAbove',
    meaning: 'asks before a line that will cost more than this',
    rule: DOLLARS,
    default: 0.25,
  }),
  defineSetting({
    name: 'budgetSession',
    meaning: 'what one session may cost; /budget shows how much of it is left',
    rule: DOLLARS,
    default: 'off',
  }),
  defineSetting({
    name: 'budgetDay',
    meaning: 'what all sessions of a day may cost together',
    rule: DOLLARS,
    default: 'off',
  }),
] as const

type OwnSetting = (typeof OWN_SETTING_LIST)[number]

export type OwnSettings = {
  readonly [S in OwnSetting as S['name']]: ValueOfRule<S['rule']>
}
