import type { Protocol } from '../../core/graphics.ts'
import type { Terminal } from '../which/probe.ts'
import type { PicturePlace } from './fit.ts'
import type { Size } from './scale.ts'
import type { SentPictures } from './sent.ts'

/** One way to draw a picture in a terminal. */
export type ProtocolDriver = {
  readonly protocol: Protocol
  /** The cells that a picture of this size in pixels takes, within a room. */
  fits(size: Size, room: PictureRoom): PicturePlace
  draw(picture: OpenPicture, place: PicturePlace): Promise<DrawnPicture>
}

export type PictureRoom = {
  readonly terminal: Terminal
  readonly maxColumns: number
  readonly maxRows: number
}

/** What shows through transparent pixels. */
export type Transparency = 'checkerboard' | 'background'

/** An image to draw, and the terminal to draw it in. */
export type OpenPicture = {
  /** Any image that sharp reads. */
  readonly bytes: Uint8Array
  readonly hasAlpha: boolean
  readonly terminal: Terminal
  readonly transparency: Transparency
  /** What the terminal has been sent, so that the same image at the same size is not sent again. */
  readonly sent?: SentPictures
  /** A name of the image for `sent`, such as its path, so that its bytes need not be hashed. */
  readonly name?: string
  /** 1 to 0xffffff, instead of an id from `sent`. */
  readonly imageId?: number
}

export type DrawnPicture =
  /** Ordinary lines of text. `transmit` is written once, before them; it does not move the cursor. */
  | {
      readonly kind: 'text'
      readonly rows: number
      readonly columns: number
      readonly transmit: string
      readonly lines: readonly string[]
    }
  /** Drawn over the cells, starting at the cursor: print it with reserve(). */
  | {
      readonly kind: 'raw'
      readonly rows: number
      readonly columns: number
      readonly sequence: string
      /** Erases the picture, where the terminal neither moves nor erases it with the text. */
      readonly erase?: string
    }
