import { RULES } from '../src/core/wording/advice.ts'
import { EDIT_GUIDE } from '../src/core/wording/edit-guide.ts'
import { type GuideRow, PROMPT_GUIDE } from '../src/core/wording/prompt-guide.ts'
import { STYLES } from '../src/core/wording/style-list.ts'
import { TIPS, type Tip } from '../src/core/wording/tip-list.ts'
import { table } from './markdown.ts'

/** docs/prompting.md, from the data that /tips and /improve use. */
export function promptingPage(): string {
  return `${[
    '<!-- Made by `npm run docs` from src/core/wording/tip-list.ts, src/core/wording/prompt-guide.ts, src/core/wording/edit-guide.ts, src/core/wording/style-list.ts and src/core/wording/advice.ts. -->',
    '# Wording a prompt',
    'What helps with these models, and what limn does about it. `/tips` lists the topics inside limn, `/tips photo` tells one.',
    ...TIPS.map(section),
    '## What `/improve` adds',
    '`/improve WORDS` takes the words for one of these kinds of picture, by the words in them, and adds what such a line usually says and this one does not; Ctrl-T does the same to the line being typed. It is done by rule, not by a model: it costs nothing and is the same every time. It only adds; your words, quotes, mentions and flags stay as they are. Nothing is sent: the new line is on the prompt, what was added is marked `{+so+}` above it, Enter sends it, Esc (or Ctrl-_) gives your own line back. A line that changes an image is an edit; one that tells no kind is taken for a photograph.',
    table([['kind', 'what it looks for', 'more'], ...[...PROMPT_GUIDE, EDIT_GUIDE].map(craftRow)]),
    '## Styles',
    'A style is a template: the words of a line take the place of `{prompt}`. `/style NAME` puts one in force for the session, until `/style off`; `--style NAME` behind a line is for that line alone, and `--style off` for a line without. `/style save NAME TEMPLATE` keeps one of your own in the file `styles/NAME.txt` beside the settings: the template and nothing else, to be edited and shared. The session keeps the template as it was when it came into force; each turn keeps what was typed and what was sent.',
    table([
      ['style', 'what it is', 'its template'],
      ...STYLES.map(({ name, about, template }) => [`\`${name}\``, about, template]),
    ]),
    '## What limn says before money is spent',
    'Where a line can be seen to go wrong, it is told under the line while it is typed, and once in a session when it is sent. Without a screen it is said on stderr, and the line is sent.',
    table([
      ['what is in the line', 'what limn does'],
      ...RULES.map(({ when, weight }) => [when, DOES[weight]]),
    ]),
  ].join('\n\n')}\n`
}

const DOES = {
  says: 'says so, and sends it',
  asks: 'asks before it sends it, until you have said yes',
  refuses: 'does not send it; the line is back on the prompt',
} as const

function section({ topic, title, rules, examples }: Tip): string {
  return [
    `## ${title}`,
    `\`/tips ${topic}\``,
    rules.map((rule) => `- ${rule}`).join('\n'),
    ...examples.map(({ instead, write }) =>
      [...(instead === undefined ? [] : [`Instead of: ${instead}`, '']), `> ${write}`].join('\n'),
    ),
  ].join('\n\n')
}

function craftRow({ name, aspects, topic }: GuideRow): readonly string[] {
  return [name, aspects.map((aspect) => aspect.name).join(', '), `\`/tips ${topic}\``]
}
