import { fail, say } from '../core/event.ts'
import { selectVersion } from '../core/session/selection.ts'
import { defineCommand } from './define.ts'

export const openVersion = defineCommand({
  name: 'open',
  summary: "Open a version in the system's viewer; over ssh, print where it is",
  example: '/open v3',
  group: 'versions',
  changes: [],
  arguments: { version: { kind: 'version', about: 'a version such as v3', optional: true } },
  async *run({ version: word }, { session, store, place }) {
    const selected = selectVersion(word, session)
    if (!selected.ok) {
      return yield* fail(selected.sentence)
    }
    const path = store.path(selected.version.file.file)
    if (place.remote !== null) {
      yield say(`${place.remote}:${path}`)
      return
    }
    const { default: launch } = await import('open')
    // It resolves to the viewer after the process is spawned; the events of spawning have fired by then.
    const opened = await launch(path).then(
      () => true,
      () => false,
    )
    if (!opened) return yield* fail(`No viewer could be started; the image is ${path}`)
    yield say(`Opened ${path}`)
  },
})
