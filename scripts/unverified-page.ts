import { CHECKED, UNCHECKED } from '../src/core/models/unverified.ts'
import { table } from './markdown.ts'

export function unverifiedPage(): string {
  return `${[
    '<!-- Made by `npm run docs` from src/core/models/unverified.ts. -->',
    '# What was never tried on the live service',
    'limn was written and tested without a Gemini key: against the real SDK, the documented protocol, recorded answers and the practice engine. It assumes what follows because a page or a report says so. If an assumption is wrong, limn does what the last column says.',
    '`limn doctor --live`, or `/doctor --live` inside, checks these with your key in a minute or two. First it says what it will cost, about as much as three 1K images in all, and asks; `--yes` agrees in advance, for use without a screen, and `--json` prints the findings for a program. If something differs, please open an issue.',
    '## What `limn doctor --live` checks',
    table([
      ['check', 'limn assumes', 'it takes', 'otherwise'],
      ...Object.entries(CHECKED).map(([name, { believes, takes, otherwise }]) => [
        `\`${name}\``,
        believes,
        takes,
        otherwise,
      ]),
    ]),
    'Findings: ✓ as assumed, ≠ different, ? could not be checked, because of the network or a quota, for example. The exit status is 0 if everything could be checked, whatever was found, and 1 if something could not.',
    '## What a minute and a few cents cannot show',
    table([
      ['limn assumes', 'otherwise'],
      ...UNCHECKED.map(({ believes, otherwise }) => [believes, otherwise]),
    ]),
  ].join('\n\n')}\n`
}
