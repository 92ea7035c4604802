import { fail, say } from '../core/event.ts'
import { FLAGS, flagUsage } from '../core/line/flags.ts'
import { aboutText } from './argument.ts'
import { type Command, defineCommand, GROUPS, type Group } from './define.ts'
import { findCommands, nearest, usageOf } from './usage.ts'

/** Takes a function, since the list contains this command too. */
export function helpFor(commands: () => readonly Command[]): Command {
  return defineCommand({
    name: 'help',
    summary: 'List what you can type, or explain one command',
    example: '/help save',
    group: 'help',
    bareWords: ['help', '?'],
    atOnce: true,
    changes: [],
    arguments: { command: { kind: 'command', about: 'the name of a command', optional: true } },
    async *run({ command }) {
      if (command === undefined) {
        yield say(
          'A line edits the current image; /… is a command; @file attaches an image; v3 names a version.',
        )
        for (const { title, members } of groupsOf(commands())) {
          yield say(title)
          yield { type: 'list', rows: members.map((one) => [usageOf(one), one.summary]) }
        }
        yield say(
          '? on an empty prompt: all keys · Esc: run the turn in the background · Ctrl-J: new line · Ctrl-T: propose a better line · v3 alone: go to v3 · //…: send a slash',
        )
        yield say('/help flags lists the flags that a line may end with, such as --ar 16:9 --size 2K')
        return
      }
      const name = command.replace(/^\//, '').toLowerCase()
      if (name === 'flags') {
        yield say('Flags go at the end of a line and apply to that line only: a red barn --ar 16:9 --size 2K')
        yield { type: 'list', rows: FLAGS.map((row) => [flagUsage(row), row.about]) }
        return
      }
      const found = findCommands(name, commands())
      if (found.length === 0) {
        const near = nearest(name, commands())
        return yield* fail(`There is no command /${name}${near ? `; did you mean /${near}?` : '.'}`)
      }
      for (const one of found) {
        yield say(`${usageOf(one)}\n${one.summary}.\nFor example: ${one.example}`)
        const rows = [...one.arguments, ...one.flags.map((flag) => ({ ...flag, name: `--${flag.name}` }))]
        if (rows.length > 0) yield { type: 'list', rows: rows.map((row) => [row.name, aboutText(row)]) }
        if (one.aliases.length > 0) yield say(`Also: ${one.aliases.map((alias) => `/${alias}`).join(', ')}`)
      }
    },
  })
}

/** The commands by group, in their order; empty groups are left out. */
export function groupsOf(
  commands: readonly Command[],
): readonly { readonly group: Group; readonly title: string; readonly members: readonly Command[] }[] {
  const all = Object.entries(GROUPS) as [Group, string][]
  return all
    .map(([group, title]) => ({ group, title, members: commands.filter((one) => one.group === group) }))
    .filter(({ members }) => members.length > 0)
}
