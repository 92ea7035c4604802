/** One topic of prompting: what helps, and lines that do it. */
export type Tip = {
  readonly topic: string
  /** Other words that people look it up by. */
  readonly also: readonly string[]
  readonly title: string
  readonly summary: string
  readonly rules: readonly string[]
  readonly examples: readonly Example[]
}

type Example = {
  /** What people type first. */
  readonly instead?: string
  readonly write: string
}

/** What is known to help these models, in the order in which it is needed. docs/prompting.md is made from this. */
export const TIPS: readonly Tip[] = [
  {
    topic: 'sentences',
    also: ['prompt', 'keywords', 'basics'],
    title: 'Sentences, not keywords',
    summary: 'describe the picture in sentences; a list of keywords leaves open what belongs to what',
    rules: [
      'Describe it as you would to a painter on the telephone: who or what, doing what, where, in what light.',
      'A list leaves the relations open: "fox, scarf, snowman" does not say who wears the scarf.',
      'Be specific where you care, and silent where you do not. The model decides what you leave out.',
      'Say what is there, not what is missing: "an empty street" draws fewer cars than "no cars".',
      'Say what the picture is for. "For the cover of a quiet bedtime book" decides more than ten adjectives.',
      'Words such as "masterpiece", "best quality" and "8k" do nothing. The size is a setting: /set size 2K.',
    ],
    examples: [
      {
        instead: 'fox, scarf, snow, forest, cinematic, masterpiece, 8k',
        write:
          'A red fox with a knitted scarf trots through deep snow along the edge of a spruce forest. It is just after sunrise, the light is low and yellow, and its breath hangs in the air. Photographed from the height of its eyes with a 135 mm lens at f/2.8.',
      },
    ],
  },
  {
    topic: 'photo',
    also: ['camera', 'lens', 'light', 'portrait'],
    title: 'Photographs',
    summary: 'name the lens, the aperture, where the light comes from and where the camera is',
    rules: [
      'The lens sets the distance: 24 mm takes in a whole place, 50 mm looks like standing there, 85 mm flatters a face, 100 mm macro shows what the eye misses.',
      'The aperture sets the depth: f/2 blurs the background, f/8 keeps a landscape sharp to the horizon.',
      'Light has a source, a direction and a hardness: "soft light from a north window on the left", "hard noon sun", "the glow of one street lamp".',
      'Say where the camera is: at eye level, low on the ground, straight above.',
      'Grain, a colour cast or a kind of film place a photograph in a time: "the faded colours of a print from the seventies".',
    ],
    examples: [
      {
        instead: 'portrait of an old fisherman, realistic',
        write:
          'A close portrait of an old fisherman mending a net in the door of his shed. Soft light from an overcast sky on the left finds every wrinkle, the shed behind him is dark. 85 mm lens at f/2, the eyes sharp, framed from the chest up.',
      },
    ],
  },
  {
    topic: 'illustration',
    also: ['drawing', 'painting', 'watercolour', 'sketch'],
    title: 'Drawings and paintings',
    summary: 'name the medium and how it is handled: washes, hatching, flat colours, thick paint',
    rules: [
      'Name the medium and its handling: not "artistic" but "watercolour in wet washes, the paper left white for the lights".',
      'Lines: are there outlines, of one weight or swelling, in ink or in pencil? Shading: flat, hatched, blended?',
      'Give the palette in a few words: "ochre, brick red and one cold blue".',
      'Describe a style by what it does rather than by the name of a living artist.',
      'Say how finished it is: a sketch of ten minutes, or a plate for a book of birds.',
    ],
    examples: [
      {
        instead: 'cute cottage drawing',
        write:
          'A watercolour of a crooked cottage behind an apple tree, seen from the garden gate. Loose wet washes, a few dark pencil lines, the paper left white for the smoke. The palette is ochre, moss green and a little brick red.',
      },
    ],
  },
  {
    topic: 'text',
    also: ['lettering', 'typography', 'words', 'logo', 'poster'],
    title: 'Text in the picture',
    summary: 'the exact words in quotes, with their typeface and place; Pro spells best',
    rules: [
      'Put the exact words in quotes, with their capitals: the sign says "OPEN ALL NIGHT".',
      'Say how they are set: typeface (a bold condensed sans-serif, a thin script), capitals or not, colour, size compared with the rest.',
      'Say where: across the top, centred under the drawing, on the awning.',
      'A few words come out right, many do not. Ask for a headline first, and add the small print in a second line.',
      '/model pro spells best. nb1 and lite often misspell; limn says so while you type.',
      'To correct one word, name the old and the new one: change "COFEE" to "COFFEE", same lettering.',
    ],
    examples: [
      {
        instead: 'poster for a jazz night on friday',
        write:
          'A poster for an evening of music: a double bass drawn in three flat shapes, the palette midnight blue and cream. Across the top, in tall condensed sans-serif capitals, exactly the words "JAZZ ON FRIDAY", and no other text.',
      },
    ],
  },
  {
    topic: 'product',
    also: ['packshot', 'shop'],
    title: 'Product photographs',
    summary: 'surface, light set-up, angle, and what has to be sharp',
    rules: [
      'Begin with the object and its material: "a matt black ceramic cup with a raw clay rim".',
      'Name surface and background: seamless light grey, a slab of slate, a linen cloth.',
      'Name the light as a set-up: one large softbox from the left, a white card on the right, a thin light along the edge from behind.',
      'Give the angle, and how much of the frame it fills: three-quarter view, slightly from above, half of the width.',
      'Show your own product as a reference (/ref add cup.png) and say that shape, label and proportions stay.',
    ],
    examples: [
      {
        instead: 'nice photo of my coffee mug',
        write:
          'A product photograph of a matt black ceramic cup with a raw clay rim on a slab of grey slate, before a seamless warm grey background. One large softbox from the left, a white card on the right. Three-quarter angle, slightly from above, the rim and the texture of the clay in sharp focus.',
      },
    ],
  },
  {
    topic: 'sticker',
    also: ['icon', 'transparent', 'background'],
    title: 'Stickers and icons',
    summary: 'bold outline, few colours, a plain background: no model makes a transparent one',
    rules: [
      'Say "sticker" or "icon", the one thing that it shows, and nothing around it.',
      'Ask for bold outlines, flat colours with simple shading, and shapes that can be read when they are small.',
      'No Gemini model makes transparent pixels; asked for them, it may paint a checkerboard. Ask for a plain white background, or a green one if the object is white, and cut it out afterwards.',
      'For a set, keep the first one as a reference, and ask for the next "in exactly the same style".',
    ],
    examples: [
      {
        instead: 'transparent png of a happy avocado',
        write:
          'A sticker of a happy avocado that lifts a dumbbell. Bold dark outlines, a white border all around, flat colours with simple shading, on a plain white background.',
      },
    ],
  },
  {
    topic: 'references',
    also: ['consistency', 'character', 'style'],
    title: 'The same face, the same object, the same style',
    summary: 'add what has to stay the same as a reference, name it, and say what to take from it',
    rules: [
      '/ref add anna.png --as anna keeps an image in force; then say @anna in the line. @file shows one for this line only.',
      'Say what to take from each: "the face and the coat of @anna, the colours of @poster, and nothing else of it".',
      'For a person, one clear view of the face from the front and one from the side help more than five alike.',
      'Use few and good ones: every model has a limit (/ref list shows it), and each reference makes the others weaker.',
      'Describe in words, too, what must not change: "the scar over the left eye stays".',
      'After many edits, start again from a good version (v3 alone on a line) rather than correct a copy of a copy.',
    ],
    examples: [
      {
        instead: 'anna in paris',
        write:
          'The woman of @anna, with the same face, freckles and short grey hair, waits for a tram in the rain in front of a lit bakery in Paris. Street light and wet reflections, 35 mm lens at f/2, seen from across the street.',
      },
    ],
  },
  {
    topic: 'edit',
    also: ['change', 'keep', 'retouch'],
    title: 'Edits',
    summary: 'one change per line, named by its place, and what stays as it is',
    rules: [
      'One change per line. You can always go back to a picture (/undo), so a small step costs nothing but its call.',
      'Name the object by its place: "the cup on the left", "the sign over the door".',
      'Say what stays: "keep the face, the pose and the light"; without that, the model redraws what it likes.',
      'Something new has to fit: ask for the light, the scale and the perspective of the picture.',
      'A new style: "as a watercolour, with the composition as it is".',
      'When an edit misses, go back with /undo and reword it; a correction on top of a miss drifts.',
    ],
    examples: [
      {
        instead: 'make it better, more blue',
        write:
          'Paint the front door a deep blue. Keep the shape of its panels, the brass handle and the shadows, and leave everything else as it is.',
      },
    ],
  },
]
