import { type CliCommand, type CliOptions, wrong } from './command.ts'

/** Reads the arguments of `limn show FILE...`. */
export function readShow(
  files: readonly string[],
  graphics: CliOptions['graphics'],
  typed: string | undefined,
  exists: (path: string) => boolean,
): CliCommand {
  const missing = files.find((file) => !exists(file))
  if (missing !== undefined) return wrong(`There is no file ${missing}.`)
  if (typed === undefined) return { kind: 'show', files, graphics, cells: null }
  const [, columns, rows] = /^(\d{1,4})x(\d{1,4})$/i.exec(typed) ?? []
  if (!Number(columns) || !Number(rows))
    return wrong(`--cells is columns x rows, such as 80x40; "${typed}" is not.`)
  return { kind: 'show', files, graphics, cells: { columns: Number(columns), rows: Number(rows) } }
}
