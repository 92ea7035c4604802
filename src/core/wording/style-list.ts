/** A style for lines: a template in which the words of the line replace `{prompt}`. */
export type Style = { readonly name: string; readonly template: string }

type ShippedStyle = Style & { readonly about: string }

/**
 * Each adds a sentence after the words, so that it suits a new image as well as an edit. What it says about light,
 * lens, medium and background follows `TIPS`.
 */
export const STYLES: readonly ShippedStyle[] = [
  {
    name: 'photo',
    about: 'a natural photograph in daylight',
    template:
      '{prompt}. Make it a photograph: 50 mm lens at f/4, soft daylight from one side, true colours, the grain of real surfaces, nothing smoothed.',
  },
  {
    name: 'portrait',
    about: 'a portrait with a soft background',
    template:
      '{prompt}. Make it a portrait photograph: 85 mm lens at f/2, seen at eye level, the eyes sharp; a large window on the left gives the light, the background is out of focus.',
  },
  {
    name: 'product',
    about: 'an object in the studio, all of it sharp',
    template:
      '{prompt}. Make it a product photograph: in front of a seamless light grey background, a large softbox from the left and a white card on the right, three-quarter angle slightly from above, material and edges in sharp focus.',
  },
  {
    name: 'film-still',
    about: 'a frame from a film, wide and low in contrast',
    template:
      '{prompt}. Make it a still from a film: a wide composition with empty space on one side, 40 mm lens at f/2.8, one lamp or window in the picture as the only light, teal shadows and warm skin, fine grain.',
  },
  {
    name: 'old-print',
    about: 'a faded print from the seventies',
    template:
      '{prompt}. Make it an amateur photograph on a paper print from the seventies: 35 mm lens, flash from the camera, faded colours with a yellow cast, soft focus, rounded white border.',
  },
  {
    name: 'watercolour',
    about: 'wet washes on rough paper',
    template:
      '{prompt}. Make it a watercolour: wet transparent washes that run into each other, a few dark pencil lines, the grain of the paper visible, white paper for the lights, a palette of four colours.',
  },
  {
    name: 'ink',
    about: 'black lines and hatching on white',
    template:
      '{prompt}. Make it an ink drawing: black on white paper, lines that swell and thin, hatching for the shadows, large areas left white.',
  },
  {
    name: 'pencil',
    about: 'a soft pencil sketch',
    template:
      '{prompt}. Make it a pencil sketch on rough cream paper: searching lines, soft shading, finished where the eye should rest and only hinted at elsewhere, in grey tones.',
  },
  {
    name: 'oil',
    about: 'oil paint, thick in the lights',
    template:
      '{prompt}. Make it an oil painting: visible brush strokes, the paint thick in the lights and thin in the shadows, a palette of warm earth colours and one cold blue.',
  },
  {
    name: 'woodcut',
    about: 'a print from carved wood, two colours',
    template:
      '{prompt}. Make it a woodcut: lines as a gouge leaves them, flat areas, a palette of black and one second colour a little out of register, on uncoated paper.',
  },
  {
    name: 'storybook',
    about: "a gentle picture for a children's book",
    template:
      '{prompt}. Make it an illustration for a picture book: gouache in soft rounded shapes, outlines in coloured pencil, muted colours with one bright one, a quiet composition.',
  },
  {
    name: 'comic',
    about: 'clear outlines and flat colours',
    template:
      '{prompt}. Make it a panel of a comic: clean outlines of one weight, flat colours with one tone of shading, a limited palette, a clear silhouette, no lettering.',
  },
  {
    name: 'pixel-art',
    about: 'a coarse grid, sixteen colours',
    template:
      '{prompt}. Make it pixel art: a coarse grid of hard-edged pixels of one size, a palette of sixteen colours, shading in few steps, seen straight from the side.',
  },
  {
    name: 'clay',
    about: 'modelled in clay, photographed in the studio',
    template:
      '{prompt}. Make it a scene modelled in clay: rounded forms with fingerprints in the surface, a few strong colours, on a plain tabletop, photographed with a 60 mm lens in soft light from above.',
  },
  {
    name: 'paper-cut',
    about: 'layers of cut paper with shadows',
    template:
      '{prompt}. Make it a scene of cut paper: layers of thick coloured paper with clean edges, each throwing a small soft shadow on the next, a palette of five colours, lit from the upper left.',
  },
  {
    name: 'blueprint',
    about: 'a technical drawing, white on blue',
    template:
      '{prompt}. Make it a blueprint: fine white lines of two weights on a deep blue background, front and side view next to each other, thin measuring lines without numbers, no shading, monochrome.',
  },
  {
    name: 'isometric',
    about: 'a small world seen from above',
    template:
      '{prompt}. Make it an isometric miniature: seen from above at a fixed angle without vanishing points, rounded forms with soft shading, a pastel palette, alone on a plain light background.',
  },
  {
    name: 'sticker',
    about: 'bold outline, white border, plain background',
    template:
      '{prompt}. Make it a sticker: bold dark outlines, a white border all around, flat colours with simple shading, on a plain white background with nothing else in the picture.',
  },
  {
    name: 'icon',
    about: 'one simple symbol, readable when small',
    template:
      '{prompt}. Make it an icon: one simple shape with clean edges that can be read when it is small, two flat colours, centred on a plain white background, no lettering.',
  },
]

export const PLACE = '{prompt}'

/** What is sent for words in a style. A full stop after the words and one in the template become one. */
export function inStyle({ template }: Style, words: string): string {
  const [before = '', ...rest] = template.split(PLACE)
  const ends = /[.!?…。！？]$/u.test(words)
  return before + rest.map((after) => words + (ends ? after.replace(/^\./, '') : after)).join('')
}

/** What a prompt records about the style of its words. */
export function styling(
  words: string,
  style: Style | null,
): { readonly sent?: string; readonly style?: string } {
  return style === null ? {} : { sent: inStyle(style, words), style: style.name }
}

/** The words of a prompt as they are sent. */
export function sentText({ text, sent }: { readonly text: string; readonly sent?: string }): string {
  return sent ?? text
}

/** Words that mean no style at all. */
const NO_STYLE = ['off', 'none']

/** Why the user cannot give a style this name; undefined when it is possible. */
export function styleNameProblem(name: string): string | undefined {
  if (!/^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]{0,39}$/u.test(name)) {
    return `"${name}" is not a valid name for a style; use letters, digits, - and _, at most 40 in all.`
  }
  return NO_STYLE.some((word) => word.startsWith(name.toLowerCase())) ? takenName(name) : undefined
}

export function takenName(name: string): string {
  return `"${name}" means something else after /style; choose another name.`
}

/** The most characters of a template. */
const LONGEST = 4000

export function templateProblem(template: string): string | undefined {
  if (!template.includes(PLACE)) return `A style must say where the words of the line go: put ${PLACE} in it.`
  if (template.length > LONGEST)
    return `A style has at most ${LONGEST} characters; this one has ${template.length}.`
  return undefined
}
