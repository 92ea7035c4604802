/** What the check of one belief asks of the service. */
type Takes = 'nothing' | 'an image of 1K' | 'an image of 2K' | 'a question'

export type Belief = {
  /** What limn assumes. */
  readonly believes: string
  /** What it does where the service is different. */
  readonly otherwise: string
}

/** What could not be tried on the live service while limn was written. `limn doctor --live` checks it. */
export const CHECKED = {
  models: {
    believes: 'All models of `/model` are reachable under their ids.',
    otherwise:
      'A line for a model that is gone fails, and is offered again with the model that replaces it; nothing is billed.',
    takes: 'nothing',
  },
  'image-config': {
    believes: '`v1beta` takes `imageConfig` with ratio and size, and the image has that shape.',
    otherwise:
      'A field that the server does not know is quoted, with a hint about GOOGLE_GEMINI_BASE_URL. An image of another shape is kept, and limn reports the difference.',
    takes: 'an image of 1K',
  },
  mime: {
    believes: 'Nano Banana 2.1 answers with JPEG.',
    otherwise: 'The bytes of an image decide its format and the ending of its file.',
    takes: 'nothing',
  },
  usage: {
    believes:
      'A 1K image counts as 1,120 image tokens; the words around it may be counted only in the total.',
    otherwise:
      'What is missing from the details is priced as text and marked "about"; without any count the cost is unknown, never zero.',
    takes: 'nothing',
  },
  signatures: {
    believes:
      'The first text and every image come with a thought signature, which the service accepts back unchanged.',
    otherwise:
      'Where there is none, the documented stand-in is sent; where a signature is refused, see below.',
    takes: 'a question',
  },
  unsigned: {
    believes: 'An answer that is sent back without its signatures may be refused; sources disagree.',
    otherwise: 'It makes no difference: limn never sends one without.',
    takes: 'a question',
  },
  'stand-in': {
    believes: 'The documented stand-in is accepted where a signature is from another model, or lost.',
    otherwise: 'A fresh chat starts from the current image, and limn says so.',
    takes: 'a question',
  },
  'size-512': {
    believes: 'Nano Banana 2.1 has no size 512.',
    otherwise: 'Nothing breaks: limn refuses `/set size 512` without need.',
    takes: 'nothing',
  },
  'size-2K': {
    believes: 'Nano Banana 2.1 draws in 2K.',
    otherwise: 'The difference is shown under the image; a refused request is not billed.',
    takes: 'an image of 2K',
  },
  thinking: {
    believes: 'Nano Banana 2.1 takes the thinking levels, and shows its thoughts when asked to.',
    otherwise: 'The refusal is quoted with the way back (`/set thinking default`).',
    takes: 'a question',
  },
  settings: {
    believes: 'Temperature, safety and seed are accepted.',
    otherwise: 'The refusal is quoted; `/set` can put each back to its default.',
    takes: 'a question',
  },
  files: {
    believes: 'A request can name a file of the Files API instead of containing its bytes.',
    otherwise: 'References are sent inside each request, and limn says so once.',
    takes: 'a question',
  },
  search: {
    believes: 'Nano Banana 2.1 can search the web before it answers.',
    otherwise: 'The refusal is quoted; `/set search off` turns it off.',
    takes: 'a question',
  },
} as const satisfies Readonly<Record<string, Belief & { readonly takes: Takes }>>

export type CheckName = keyof typeof CHECKED

/** What cannot be checked in a minute and for a few cents either. */
export const UNCHECKED: readonly Belief[] = [
  {
    believes: 'A 4K image of Nano Banana 2.1 is about 3,800 tokens, and a 2K image 1,680 to 2,520.',
    otherwise:
      'The price before a line is a guess and marked as one; the cost after it is what the service counts.',
  },
  {
    believes:
      'Prices are those of the lists of October and November 2026, and each search is billed separately.',
    otherwise: 'You can set prices of your own; only the bill of the account counts.',
  },
  {
    believes:
      'An image that a filter blocks costs at most its words and thoughts; a refused request costs nothing.',
    otherwise: 'The caption shows what was counted; the table of failures says "maybe".',
  },
  {
    believes: 'A daily quota has `PerDay` in its quotaId, and resets at midnight Pacific time.',
    otherwise: 'It is treated as a limit per minute: limn waits, ten minutes at most, and nothing is billed.',
  },
  {
    believes:
      'The messages of a spending cap, used-up credit and a blocked key can be recognised by their words.',
    otherwise: 'The message of the server is quoted as it is.',
  },
  {
    believes: 'A batch takes image requests as a file, and its results can be downloaded, each with its key.',
    otherwise:
      'Results without keys are matched in the order in which the rows were sent, and limn says so; results that cannot be downloaded stay with the batch, and the next fetch asks again.',
  },
  {
    believes: 'Vertex AI takes the same requests, and neither refuses unsigned parts nor has a Files API.',
    otherwise: 'Its refusals are quoted; images are always sent inside the request there.',
  },
  {
    believes:
      'A request that is sent piece by piece, with its length given first, is accepted like one that is sent whole.',
    otherwise: 'The refusal is quoted, and nothing is billed; first lines without an image are sent whole.',
  },
  {
    believes:
      "A line edits a picture that a tool made (`/flip`, `/crop`), not the one that the model drew before it, since the tool's comes last and the words before it say so.",
    otherwise: '`/forget` sends it alone: then there is no other.',
  },
  {
    believes: 'Flex and priority are accepted for image models, at half and at up to twice the price.',
    otherwise: 'The refusal is quoted; `/set tier standard` goes back.',
  },
]
