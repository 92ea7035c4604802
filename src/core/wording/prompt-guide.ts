/** What a line is about. */
export type PictureKind = 'edit' | 'sticker' | 'lettering' | 'product' | 'photograph' | 'illustration'

/** Something that a good line says, and what to say where it is missing. */
export type Aspect = {
  /** "Added: the lens, the light." */
  readonly name: string
  /** Matches a line that says it already. It matches every `add` too, so that nothing is proposed twice. */
  readonly said: RegExp
  /** The first that matches the line is taken. */
  readonly choices: readonly { readonly when: RegExp; readonly add: string }[]
  readonly usual: string
}

export type GuideRow = {
  readonly kind: PictureKind
  /** "taken for a photograph" */
  readonly name: string
  /** The topic of /tips. */
  readonly topic: string
  readonly aspects: readonly Aspect[]
}

const PEOPLE =
  /\b(?:wom[ae]n|m[ae]n|girl|boy|child|children|people|person|couple|family|friends|face|portrait|bride|dancer|fisherman|chef|nurse|farmer|king|queen|knight|old lady|grand(?:ma|pa|mother|father))\b/iu
const ANIMALS =
  /\b(?:animal|fox|cat|kitten|dog|puppy|horse|bird|owl|eagle|bear|wolf|deer|rabbit|hare|elephant|lion|tiger|monkey|penguin|dragon|sheep|cow|fish|whale|frog|hedgehog)(?:e?s)?\b/iu
const SMALL =
  /\b(?:macro|insect|bee|butterfly|beetle|spider|ant|ladybird|flower|blossom|petal|dewdrop|drop|snowflake|coin|ring|seed|mushroom)(?:e?s)?\b/iu
const FOOD =
  /\b(?:food|dish|meal|plate of|cake|bread|soup|salad|pasta|pizza|breakfast|dinner|dessert|coffee|tea|fruit|sushi|burger)\b/iu
const INDOORS =
  /\b(?:room|interior|kitchen|bedroom|bathroom|office|library|café|cafe|hall|studio|workshop|shop|cellar|attic)\b/iu
const WIDE =
  /\b(?:landscape|mountain|valley|sea|ocean|beach|coast|lake|river|forest|wood|desert|field|meadow|island|sky|city|skyline|street|village|harbou?r|castle|bridge|lighthouse|canyon|glacier|dune|waterfall|garden)(?:e?s)?\b/iu
const MOTION = /\b(?:race|racing|sprint|jump|leap|gallop|surf|ski|skate|football|tennis)\w*\b/iu

const LIGHT =
  /\b(?:(?:day|sun|moon|star|candle|lamp|back|spot|flood|sky|window|torch|fire)?-?light(?:s|ing|ed)?|lit|sun|sunny|sunset|sunrise|sunbeams?|shadows?|lamps?|lanterns?|candles?|neon|softbox|flash|overcast|golden hour|blue hour|backlit|glow(?:s|ing)?|moonlit|sunlit|noon|dawn|dusk)\b/iu
const CAMERA =
  /\b(?:\d+\s?mm|lens|f\/\d|aperture|macro|wide[- ]angle|telephoto|fish-?eye|polaroid|depth of field|bokeh|drone|aerial|pinhole)\b/iu
