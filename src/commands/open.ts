import { say } from '../core/event.ts'
import { defineCommand } from './define.ts'
import { meant, missing } from './goto.ts'

export const openVersion = defineCommand({
  name: 'open',
  summary: "Open a version in the system's viewer; over ssh, print where it is",
  example: '/open v3',
  arguments: { version: { kind: 'version', about: 'a version such as v3', optional: true } },
  async *run({ version: word }, { session, store, place }) {
    const number = word?.kind === 'number' ? word.number : null
    const version = meant(session, word)
    if (!version) {
      yield say(number === null ? 'There is no image to open yet.' : missing(session, number), 'bad')
      return
    }
    const path = store.path(version.file.file)
    if (place.remote !== null) {
      yield say(`${place.remote}:${path}`)
      return
    }
    const { default: launch } = await import('open')
    const opened = await launch(path).then(
      (child) =>
        new Promise<boolean>((done) => {
          child.once('error', () => done(false))
          child.once('spawn', () => done(true))
        }),
      () => false,
    )
    yield opened ? say(`Opened ${path}`) : say(`No viewer could be started; the image is ${path}`, 'warning')
  },
})
