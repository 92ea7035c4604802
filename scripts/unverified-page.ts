import { CHECKED, UNCHECKED } from '../src/core/models/unverified.ts'
import { table } from './markdown.ts'

export function unverifiedPage(): string {
  return `${[
    '<!-- Made by `npm run docs` from src/core/models/unverified.ts. -->',
    '# What was never tried on the live service',
    'limn was written and tested without a key of Gemini: against the real SDK, the documented protocol and recorded answers, and the practice engine. What follows is taken for granted because a page or a report says so. Where it is otherwise, limn does what the last column says.',
    '`limn doctor --live`, or `/doctor --live` inside, checks these with your key in a minute or two. It says first what it will cost, in all about as much as three images of 1K, and asks; `--yes` agrees beforehand, for use without a screen, and `--json` gives the findings to a program. What differs is worth an issue.',
    '## What `limn doctor --live` checks',
    table([
      ['check', 'limn believes', 'it takes', 'if it is otherwise'],
      ...Object.entries(CHECKED).map(([name, { believes, takes, otherwise }]) => [
        `\`${name}\``,
        believes,
        takes,
        otherwise,
      ]),
    ]),
    'Findings: ✓ as believed, ≠ otherwise, ? something else was in the way, such as the network or a quota. The command ends with 0 when everything could be checked, whatever was found, and with 1 when something could not.',
    '## What a minute and some cents cannot tell',
    table([
      ['limn believes', 'if it is otherwise'],
      ...UNCHECKED.map(({ believes, otherwise }) => [believes, otherwise]),
    ]),
  ].join('\n\n')}\n`
}
