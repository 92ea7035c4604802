// Turns text from outside (model words, file names, errors, metadata) into text that cannot control the terminal.

// ECMA-48 control sequences, with ESC and with C1 introducers. Their bodies match no control characters, so that an
// unfinished sequence loses only its introducer, and matching takes linear time.
const controlString = /(?:\x1b[P\]^_X]|[\x90\x98\x9d-\x9f])[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\|\x9c)/g
const controlSequence = /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]/g
const shortEscape = /\x1b(?:[ -/]+[0-~]|[0-Z\\^_`clmno|}~])/g

// C0 except the newline, DEL, and C1.
const controls = /[\x00-\x09\x0b-\x1f\x7f-\x9f]/g
// Bidi controls reorder what the user reads (CVE-2021-42574).
const bidi = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
// Characters without a width, about which terminals and string-width disagree. The joiners U+200C and U+200D and the
// variation selectors stay: emoji and many scripts need them. Tags stay when they make a flag, such as England's;
// anywhere else they would hide words from the user.
const invisible =
  /(?<flag>\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f})|[\u00ad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu
// kitty's placeholder, which would show one of limn's images inside foreign text.
const placeholder = /\u{10eeee}/gu

export function sanitize(text: string): string {
  return text
    .toWellFormed()
    .replace(controlString, '')
    .replace(controlSequence, '')
    .replace(shortEscape, '')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\t/g, '  ')
    .replace(controls, '')
    .replace(bidi, '')
    .replace(invisible, '$<flag>')
    .replace(placeholder, '')
}

/** The same, on one line. */
export function sanitizeLine(text: string): string {
  return sanitize(text).replace(/\n/g, ' ')
}