const VIEW =
  /\b(?:seen|viewed?|from (?:above|below|behind|the side)|low angle|high angle|angle|framed|framing|foreground|off[- ]?cent(?:re|er)|cent(?:red|ered)|close[- ]?up|close portrait|wide shot|full[- ]body|half-length|overhead|bird's[- ]eye|eye level|height of|profile|silhouette|composition|symmetrical|fills the frame)\b/iu
const BACKGROUND = /\b(?:background|backdrop|seamless|surface|table|slab|pedestal|plinth|counter|shelf)\b/iu

const composition: Aspect = {
  name: 'the viewpoint',
  said: VIEW,
  choices: [
    { when: SMALL, add: 'Seen from very close, so that it fills the frame.' },
    { when: PEOPLE, add: 'Framed from the waist up, seen at eye level.' },
    { when: ANIMALS, add: 'Seen at its eye level, a little off centre.' },
    { when: FOOD, add: 'Seen from slightly above, a little off centre.' },
    { when: INDOORS, add: 'Seen from a corner, with something near in the foreground.' },
    { when: WIDE, add: 'Something near in the foreground leads the eye into the distance.' },
  ],
  usual: 'Framed a little off centre, with quiet space around it.',
}

const lens: Aspect = {
  name: 'the lens',
  said: CAMERA,
  choices: [
    { when: SMALL, add: 'Photographed with a 100 mm macro lens at f/5.6, the texture in sharp focus.' },
    { when: MOTION, add: 'Photographed with a 200 mm lens at f/4, the movement frozen.' },
    {
      when: PEOPLE,
      add: 'Photographed with an 85 mm lens at f/2, so that what is behind is out of focus.',
    },
    {
      when: ANIMALS,
      add: 'Photographed with a 135 mm lens at f/2.8, so that what is behind is out of focus.',
    },
    { when: FOOD, add: 'Photographed with a 50 mm lens at f/2.8, the front edge in sharp focus.' },
    { when: INDOORS, add: 'Photographed with a 28 mm lens at f/5.6, the verticals straight.' },
    { when: WIDE, add: 'Photographed with a 24 mm lens at f/8, sharp from near to far.' },
  ],
  usual: 'Photographed with a 50 mm lens at f/4.',
}

const light: Aspect = {
  name: 'the light',
  said: LIGHT,
  choices: [
    { when: /\bnight\b/iu, add: 'Lit by the lamps of the place, with deep shadows between them.' },
    {
      when: /\b(?:fog|foggy|mist|misty|haze)\b/iu,
      add: 'The light is pale and even, with hardly any shadows.',
    },
    { when: /\b(?:rain|rainy|snow|snowy|storm|stormy|clouds?)\b/iu, add: 'Overcast light, soft and cool.' },
    { when: /\bmorning\b/iu, add: 'Low morning light from the left, with long shadows.' },
    { when: /\bevening\b/iu, add: 'Low, warm evening light from the right, with long shadows.' },
    { when: FOOD, add: 'Soft window light from behind, a white card in front to brighten the shadows.' },
    { when: INDOORS, add: 'Daylight from a window on the left, falling off into the room.' },
    { when: PEOPLE, add: 'Soft daylight from one side shapes the face.' },
    { when: WIDE, add: 'A low sun from the left draws long shadows.' },
  ],
  usual: 'Soft daylight from one side.',
}

const technique: Aspect = {
  name: 'how the medium is handled',
  said: /\b(?:strokes?|wash(?:es)?|line ?work|lines|hatch(?:ed|ing)|impasto|flat colou?rs|palette knife|shading|shaded|outlines?|outlined|hard-edged|rounded forms|texture|cel-shaded|clean edges|stippl\w+)\b/iu,
  choices: [
    {
      when: /\b(?:watercolou?r|gouache)\b/iu,
      add: 'Wet transparent washes, the grain of the paper left visible, white paper for the lights.',
    },
    {
      when: /\b(?:ink|pen|line ?art|engraving|etching|woodcut|linocut)\b/iu,
      add: 'Lines that swell and thin, with hatching for the shadows.',
    },
    {
      when: /\b(?:pencil|charcoal|graphite|sketch|crayon|pastel)\b/iu,
      add: 'Soft strokes on rough paper, more finished where the eye should rest.',
    },
    {
      when: /\b(?:oil|acrylic|painting|painted)\b/iu,
      add: 'Visible brush strokes, the paint thicker in the lights.',
    },
    {
      when: /\bpixel\b/iu,
      add: 'A coarse grid of hard-edged pixels, with shading in few steps.',
    },
    {
      when: /\b(?:3d|clay|claymation|low[- ]poly|isometric|render)\b/iu,
      add: 'Rounded forms with a fine surface texture and soft shading.',
    },
    {
      when: /\b(?:vector|flat|logo|minimal\w*|paper ?cut)\b/iu,
      add: 'Flat colours and clean edges, in as few shapes as it takes.',
    },
  ],
  usual: 'Clean outlines, and shading in a few flat tones.',
}

const palette: Aspect = {
  name: 'the palette',
  said: /\b(?:palette|colou?rs|monochrome|muted|pastel|sepia|black[- ]and[- ]white|grey ?scale|tones|white paper)\b/iu,
  choices: [
    { when: /\b(?:ink|pen|line ?art|engraving|etching|woodcut|linocut)\b/iu, add: 'Black on white paper.' },
    { when: /\bpixel\b/iu, add: 'A palette of sixteen colours.' },
  ],
  usual: 'A palette of a few colours that belong together, one of them strong.',
}

const typography: Aspect = {
  name: 'the typeface',
  said: /\b(?:type ?faces?|fonts?|serif|sans|sans-serif|script|lettering|hand-?written|hand-?lettered|capitals|lower case|bold|italic|typography|calligraphy|blackletter|neon tubes)\b/iu,
  choices: [
    { when: /\bneon\b/iu, add: 'The words are bent from neon tubes in one flowing script.' },
    {
      when: /\b(?:chalk|blackboard|menu)\b/iu,
      add: 'The words are hand-lettered in chalk, evenly spaced.',
    },
    {
      when: /\b(?:logo|brand|emblem)\b/iu,
      add: 'The words are set in a bold geometric sans-serif, evenly spaced.',
    },
    {
      when: /\b(?:book|cover|invitation|wedding|wine|label|certificate)\b/iu,
      add: 'The words are set in a fine serif typeface, centred, with generous spacing.',
    },
    {
      when: /\b(?:poster|banner|headline|flyer|magazine|thumbnail)\b/iu,
      add: 'The words are set across the top in large condensed sans-serif capitals.',
    },
  ],
  usual: 'The words are set in a clear bold sans-serif typeface.',
}

/** For lines that quote words to appear in the picture, whatever their kind. */
export const EXACT_WORDS: readonly Aspect[] = [
  typography,
  {
    name: 'that the words are exact',
    said: /\b(?:exact(?:ly)?|spell(?:ed|ing)?|letter for letter|no other (?:text|words|lettering))\b/iu,
    choices: [],
    usual: 'They are spelled exactly like this, and there is no other text.',
  },
]

const surface: Aspect = {
  name: 'the background',
  said: BACKGROUND,
  choices: [],
  usual: 'It stands in front of a seamless light grey background.',
}

const studioLight: Aspect = {
  name: 'the light',
  said: LIGHT,
  choices: [],
  usual: 'A large softbox from the left and a white card on the right give soft, even highlights.',
}

const productView: Aspect = {
  name: 'the angle and the focus',
  said: /\b(?:angle|from above|eye level|front view|three-quarter|overhead|flat lay|close[- ]?up|seen)\b/iu,
  choices: [],
  usual: 'Three-quarter angle, slightly from above, with material and edges in sharp focus.',
}

const plain: Aspect = {
  name: 'a plain background',
  said: /\bbackground\b/iu,
  choices: [],
  usual: 'On a plain white background, with nothing else in the picture.',
}

const outline: Aspect = {
  name: 'the outline',
  said: /\b(?:outlines?|outlined|borders?|die-cut|clean edges|silhouette)\b/iu,
  choices: [{ when: /\bicons?\b/iu, add: 'Simple shapes with clean edges, readable when it is small.' }],
  usual: 'Bold outlines, and a white border all around.',
}

const flat: Aspect = {
  name: 'the shading',
  said: /\b(?:shading|shaded|flat|gradients?|glossy|embossed)\b/iu,
  choices: [],
  usual: 'Flat colours with simple shading.',
}

/** What a line is taken for when it does not say. */
export const PHOTOGRAPH: GuideRow = {
  kind: 'photograph',
  name: 'a photograph',
  topic: 'photo',
  aspects: [lens, light, composition],
}

/** Kinds of new pictures. The one whose pattern matches first in the line is taken. */
export const PROMPT_GUIDE: readonly (GuideRow & { readonly pattern: RegExp })[] = [
  {
    kind: 'sticker',
    name: 'a sticker or an icon',
    pattern: /\b(?:stickers?|icons?|emojis?|favicon|emotes?)\b/iu,
    topic: 'sticker',
    aspects: [outline, flat, plain],
  },
  {
    kind: 'lettering',
    name: 'a picture of words',
    pattern:
      /\b(?:logos?|posters?|banners?|flyers?|headlines?|book covers?|album covers?|invitations?|typography|business cards?|wordmarks?)\b/iu,
    topic: 'text',
    aspects: [typography, palette],
  },
  {
    kind: 'product',
    name: 'a product photograph',
    pattern: /\b(?:product|packshot|packaging|mock-?up|e-?commerce|perfume|advertis\w+|catalogue photo)\b/iu,
    topic: 'product',
    aspects: [surface, studioLight, productView],
  },
  {
    kind: 'illustration',
    name: 'a drawing or a painting',
    pattern:
      /\b(?:watercolou?r|gouache|oil painting|acrylic|ink|pen and ink|pencil|charcoal|crayon|sketch\w*|drawing|drawn|illustrat\w+|painting|vector|cartoon|comic|manga|anime|pixel[- ]art|line ?art|woodcut|linocut|engraving|etching|3d render|claymation|clay|low[- ]poly|isometric|storybook|paper ?cut|cut paper|origami|mosaic|blueprint|caricature)\b/iu,
    topic: 'illustration',
    aspects: [technique, palette, composition],
  },
  {
    ...PHOTOGRAPH,
    pattern: /\b(?:photo|photos|photograph\w*|photorealistic|camera|snapshot|shot on)\b|\d\s?mm\b/iu,
  },
]
