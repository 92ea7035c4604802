import { cropTool } from './crop-tool.ts'
import { flipTool } from './flip-tool.ts'
import { rotateTool } from './rotate-tool.ts'
import type { Tool } from './tool.ts'

/** Every local tool, by the name that its command has and that sessions record. */
const ALL = { flip: flipTool, rotate: rotateTool, crop: cropTool }

export type ToolName = keyof typeof ALL

export type ToolOptions = {
  readonly [Name in ToolName]: (typeof ALL)[Name] extends Tool<infer Options> ? Options : never
}

export const TOOLS: { readonly [Name in ToolName]: Tool<ToolOptions[Name]> } = ALL
