/** What a check of one belief takes from the service. */
type Takes = 'nothing' | 'an image of 1K' | 'an image of 2K' | 'a question'

export type Belief = {
  /** What limn takes for granted. */
  readonly believes: string
  /** What it does where the service is otherwise. */
  readonly otherwise: string
}

/** What nobody could try on the live service while limn was made, and `limn doctor --live` checks. */
export const CHECKED = {
  models: {
    believes: 'All models of `/model` are reachable under their ids.',
    otherwise:
      'A line for a model that is gone fails, says which model took its place, and is offered again; nothing is billed.',
    takes: 'nothing',
  },
  'image-config': {
    believes: '`v1beta` takes `imageConfig` with ratio and size, and the image comes in that shape.',
    otherwise:
      'A field that is not known is quoted, with a word on GOOGLE_GEMINI_BASE_URL. An image of another shape is kept, and the difference is said.',
    takes: 'an image of 1K',
  },
  mime: {
    believes: 'Nano Banana 2.1 answers with JPEG.',
    otherwise: 'The bytes decide what an image is, and its file gets the ending of what it is.',
    takes: 'nothing',
  },
  usage: {
    believes:
      'An image of 1K is counted as 1,120 tokens of image; the words around it may be in the total alone.',
    otherwise:
      'What is missing from the details is priced as words and told as "about"; without any count the cost is unknown, never nothing.',
    takes: 'nothing',
  },
  signatures: {
    believes: 'First words and images come with a thought signature, which is taken back as it came.',
    otherwise: 'Where there is none, the documented stand-in goes along; where it is refused, see below.',
    takes: 'a question',
  },
  unsigned: {
    believes: 'An answer that goes back without its signatures may be refused; sources disagree.',
    otherwise: 'It makes no difference: limn never sends one without.',
    takes: 'a question',
  },
  'stand-in': {
    believes: 'The documented stand-in is taken where a signature is of another model, or lost.',
    otherwise: 'A fresh chat goes out from the current image, which is said.',
    takes: 'a question',
  },
  'size-512': {
    believes: 'Nano Banana 2.1 has no size 512.',
    otherwise: '`/set size 512` would only have to be allowed: limn is too careful, and nothing breaks.',
    takes: 'nothing',
  },
  'size-2K': {
    believes: 'Nano Banana 2.1 draws in 2K.',
    otherwise: 'The difference is said under the image; what was refused was not billed.',
    takes: 'an image of 2K',
  },
  thinking: {
    believes: 'Nano Banana 2.1 takes the thinking levels, and shows its thoughts when it is asked to.',
    otherwise: 'The refusal is quoted with the way back (`/set thinking default`).',
    takes: 'a question',
  },
  settings: {
    believes: 'Temperature, safety and seed are taken.',
    otherwise: 'The refusal is quoted; `/set` puts each back to its default.',
    takes: 'a question',
  },
  files: {
    believes: 'A file of the Files API can be named in a request in place of its bytes.',
    otherwise: 'It is said once, and references go inside each request.',
    takes: 'a question',
  },
  search: {
    believes: 'Nano Banana 2.1 can search the web before it answers.',
    otherwise: 'The refusal is quoted; `/set search off` turns it off.',
    takes: 'a question',
  },
} as const satisfies Readonly<Record<string, Belief & { readonly takes: Takes }>>

export type CheckName = keyof typeof CHECKED

/** What a minute and some cents cannot tell either. */
export const UNCHECKED: readonly Belief[] = [
  {
    believes: 'An image of 4K of Nano Banana 2.1 is about 3,800 tokens, and one of 2K 1,680 to 2,520.',
    otherwise:
      'The price before a line is a guess and says so; the cost after it is what the service counts.',
  },
  {
    believes: 'Prices are those of the lists of October and November 2026, and a search is billed by itself.',
    otherwise: 'Own prices can be set; the bill of the account is the only one that counts.',
  },
  {
    believes: 'What a filter holds back costs its words and thoughts at most; what is refused costs nothing.',
    otherwise: 'The caption shows what was counted; the table of failures says "maybe".',
  },
  {
    believes: 'A quota of the day is told by `PerDay` in its quotaId, and ends at midnight Pacific time.',
    otherwise:
      'It is taken for a limit of the minute and waited for, ten minutes at most, which costs nothing.',
  },
  {
    believes: 'A cap on spending, used-up credit and a blocked key are told by the words of their messages.',
    otherwise: 'The message of the server is quoted as it is.',
  },
  {
    believes: 'A batch takes image requests as a file, and its results can be downloaded, each with its key.',
    otherwise:
      'Results without keys are taken in the order in which they were sent, which is said; those that cannot be had stay with the batch, and the next fetch asks again.',
  },
  {
    believes: 'Vertex AI takes the same requests, and neither refuses unsigned parts nor has a Files API.',
    otherwise: 'Its refusals are quoted; images always go inside the request there.',
  },
  {
    believes:
      'A request that is sent piece by piece, with its length told beforehand, is taken as one that is sent whole.',
    otherwise: 'The refusal is quoted, and nothing is billed; first lines without an image go whole.',
  },
  {
    believes:
      'A picture that was made here (`/flip`, `/crop`) is what a line edits, and not the one that the model drew before, since it comes last and the words before it say so.',
    otherwise: '`/forget` sends it alone: then there is no other.',
  },
  {
    believes: 'Flex and priority are taken for image models, at half and at up to twice the price.',
    otherwise: 'The refusal is quoted; `/set tier standard` goes back.',
  },
]
