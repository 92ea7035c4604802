import { Box, useStdout, useWindowSize } from 'ink'
import { Fragment, useEffect } from 'react'
import { arrange } from './layers/arrange.ts'
import { LAYERS } from './layers/key-layers.ts'
import type { ScreenServices } from './layers/repl-adapter.ts'
import { useLayers } from './layers/useLayers.ts'

export type AppProps = ScreenServices & {
  readonly onWriter: (write: (text: string) => void) => void
}

/** The live area: the layers that have something to show, each in its place. */
export function App({ onWriter, ...services }: AppProps) {
  const { write } = useStdout()
  useEffect(() => onWriter(write), [onWriter, write])
  const { state, world } = useLayers(LAYERS, services, useWindowSize())
  const { gap, placed } = arrange(LAYERS, state, world)
  return (
    <Box flexDirection="column" paddingTop={gap}>
      {placed.map(({ layer, view, own, scene, area }) => (
        <Fragment key={layer.title}>{view.draw(own, scene, area)}</Fragment>
      ))}
    </Box>
  )
}
