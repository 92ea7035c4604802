/** Each odd but legal answer, and what the user reads; one that brings an image moves on to a new version. */
export const ODD: readonly (readonly [fault: string, says: string | RegExp, images: number])[] = [
  ['blocked', 'No image: the prompt was blocked before anything was drawn.', 0],
  ['no-image', 'No image: the model made none.', 0],
  ['safety', 'No image: the filter on finished images held this one back.', 0],
  ['recitation', 'No image: it came too close to an existing work.', 0],
  ['prohibited', 'No image: the content policy forbids the image that was made.', 0],
  ['text-only', 'No image: the model answered in words.', 0],
  ['empty', 'No image: the answer was empty.', 0],
  ['no-candidates', 'No image: the answer was empty.', 0],
  ['null-parts', 'No image: the answer was empty.', 0],
  ['several', 'A first draft.', 3],
  ['drafts', 'That was a draft; here is another.', 3],
  ['thoughts', 'Made it', 1],
  ['bad-base64', 'No image: what came as an image cannot be decoded.', 0],
  ['not-image', 'No image: what came as an image cannot be decoded.', 0],
  ['max-tokens', 'No image: the answer ran out of room.', 0],
  [
    'unknown-finish',
    'No image: the server gives no reason that limn knows. The server says: "SOMETHING_NEW".',
    0,
  ],
  ['no-usage', 'Made it', 1],
]
