import type { Protocol } from '../../core/graphics.ts'
import type { Terminal } from '../which/probe.ts'
import type { PicturePlace } from './fit.ts'
import type { Size } from './scale.ts'
import type { SentPictures } from './sent.ts'

/** One way to draw a picture in a terminal. */
export type ProtocolDriver = {
  readonly protocol: Protocol
  /** The cells that a picture of this size takes, within a room. */
  fits(size: Size, room: PictureRoom): PicturePlace
  draw(picture: OpenPicture, place: PicturePlace): Promise<DrawnPicture>
}

export type PictureRoom = {
  readonly terminal: Terminal
  readonly maxColumns: number
  readonly maxRows: number
}

/** What is seen through transparent pixels. */
export type Transparency = 'checkerboard' | 'background'

/** An image that is to be drawn, and where. */
export type OpenPicture = {
  /** Any image that sharp reads. */
  readonly bytes: Uint8Array
  readonly hasAlpha: boolean
  readonly terminal: Terminal
  readonly transparency: Transparency
  /** What the terminal has been sent by now: with it, the same image at the same size is not sent again. */
  readonly sent?: SentPictures
  /** Names the image for `sent`, such as its path, so that its bytes need not be hashed. */
  readonly name?: string
  /** 1 to 0xffffff, instead of one of `sent`. */
  readonly imageId?: number
}

export type DrawnPicture =
  /** Lines like any others. `transmit` goes to the terminal once, before them; it moves nothing. */
  | {
      readonly kind: 'text'
      readonly rows: number
      readonly columns: number
      readonly transmit: string
      readonly lines: readonly string[]
    }
  /** Drawn over the cells from the cursor on: print it with reserve(). */
  | {
      readonly kind: 'raw'
      readonly rows: number
      readonly columns: number
      readonly sequence: string
      /** Takes it off the screen, where the terminal neither moves nor erases it with the text. */
      readonly erase?: string
    }
