// From an image's pixels to the cells that it is shown in.

type Size = { width: number; height: number }

export type PicturePlace = {
  columns: number
  rows: number
  /** The image's size in pixels on the screen; its cells may have a few more pixels to the right and below. */
  pixels: Size
}

/**
 * The largest place within `maxColumns` by `maxRows` that keeps the aspect ratio. No pixel of the image covers more
 * than `zoom` screen pixels: 1 for real pixels, a cell's width for blocks, whose own pixels are that large.
 */
export function fitCells(
  image: Size,
  cell: Size,
  maxColumns: number,
  maxRows: number,
  zoom: number,
): PicturePlace {
  const most = { columns: Math.max(1, Math.floor(maxColumns)), rows: Math.max(1, Math.floor(maxRows)) }
  const scale = Math.min(
    zoom,
    (most.columns * cell.width) / image.width,
    (most.rows * cell.height) / image.height,
  )
  const width = Math.max(1, Math.round(image.width * scale))
  const height = Math.max(1, Math.round(image.height * scale))
  // Blocks fill their cells; real pixels take every cell that they touch.
  const cells = (length: number) => Math.max(1, zoom === 1 ? Math.ceil(length) : Math.round(length))
  return {
    columns: Math.min(most.columns, cells(width / cell.width)),
    rows: Math.min(most.rows, cells(height / cell.height)),
    pixels: { width, height },
  }
}

/** The place without a partial last row, for a terminal that draws pictures as high as their rows. */
export function inWholeRows({ columns, pixels }: PicturePlace, cell: Size): PicturePlace {
  const rows = Math.max(1, Math.floor(pixels.height / cell.height))
  const height = Math.min(pixels.height, rows * cell.height)
  const width = Math.max(1, Math.round((pixels.width * height) / pixels.height))
  return { columns: Math.min(columns, Math.ceil(width / cell.width)), rows, pixels: { width, height } }
}
