import type { Aspect, GuideRow } from './prompt-guide.ts'

/** An edit has to say what it leaves alone; which words say it best depends on what is changed. */
const stays: Aspect = {
  name: 'what stays as it is',
  said: /\b(?:keep|keeps|kept|keeping|preserv\w+|retain\w*|unchanged|untouched|unaltered|same|only|nothing else|everything else|leave|as (?:it|they) (?:is|are)|stays?|(?:do not|don't|without) chang\w+)\b/iu,
  choices: [
    {
      when: /\b(?:remove|delete|erase|take (?:away|out|off)|get rid of|clean up|without)\b/iu,
      add: 'Fill its place with what would be seen behind it, and keep everything else as it is.',
    },
    {
      when: /\b(?:text|words?|letter\w*|title|headline|sign|label|says?|reads?|spell\w*|typo)\b/iu,
      add: 'Keep the typeface, size, colour and place of the lettering, and everything else as it is.',
    },
    {
      when: /\b(?:zoom|crop|wider|closer|extend|expand|outpaint|uncrop)\w*\b/iu,
      add: 'Continue in the same light and style, and keep what is there as it is.',
    },
    {
      when: /\b(?:style|watercolou?r|oil|sketch|anime|manga|pixel|comic|cartoon|drawing|painting|clay|lego|render|black[- ]and[- ]white|sepia|photograph|photo|realistic)\b/iu,
      add: 'Keep the composition, with everyone and everything in place; only the technique changes.',
    },
    {
      when: /\b(?:background|backdrop|sky|surroundings|scenery)\b/iu,
      add: 'Keep the subject with its pose, edges and proportions as it is, and let the light on it follow.',
    },
    {
      when: /\b(?:night|day|noon|sunset|sunrise|dawn|dusk|evening|morning|rain\w*|snow\w*|fog\w*|mist\w*|winter|autumn|fall|summer|spring|storm\w*|light\w*|bright\w*|dark\w*|warm\w*|cool\w*|cold\w*|contrast|mood)\b/iu,
      add: 'Keep the viewpoint and every object where it is; shadows and reflections follow the new light.',
    },
    {
      when: /\b(?:add|put|place|insert|give|wear\w*|hold\w*)\b/iu,
      add: "Let it take on the picture's light, scale and perspective, and keep everything else as it is.",
    },
    {
      when: /\b(?:turn (?:his|her|its|their|the) head|turn(?:s|ed|ing)? (?:around|left|right|to)|rotat\w+|pose|smil\w+|look\w*|sit\w*|stand\w*|run\w*|rais\w+|wav\w+|jump\w*|laugh\w*|open|close)\b/iu,
      add: 'Keep face, clothes, surroundings and light as they are.',
    },
    {
      when: /\b(?:colou?r\w*|paint\w*|red|blue|green|yellow|orange|purple|pink|brown|black|white|grey|gray|gold\w*|silver|made of|wooden|metal|glass)\b/iu,
      add: 'Keep its shape, texture and shading, and everything else as it is.',
    },
  ],
  usual: 'Keep everything else as it is: composition, light, colours and faces.',
}

/** A line that changes an image. */
export const EDIT_GUIDE: GuideRow = {
  kind: 'edit',
  name: 'an edit',
  topic: 'edit',
  aspects: [stays],
}
