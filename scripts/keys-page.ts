import type { KeyBinding, Layer } from '../src/ui/layers/layer.ts'
import { chordText } from '../src/ui/line/chord.ts'
import { table } from './markdown.ts'

/** Every layer that binds keys, the topmost first. */
export function keysPage(layers: readonly Layer<unknown>[]): string {
  const taking = layers.filter(({ bindings }) => bindings.length > 0)
  return `${[
    '<!-- Made by `npm run docs` from the layers in src/ui/layers and the keys in src/ui/line/editor.ts. -->',
    '# Keys',
    'On an empty prompt, `?` shows the keys that work at that moment. This page lists all of them. A key goes to the first of these layers that is open and binds it: Esc closes the menu of completions before it sends a turn to the background.',
    ...taking.map(layerSection),
  ].join('\n\n')}\n`
}

function layerSection({ title, about, bindings }: Layer<unknown>): string {
  const groups = [...Map.groupBy(bindings, ({ section }) => section ?? '')]
  return [
    `## ${title}`,
    about,
    ...groups.flatMap(([section, all]) => [...(section === '' ? [] : [`### ${section}`]), keyTable(all)]),
  ].join('\n\n')
}

function keyTable(bindings: readonly KeyBinding<unknown>[]): string {
  return table([
    ['key', 'what it does'],
    ...bindings.map(({ keys, does }) => [keys.map((key) => `\`${chordText(key)}\``).join(', '), does]),
  ])
}
