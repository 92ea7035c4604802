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
    'What helps with these models, and what limn does about it. `/tips` lists the topics inside limn, `/tips photo` shows one.',
    ...TIPS.map(section),
    '## What `/improve` adds',
    '`/improve WORDS` decides by the words which of these kinds of picture they describe, and adds what a prompt for that kind usually says and this one does not; Ctrl-T does the same to the line being typed. It works by rule, not with a model: it is free and gives the same result every time. It only adds; your words, quotes, mentions and flags stay as they are. Nothing is sent: the new line is on the prompt, the additions are marked `{+so+}` above it, Enter sends it, and Esc (or Ctrl-_) gives your own line back. A line that changes an image is an edit; a line that names no kind is treated as a photograph.',
    table([['kind', 'what it looks for', 'more'], ...[...PROMPT_GUIDE, EDIT_GUIDE].map(craftRow)]),
    '## Styles',
    'A style is a template: the words of a line replace `{prompt}`. `/style NAME` applies one to every line of the session, until `/style off`; `--style NAME` at the end of a line applies it to that line only, and `--style off` sends a line without one. `/style save NAME TEMPLATE` saves one of your own in the file `styles/NAME.txt` beside the settings, which has only the template and can be edited and shared. The session keeps the template as it was when it was chosen; each turn keeps what was typed and what was sent.',
    table([
      ['style', 'what it is', 'its template'],
      ...STYLES.map(({ name, about, template }) => [`\`${name}\``, about, template]),
    ]),
    '## What limn says before money is spent',
    'If limn can see that a line will go wrong, it says so under the line while you type, and once per session when you send it. Without a screen it says so on stderr and sends the line.',
    table([
      ['what is in the line', 'what limn does'],
      ...RULES.map(({ when, weight }) => [when, DOES[weight]]),
    ]),
  ].join('\n\n')}\n`
}

const DOES = {
  says: 'says so, and sends it',
  asks: 'asks before it sends it, until you have said yes once',
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
